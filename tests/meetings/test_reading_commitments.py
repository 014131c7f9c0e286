"""Words that sound like a promise are noticed, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.reading.commitments import sounds_like_commitment


@pytest.mark.parametrize(
    "text",
    [
        "responded that the force will provide the figures.",
        "said that he will report back to the PCC",
        "The CC will also share the plan with the office.",
        "undertook to look at the rota",
        "agreed to bring the numbers to the next meeting.",
        "promised that she would write to the owners",
        "said that it would be finished by the end of October.",
        "expects the new system in six months",
        "explained the delay. The report will come by 28 October.",
        "said that they would look into it.",
        "is going to send the paper round",
        "committed to publish the results within 3 weeks",
        "said that it is due by March",
        "said they will follow this up",
        "will take it away",
    ],
)
def test_a_promise_is_noticed(text):
    assert sounds_like_commitment(text)


@pytest.mark.parametrize(
    "text",
    [
        "asked whether the force will provide the figures",
        "asked what would be different in six months.",
        "Will the force report back by the end of the year?",
        "said that the plan was on course.",
        "responded that it will not provide a figure.",
        "said that the force won't publish it",
        "said that the will was there.",
        "said that in six months of last year calls had fallen.",
        "commented that the number by the end of 2019 was lower",
        "noted that will be difficult",
        "agreed with the chair",
        "",
        "None",
    ],
)
def test_what_promises_nothing_is_left_alone(text):
    assert not sounds_like_commitment(text)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    assert sounds_like_commitment(text) in (True, False)


def test_whatever_promises_holds_a_hint():
    """Words without a hint are passed over, so every verb by which somebody promises has to hold one."""
    undertook = (
        "undertook undertakes undertaken promised promises committed commits agreed offered intend intends"
    )
    ahead = ["will", "shall", "would", "going to", "due", "expected", "planned", "aims", "hoped", "to be"]
    said = [
        f"The CC {verb} to provide a report." for verb in f"{undertook} intended pledged proposed".split()
    ]
    said += [f"The report is {words} in six months." for words in ahead]
    said += ["He would look into it.", "It is going to review this.", "They will report back."]
    assert [text for text in said if not sounds_like_commitment(text)] == []
