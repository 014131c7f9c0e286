"""The verbs of reported speech, by what they make of a sentence."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ASKING = _words("""
    ask asked asks asking question questioned questions questioning query queried queries querying enquired
    enquires enquiring inquired inquires inquiring sought seeks seeking wondered wonders wondering requested
    requests requesting probed challenged
    """)
ANSWERING = _words("responded responds responding replied replies replying answered answers answering")
REMARKING = _words("""
    commented comments commenting noted notes noting observed observes observing remarked remarks remarking
    welcomed welcomes welcoming thanked thanks thanking praised congratulated commended
    """)
DECIDING = _words("decided decides resolved resolves approved approves ratified endorsed")
TELLING = _words("""
    said says saying added adds adding explained explains explaining confirmed confirms confirming advised advises
    advising assured assures reassured informed informs informing clarified clarifies acknowledged acknowledges
    acknowledging stated states stating reported reports reporting outlined outlines outlining described describes
    highlighted highlights highlighting agreed agrees agreeing updated told tells stressed emphasised emphasized
    accepted accepts recognised recognises felt believed believes suggested suggests reiterated continued concluded
    reflected admitted conceded summarised mentioned argued referred undertook undertakes committed detailed indicated
    demonstrated discussed thought expressed shared provided gave presented pointed cautioned warned recalled disagreed
    appreciated raised set considered apologised offered expects expected cited introduced spoke
    """)
SPEAKING = ASKING | ANSWERING | REMARKING | DECIDING | TELLING

# What may stand between the speaker and the verb that counts.
BETWEEN = _words("""
    also then further again had has have did does would could wanted wished likes like to went on began begins by both
    opened started all therefore subsequently initially briefly strongly next later finally firstly additionally openly fully clearly
    in turn response reply himself herself themselves jointly first rightly again
    """)
REACH = 6  # words

_TELL = r"(?:told|advised|assured|reassured|informed)"
_WAS = r"(?:was|were)\s+(?:then\s+|also\s+|subsequently\s+|again\s+|further\s+)?"
# "… and was told that …": an answer, and nobody is named.
PASSIVE_ANSWER = re.compile(rf"\b(?:and|but)\s+{_WAS}{_TELL}\b", re.I)
TOLD = re.compile(rf"{_WAS}{_TELL}\b", re.I)
# "It was confirmed that …" right after a question: the same in a sentence of its own.
SAID_PASSIVELY = re.compile(
    r"^(?:It|This|That) was (?:also |then |further )?"
    r"(?:confirmed|explained|reported|stated|advised|clarified|said|acknowledged|answered|responded)\b"
)
# "commented that … and asked if …": the question is what counts.
ASKS_TOO = re.compile(
    r"\b(?:and|but)\s+(?:also\s+|then\s+|therefore\s+|so\s+|further\s+)?"
    r"(?:ask(?:s|ed)?|questioned|queried|queries|sought|seeks|enquired|inquired|requested|wondered|challenged"
    r"|wanted to (?:know|understand))\b",
    re.I,
)
TO_KNOW = re.compile(
    r"^(?:also\s+|then\s+)?(?:would like|wanted|wished|was keen) to (?:know|understand|hear)\b"
)
DECIDED = re.compile(r"^It was (?:therefore |also |then )?(?:agreed|decided|resolved|approved)\b")


def reporting_verb(rest: str) -> str | None:
    """The verb that says how somebody spoke, in the words that follow the name; None when there is none.

    "began by saying that …" is "saying".
    """
    if TO_KNOW.match(rest):
        return "asked"
    for word in rest.split(" ", REACH)[:REACH]:
        plain = word.strip(",.:;").lower()
        if plain in SPEAKING:
            return plain
        if plain not in BETWEEN:
            return None
    return None
