"""Who says what in a paragraph of reported speech, and of which kind it is.

The contributions of a paragraph, each printed as `lead` and `text`, give the
paragraph back word for word. The kind is read from the verb and from who speaks.
"""

import re
from dataclasses import dataclass, replace

from meetings.reading.cast import Cast, Mention, Voice
from meetings.reading.roles import is_role
from meetings.reading.sentences import sentences
from meetings.reading.verbs import (
    ANSWERING,
    ASKING,
    ASKS_TOO,
    DECIDED,
    DECIDING,
    PASSIVE_ANSWER,
    REMARKING,
    SAID_PASSIVELY,
    TELLING,
    TOLD,
    reporting_verb,
)

QUESTION, ANSWER, COMMENT, DECISION, NARRATIVE = "question", "answer", "comment", "decision", "narrative"

# A number or bullet in front of a sentence stays with the lead.
MARK = re.compile(r"^(?:(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z])[.)]|\d{1,3}(?:\.\d{1,3})+|[•▪*·–—-])\s+)?")
IN_RESPONSE = re.compile(r"^(?:In (?:response|reply|answer|turn)|Responding|Replying),?\s+(?=[Tt]he\b|[A-Z])")
UNKNOWN_TITLE = re.compile(
    r"^The\s+((?:[A-Z][\w/&’'-]*|of|and|for|the)(?:\s+(?:[A-Z][\w/&’'-]*|of|and|for|the)){0,7})\s"
)
UNKNOWN_NAME = re.compile(
    r"^((?:Mr|Mrs|Ms|Miss|Dr|Cllr|Supt|Ch Supt|Ch Insp|Insp|Sgt|PC|[TA]/[A-Z]{2,4}|DCC|ACC|CC|PCC|DPCC)\.?(?:\s+[A-Z][\w’'-]+){0,2})\s"
)
BOTH = re.compile(r"Both\s+(?=[Tt]he\b|[A-Z])")
LONGEST_CLAUSE = 120  # characters
THE_FORCE = re.compile(r"^The\s+(?:[Ff]orce|[Cc]onstabulary)\s")


@dataclass(frozen=True)
class Said:
    """One contribution as it was read."""

    kind: str
    text: str
    lead: str = ""
    speaker: str | None = None  # the key of a voice
    nobody_named: bool = False
    paragraph: bool = False
    together: bool = False  # several speak as one; the first is the speaker
    unknown: str | None = None  # who speaks by the text's own words, but is not in the cast
    from_speaker: bool = False  # no verb told the kind; it was read from who speaks

    @property
    def printed(self) -> str:
        """The words as they stood."""
        return f"{self.lead} {self.text}".strip()


@dataclass(frozen=True)
class Asked:
    """The question that is open, by the key and body of who asked it."""

    speaker: str | None
    body: str


def read_paragraph(text: str, cast: Cast, asked: Asked | None = None) -> tuple[list[Said], Asked | None]:
    """The contributions of a paragraph, and the question that is open after it.

    What opens with a speaker is theirs, and so is what follows until somebody
    else speaks; before the first speaker it is narrative.
    """
    said: list[Said] = []
    following: list[list[str]] = []  # the sentences that go on with each
    for sentence in sentences(text):
        opening = _opening(sentence, cast, asked)
        if opening:
            parts = _with_passive_answer(opening, cast)
            asked = _open_question(parts, cast, asked)
        elif said and said[-1].kind == QUESTION and (passive := SAID_PASSIVELY.match(sentence)):
            parts = [_answer_told(sentence, sentence[passive.end() :], cast)]
        elif said and not (said[-1].kind == NARRATIVE and DECIDED.match(sentence)):
            following[-1].append(sentence)
            continue
        else:
            parts = [Said(DECISION if DECIDED.match(sentence) else NARRATIVE, sentence)]
        said += parts
        following += [[] for _ in parts]
    said = [_continued(part, more) for part, more in zip(said, following, strict=True)]
    if said:
        said[0] = replace(said[0], paragraph=True)
        if said[-1].kind in (COMMENT, NARRATIVE):
            asked = None
    return said, asked


def _continued(said: Said, more: list[str]) -> Said:
    return replace(said, text=" ".join([said.text, *more])) if more else said


def opens_with_question(text: str, cast: Cast) -> bool:
    """Whether these words begin with somebody of the office asking or commenting: a new paragraph."""
    opening = _opening(text, cast, None)
    voice = cast.named(opening.speaker) if opening else None
    return bool(opening and opening.lead and voice and voice.body == "office")


def is_answered(text: str, cast: Cast) -> bool:
    """Whether somebody answers in these words."""
    return any(part.kind == ANSWER for part in read_paragraph(text, cast)[0])


def opens_with_speaker(text: str, cast: Cast) -> bool:
    """Whether somebody starts to speak with these words."""
    return _opening(text, cast, None) is not None


def starts_exchange(said: list[Said]) -> bool:
    """Whether a paragraph starts an exchange: one of answers alone joins the exchange before."""
    return any(part.kind != ANSWER for part in said)


def _opening(sentence: str, cast: Cast, asked: Asked | None) -> Said | None:
    """The contribution that begins with this sentence, or None when nobody starts to speak."""
    return (
        _told_first(sentence, cast)
        or _spoken_first(sentence, cast, asked)
        or _spoken_after_clause(sentence, cast, asked)
        or _spoken_by_stranger(sentence, asked)
    )


def _spoken_first(sentence: str, cast: Cast, asked: Asked | None) -> Said | None:
    """ "The CC said …", "Ms Khan added …", "CC: …"."""
    mark = MARK.match(sentence).end()
    both = BOTH.match(sentence, mark)
    mark = both.end() if both else mark
    words = sentence[mark:].split(" ", 24)[:24]
    mention = cast.at_start(words)
    if not mention:
        return None
    mention, together = _all_who_speak(mention, words, cast)
    if both and not together:
        return None
    named = " ".join(words[: mention.words])
    rest = sentence[mark + len(named) :].strip()
    verb = reporting_verb(_without_clause(rest) if named.endswith(",") else rest)
    labelled = named.endswith(":") or rest.startswith((": ", "– ", "— ", "- "))
    if not (verb or labelled or (mention.with_article and not _goes_on_about(rest))):
        return None
    said = _attributed(mention, rest, verb, asked)
    return replace(said, lead=sentence[:mark] + named, together=together)


def _all_who_speak(first: Mention, words: list[str], cast: Cast) -> tuple[Mention, bool]:
    """Take "The CC and the ACC" as one mention, led by the first."""
    end = first.words
    while end < len(words) and (words[end] in ("and", "&") or words[end - 1].endswith(",")):
        step = 1 if words[end] in ("and", "&") else 0
        other = cast.at_start(words[end + step :])
        if not other:
            break
        end += step + other.words
    together = end > first.words
    return replace(first, words=end), together


def _without_clause(rest: str) -> str:
    """ "The PCC, referring to the report, asked …" is "asked"."""
    clause, comma, after = rest.partition(", ")
    return after if comma and len(clause) < LONGEST_CLAUSE else rest


def _goes_on_about(rest: str) -> bool:
    """ "The CC of the neighbouring force …" is not the CC."""
    return rest.startswith(("of ", "from ", "for ", "'s ", "’s "))


def _spoken_after_clause(sentence: str, cast: Cast, asked: Asked | None) -> Said | None:
    """ "Acknowledging that numbers are small, the PCC had noted …": all of it is theirs."""
    begin = 0
    response = IN_RESPONSE.match(sentence)
    if response:
        begin = response.end()
    else:
        comma = sentence.find(", ", 0, 250)
        if comma < 0:
            return None
        begin = comma + 2
    words = sentence[begin:].split(" ", 24)[:24]
    mention = cast.at_start(words)
    if not mention:
        return None
    rest = " ".join(sentence[begin:].split(" ")[mention.words :])
    verb = reporting_verb(rest)
    return replace(_attributed(mention, rest, verb, asked), text=sentence) if verb else None


def _spoken_by_stranger(sentence: str, asked: Asked | None) -> Said | None:
    """Somebody speaks who is not in the cast: kept without a speaker, and by which words."""
    body = sentence[MARK.match(sentence).end() :]
    if asked and asked.body != "force" and THE_FORCE.match(body):
        verb = reporting_verb(body.split(" ", 2)[-1])
        return Said(ANSWER, sentence, nobody_named=True) if verb in ANSWERING | TELLING else None
    match = UNKNOWN_TITLE.match(body) or UNKNOWN_NAME.match(body)
    if not match or not _could_speak(match[1]):
        return None
    verb = reporting_verb(body[match.end() :])
    if not verb:
        return None
    stranger = Voice(key="", body="other")
    return Said(_kind(stranger, body[match.end() :], verb, asked), sentence, unknown=match[1])


def _could_speak(title: str) -> bool:
    """An abbreviation, somebody's name after a rank, or the title of a role; no board or report."""
    if title.endswith(("'s", "’s")):
        return False
    return title.replace("/", "").isupper() or bool(UNKNOWN_NAME.match(title + " ")) or is_role(title)


def _told_first(sentence: str, cast: Cast) -> Said | None:
    """ "The PCC was told that …" is an answer; of the one after "by", else of nobody named."""
    words = sentence.split(" ", 24)[:24]
    mention = cast.at_start(words)
    if not mention:
        return None
    rest = sentence[len(" ".join(words[: mention.words])) + 1 :]
    told = TOLD.match(rest)
    return _answer_told(sentence, rest[told.end() :], cast) if told else None


def _answer_told(text: str, following: str, cast: Cast) -> Said:
    """An answer in the passive; `following` is what stands after "was told"."""
    words = following.rstrip(".").split(maxsplit=10)[:10]
    teller = cast.at_start(words[1:]) if words[:1] == ["by"] else None
    if teller and len(teller.voices) == 1:
        return Said(ANSWER, text, speaker=teller.voices[0].key)
    return Said(ANSWER, text, nobody_named=True)


def _with_passive_answer(said: Said, cast: Cast) -> list[Said]:
    """Split "asked whether … and was told that …" where the answer begins."""
    voice = cast.named(said.speaker)
    if said.kind == ANSWER or (voice and voice.body == "force" and said.kind != QUESTION):
        return [said]
    match = PASSIVE_ANSWER.search(said.text)
    if not match or not match.start():
        return [said]
    before, after = said.text[: match.start()].rstrip(), said.text[match.start() :]
    return [replace(said, text=before), _answer_told(after, said.text[match.end() :], cast)]


def _attributed(mention: Mention, rest: str, verb: str | None, asked: Asked | None) -> Said:
    if len(mention.voices) > 1:
        kind = _kind(Voice(key="", body=mention.voices[0].body), rest, verb, asked)
        return Said(kind, rest, unknown=mention.voices[0].abbreviation or mention.voices[0].role)
    voice = mention.voices[0]
    return Said(_kind(voice, rest, verb, asked), rest, speaker=voice.key, from_speaker=verb is None)


def attributed(voice: Voice, rest: str, asked: Asked | None) -> Said:
    """These words as somebody's own, of whichever kind; for whoever knows already who speaks."""
    verb = reporting_verb(rest)
    return Said(_kind(voice, rest, verb, asked), rest, speaker=voice.key, from_speaker=verb is None)


def _kind(voice: Voice, rest: str, verb: str | None, asked: Asked | None) -> str:
    """The kind by verb and speaker; `rest` is the sentence after the speaker's name."""
    if verb in ASKING or (voice.body != "force" and (ASKS_TOO.search(rest) or rest.endswith("?"))):
        return QUESTION
    if verb in DECIDING and voice.body == "office":
        return DECISION
    if verb in REMARKING:
        return COMMENT
    own = asked is not None and asked.speaker == voice.key
    if verb in ANSWERING:
        return COMMENT if own else ANSWER
    other_side = asked is not None and not own and asked.body != voice.body
    return ANSWER if other_side else COMMENT


def _open_question(said: list[Said], cast: Cast, asked: Asked | None) -> Asked | None:
    for part in said:
        if part.kind == QUESTION:
            voice = cast.named(part.speaker)
            asked = Asked(part.speaker, voice.body if voice else "office")
    return asked
