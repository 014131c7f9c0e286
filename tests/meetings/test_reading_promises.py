"""Who owns an action and when it is due, by its wording."""

import datetime as dt

import pytest

from meetings.reading.cast import Cast, Voice
from meetings.reading.promises import Due, due, is_promise, owners

HELD = dt.date(2020, 9, 24)
CAST = Cast.of(
    [
        Voice("PCC", "Amira Ashdown", "Police and Crime Commissioner", "PCC", "office"),
        Voice("CC", "Callum Corrie", "Chief Constable", "CC", "force"),
        Voice("ACC", "Delphine Drummond", "Assistant Chief Constable", "ACC", "force"),
    ]
)


@pytest.mark.parametrize(
    ("wording", "who"),
    [
        ("The CC will provide an update to the PCC.", ["CC"]),
        ("The PCC intends to revisit the benefit.", ["PCC"]),
        ("The CC and the ACC will report back.", ["CC", "ACC"]),
        ("CC/ACC to report back.", ["CC", "ACC"]),
        ("Callum Corrie to write.", ["CC"]),
        ("The Head of Crime will write.", ["Head of Crime"]),
        ("Write to partners (ACC)", ["ACC"]),
        ("Write to partners. Owner: PCC", ["PCC"]),
        ("A letter will be written.", []),
        ("The CC was pleased.", []),
    ],
)
def test_the_owner_is_who_will_do_it(wording, who):
    assert owners(wording, CAST, ["Head of Crime"]) == who


@pytest.mark.parametrize(
    ("wording", "when"),
    [
        ("The CC will report by 28 October.", Due(date=dt.date(2020, 10, 28))),
        ("The CC will report by Friday 8th January.", Due(date=dt.date(2021, 1, 8))),
        ("The CC will report by the end of October 2020.", Due(date=dt.date(2020, 10, 31))),
        ("The CC will report to the next meeting.", Due(next_meeting=True)),
        ("The CC will share the plan ahead of the next meeting.", Due(next_meeting=True)),
        ("The CC will report at the next Monthly Assurance Meeting.", Due(next_meeting=True)),
        ("The CC will explain the crash on 3 March.", None),
        ("The CC will report soon.", None),
    ],
)
def test_the_due_date_is_read_from_the_wording(wording, when):
    assert due(wording, HELD) == when


def test_speech_is_no_promise():
    assert is_promise("The CC will write.", CAST)
    assert not is_promise("The CC said that he will write.", CAST)
