"""Whether words sound like a promise, so that somebody can be asked whether they are an action."""

import re

from meetings.reading.sentences import sentences

# What somebody does who promises: a verb that moves something from them to others.
_DOES = (
    r"(?:provide|report|send|share|circulate|write|bring|come back|look into|follow (?:this |it |that )?up|update|review"
    r"|confirm|ensure|check|arrange|produce|publish|submit|supply|present|prepare|consider|explore|investigate|feed back"
    r"|return|raise|ask|contact|meet|set up|set out|draft|complete|deliver|find out|let \w+ (?:\w+ )?know|make sure"
    r"|take (?:this|it|that) (?:away|forward|up|back)|get back)"
)
_SOON = r"(?:also |then |now |therefore |personally |both |be able to |endeavour to |aim to )*"
WILL_DO = re.compile(rf"\b(?:will|shall|(?:is|are|was|were) going to) {_SOON}{_DOES}\b", re.I)
UNDERTOOK = re.compile(
    r"\b(?:undertook|undertakes|undertaken|promised|promises|committed|commits|agreed|offered|intends?|intended|pledged"
    rf"|proposed) (?:that (?:he|she|they|it|the \w+) (?:will|would) |to (?!hear|read|see|know|learn|say){_SOON})",
    re.I,
)
WOULD_DO = re.compile(rf"\b(?:he|she|they|the force|the office|which) would {_SOON}{_DOES}\b", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|a few|a couple of)"
BY_THEN = re.compile(
    rf"\bby (?:the end of|next|the (?:next|following)|(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})"
    rf"|(?:{_MONTH})\b|christmas|easter|(?:the )?(?:spring|summer|autumn|winter)\b)"
    rf"|\b(?:with)?in {_COUNT} (?:more )?(?:days?|weeks?|months?|years?)[’']? ?(?:time)?\b"
    r"|\b(?:at|for|to|before) the next meeting\b|\bin due course\b",
    re.I,
)
# What looks forward, and not back: "in six months" alone may tell of what was.
AHEAD = re.compile(r"\b(?:will|shall|would|going to|due|expect\w*|plan\w*|aim\w*|hope\w*|to be)\b", re.I)
ASKED = re.compile(
    r"\b(?:asks?|asked|asking|quer(?:y|ied|ies)|questioned|questions|wondered|enquired|inquired|sought|challenged"
    r"|requested|whether|would (?:he|she|they) )\b",
    re.I,
)
NOT = re.compile(
    r"\b(?:will|would|shall) not\b|\bwon[’']t\b|\bwouldn[’']t\b|\bcannot\b|\bnot (?:be able|going) to\b", re.I
)


# Whatever promises holds one of these. Most words hold none, and a page asks about a thousand of them.
HINT = re.compile(
    "will|shall|would|going to|undert|promise|commit|agreed|offered|intend|pledged|proposed|due|expect|plan|aim|hope"
    "|to be"
)


def sounds_like_commitment(text: str) -> bool:
    """Whether these words promise something: "will provide", "will report back", "by the end of", "in six months".

    A question promises nothing, and neither does what somebody will not do.
    """
    return bool(HINT.search(text.lower())) and any(_promises(sentence) for sentence in sentences(text))


def _promises(sentence: str) -> bool:
    if sentence.endswith("?") or ASKED.search(sentence) or NOT.search(sentence):
        return False
    if WILL_DO.search(sentence) or UNDERTOOK.search(sentence) or WOULD_DO.search(sentence):
        return True
    return bool(BY_THEN.search(sentence) and AHEAD.search(sentence))
