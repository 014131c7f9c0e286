"""What was said, as paragraphs: each contribution prints as its lead and its text, and nothing is inferred."""

from dataclasses import dataclass, replace

from publications.notes import Contribution, ContributionKind, Passages, Withheld

KINDS = {kind.value for kind in ContributionKind}


@dataclass(frozen=True)
class Span:
    """Words of one contribution that stand in one paragraph, perhaps with its speaker before them."""

    kind: str
    lead: str = ""
    words: str = ""
    withheld: str = ""


def passages(text: Passages) -> list[str | Withheld]:
    return [text] if isinstance(text, str) else text


def paragraphs_of(contributions: list[Contribution]) -> list[list[Span]]:
    """What was said, as paragraphs of spans; a line break inside a text starts one too."""
    paragraphs: list[list[Span]] = [[]]
    for contribution in contributions:
        if contribution.paragraph:
            paragraphs.append([])
        for place, line in enumerate(lines_of(contribution)):
            if place:
                paragraphs.append([])
            paragraphs[-1] += line
    return [paragraph for paragraph in paragraphs if paragraph]


def lines_of(contribution: Contribution) -> list[list[Span]]:
    """The lines of one contribution, each as its spans; the speaker is named on the first one."""
    known = contribution.kind in KINDS
    kind = contribution.kind if known else ContributionKind.NARRATIVE.value
    if contribution.withheld is not None:
        return [[Span(kind, withheld=contribution.withheld)]]
    lines: list[list[Span]] = [[Span(kind, contribution.lead)]]
    for passage in passages(contribution.text):
        if isinstance(passage, Withheld):
            lines[-1].append(Span(kind, withheld=passage.withheld))
            continue
        first, *others = passage.split("\n")
        lines[-1].append(Span(kind, words=first.strip()))
        lines += [[Span(kind, words=other.strip())] for other in others]
    return [together for line in lines if (together := joined(line))]


def joined(line: list[Span]) -> list[Span]:
    """Without empty spans, and with the speaker before the first words of the line."""
    lead, *rest = line if line and line[0].lead else [None, *line]
    rest = [span for span in rest if span.words or span.withheld]
    if lead is None:
        return rest
    if rest and not rest[0].withheld:
        return [replace(rest[0], lead=lead.lead), *rest[1:]]
    return [lead, *rest]


def words_of(paragraphs: list[list[Span]]) -> str:
    """The same as plain words, for search and for feeds; what is withheld leaves its marker."""
    return "\n".join(
        " ".join(
            part
            for span in paragraph
            for part in (span.lead, span.words, f"[Not published: {span.withheld}]" if span.withheld else "")
            if part
        )
        for paragraph in paragraphs
    )
