"""The article: the words of the Notes in their order, and nothing that a reader's browser would run."""

import itertools
import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications.layout import printed
from publications.notes import (
    Action,
    Contribution,
    Counted,
    Exchange,
    Item,
    Notes,
    Origin,
    Place,
    Withheld,
)
from publications.render import article
from tests.factories_notes import answers, asks, first_published_elsewhere, said, some_notes

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "{{ 7|add:7 }} {% include 'x' %}",
    "‮txt.exe‬ مرحبا",
    "👩🏽‍✈️ é́́",
    "a\u2028b & <b>c</b> &amp; &lt;",
]


def page_of(notes: Notes):
    return lxml.html.fromstring(article(notes).decode())


def words(text: str) -> list[str]:
    return text.split()


def printed_words(exchange) -> list[str]:
    """The words of an exchange on the page, without its number and what only shows on arrival."""
    return [
        word for paragraph in exchange.xpath("./p[not(@class)]") for word in words(paragraph.text_content())
    ]


def notes_with(*contributions: Contribution, **parts) -> Notes:
    return some_notes(
        items=[
            Item(
                number="1",
                title="Anything",
                exchanges=[Exchange(number="1.1", contributions=[*contributions])],
            )
        ],
        actions=[],
        **parts,
    )


def with_one_not_reached() -> Notes:
    """Notes whose meeting did not come to one of the earlier actions."""
    notes = some_notes()
    notes.actions.append(
        Action(
            key="a3",
            reference="2024/3",
            text="Publish the stop and search data.",
            owners=["CC"],
            place=Place(item="1"),
            carried_from=Origin(meeting=None, text="May meeting"),
            outcome="not_reached",
            as_of=notes.meeting.date,
        )
    )
    return notes


def test_every_exchange_prints_its_words_in_order():
    notes = some_notes()
    page = page_of(notes)
    for item in notes.every_item():
        for exchange in item.exchanges:
            written = [word for one in exchange.contributions for word in words(f"{one.lead} {one.text}")]
            assert printed_words(page.get_element_by_id(exchange.number)) == written


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n <>&'\""), max_size=60
)


@given(
    st.lists(
        st.builds(
            said, st.sampled_from(["question", "answer", "odd"]), texts, texts, paragraph=st.booleans()
        ),
        max_size=4,
    )
)
def test_whatever_was_said_is_printed_in_order(contributions):
    page = page_of(notes_with(*contributions))
    written = [word for one in contributions for word in words(f"{one.lead} {one.text}")]
    assert printed_words(page.get_element_by_id("1.1")) == written


def test_an_answer_runs_on_in_the_paragraph_of_its_question():
    page = page_of(some_notes())
    paragraphs = page.get_element_by_id("2.1.2").xpath("./p[not(@class)]")
    assert len(paragraphs) == 1


def test_a_line_break_inside_a_text_starts_a_paragraph():
    page = page_of(notes_with(asks("asked this.\n\nAnd that.")))
    assert len(page.get_element_by_id("1.1").xpath("./p[not(@class)]")) == 2


def test_every_id_is_there_once():
    ids = page_of(some_notes()).xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {"item-2", "item-2.1", "2.1.1", "action-2024-17"} <= set(ids)


def test_headings_skip_no_level():
    levels = [int(heading.tag[1]) for heading in page_of(some_notes()).xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 2
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_an_action_stands_after_the_exchange_it_follows():
    ids = page_of(some_notes()).xpath("//@id")
    assert ids.index("2.2.1") < ids.index("action-2024-17") < ids.index("item-3")


def test_a_carried_action_stands_before_what_was_said_of_it():
    ids = page_of(some_notes()).xpath("//@id")
    assert ids.index("item-1") < ids.index("action-2024-9") < ids.index("1.1")


def test_an_item_without_matter_says_none():
    page = page_of(some_notes())
    assert [none.text for none in page.find_class("none")] == ["None.", "None."]


def test_junior_staff_appear_by_role_and_others_are_counted():
    text = page_of(some_notes()).get_element_by_id("people").getparent().text_content()
    assert "Not named" in text
    assert "Also present, not named: 3 people from the force." in text


def test_each_way_of_attending_counts_its_own_people():
    groups = [("office", "present", 1), ("other", "present", 2), ("force", "apologies", 1)]
    counted = [Counted(body=body, attendance=how, number=number) for body, how, number in groups]
    assert printed(some_notes(counted=counted)).counted == [
        "Also present, not named: 1 person from the office and 2 other people.",
        "Also apologies from, not named: 1 person from the force.",
    ]


def test_actions_that_were_not_reached_come_after_what_was_said():
    notes = with_one_not_reached()
    ids = page_of(notes).xpath("//@id")
    assert ids.index("action-2024-9") < ids.index("1.1") < ids.index("action-2024-3") < ids.index("item-2")
    row = page_of(notes).get_element_by_id("action-2024-3")
    assert row.tag == "tr"
    assert "Publish the stop and search data." in row.text_content()
    assert "From: May meeting; Status: Open on 19 September 2024" in row.text_content()


def test_an_action_that_was_spoken_of_stands_where_it_was_spoken_of():
    notes = with_one_not_reached()
    notes.items[0].exchanges[0].about = ["a1", "a3"]
    assert page_of(notes).get_element_by_id("action-2024-3").tag == "section"


def test_an_agenda_without_a_place_for_earlier_actions_still_prints_them():
    notes = with_one_not_reached()
    notes.actions[-1].place = Place(item="")
    assert page_of(notes).get_element_by_id("action-2024-3").tag == "tr"


def test_the_brief_tells_what_was_discussed_from_what_was_not_reached():
    counts = printed(with_one_not_reached()).counts
    assert counts[-2:] == [
        "1 earlier action was discussed.",
        "1 earlier action was not reached and is carried forward.",
    ]


def test_what_is_withheld_leaves_its_number_and_its_reason():
    notes = some_notes()
    exchange = notes.items[1].items[0].exchanges[1]
    exchange.withheld, exchange.contributions = "operational policing", []
    text = page_of(notes).get_element_by_id("2.1.2").text_content()
    assert "Paragraph 2.1.2 is not published. Reason: operational policing" in text


def test_a_withheld_passage_is_marked_in_its_place():
    text = answers(["said that ", Withheld(withheld="personal data"), " had left."])
    page = page_of(notes_with(text))
    assert "The CC said that [Not published: personal data] had left." in " ".join(
        page.get_element_by_id("1.1").text_content().split()
    )


def test_notes_published_elsewhere_say_so_and_mark_our_references():
    text = " ".join(page_of(first_published_elsewhere()).text_content().split())
    assert "12 October 2020, before this site" in text
    assert "Action 2024/17 (our reference)" in text
    assert "24 September 2020 was a Thursday; the notes say Tuesday." in text


def test_the_original_date_is_a_quotation():
    page = page_of(first_published_elsewhere())
    assert [quotation.text for quotation in page.xpath("//q")] == ["Tuesday 24th September, 10 am"]


def hostile(text: str) -> Notes:
    notes = some_notes()
    notes.meeting.title = notes.meeting.type = notes.meeting.venue = notes.meeting.summary = text
    notes.people[0].name = notes.people[0].role = notes.people[0].abbreviation = text
    notes.items[0].title = notes.items[0].label = text
    notes.items[1].themes = [text]
    one = notes.items[0].exchanges[0]
    one.notes = [text]
    one.contributions = [said(text, text, text)]
    notes.actions[0].text = notes.actions[0].heading = notes.actions[0].outcome = text
    notes.next_meeting.subject = notes.next_meeting.venue = text
    notes.abbreviations = {text: text}
    return notes


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text):
    harmless = page_of(hostile("harmless"))
    page = page_of(hostile(text))
    assert not page.xpath("//script|//svg|//img|//b[text()='c']|//@onerror|//@onload|//@style")
    assert len(page.xpath("//*")) == len(harmless.xpath("//*"))


def test_a_hundred_thousand_characters_are_printed():
    text = "a word " * 14_286
    page = page_of(notes_with(asks(text)))
    assert printed_words(page.get_element_by_id("1.1"))[2:] == words(text)


def test_no_style_and_no_script_is_written_into_it():
    assert not re.search(rb"<script|<style|style=|onclick", article(some_notes()))


def test_a_new_action_is_counted_without_those_of_earlier_meetings():
    notes = some_notes(reference=None, carried=None)
    assert notes.action_names() == {"a1": "Earlier action 1", "a2": "New action 1"}
