"""Where a sentence ends. Joined by single spaces, the sentences are the text again."""

import re

# After these a full stop ends no sentence. "No." only does before a figure.
ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        """
    mr mrs ms mx dr prof rev hon cllr sir st
    supt insp sgt det ch cons con chf dep asst cpt
    e.g i.e eg ie cf viz vs approx para paras ref fig vol pp dept ext
    jan feb mar apr jun jul aug sept sep oct nov dec
    """,
    )
)
BEFORE_FIGURES = frozenset(["no", "nos", "p", "art", "s", "ss", "sec"])

END = re.compile(r"[.?!…]+[\"'”’)\]]*(?=\s)")
ENDS = re.compile(r"[.?!…:]+[\"'”’)\]]*$")
# No surname, so that the letter before it was no initial: "Category B. The CC …".
STARTER = re.compile(r"(?:The|This|That|There|These|It|In|He|She|They|We|A|An)\b")
OPENERS = "\"'“‘([•"
# A number or letter in front: "1." or "a)" is no sentence.
LIST_MARK = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z])[.)]")


def sentences(text: str) -> list[str]:
    """The sentences of one paragraph, white space made single."""
    text = " ".join(text.split())
    found, begin = [], 0
    for mark in END.finditer(text):
        if _ends_here(text, begin, mark):
            found.append(text[begin : mark.end()])
            begin = mark.end() + 1
    if begin < len(text):
        found.append(text[begin:])
    return found


def ends_sentence(line: str) -> bool:
    """Whether a line stops where a sentence could; a colon counts, "Supt." does not."""
    mark = ENDS.search(line[-12:])
    if not mark:
        return False
    return not (mark.group().startswith(".") and _is_abbreviation(_last_word(line.rstrip("\"'”’)]."))))


def _ends_here(text: str, begin: int, mark: re.Match) -> bool:
    following = text[mark.end() + 1 : mark.end() + 2]
    if not (following.isupper() or following.isdigit() or following in OPENERS):
        return False
    if not mark.group().startswith("."):
        return True
    if LIST_MARK.fullmatch(text, begin, mark.end()):
        return False
    word = _last_word(text[max(begin, mark.start() - 20) : mark.start()])
    if len(word) == 1 and STARTER.match(text, mark.end() + 1):
        return True
    return not (_is_abbreviation(word) or (word.lower() in BEFORE_FIGURES and following.isdigit()))


def _last_word(text: str) -> str:
    return text[-20:].rsplit(" ", 1)[-1].lstrip("\"'“‘([")


def _is_abbreviation(word: str) -> bool:
    initial = len(word) == 1 and word.isupper() and word != "I"
    return initial or word.lower() in ABBREVIATIONS
