"""Transcripts are read as they come: from meeting software, or as lines that begin with a name."""

import codecs
import contextlib

import pytest

from meetings.reading.cast import Cast, Voice
from meetings.reading.transcripts import LIMIT, NotATranscript, Passage, read_transcript, voice_of

VTT = """WEBVTT

NOTE made by a machine

3f2a/1-0
00:00:03.000 --> 00:00:05.500
<v Imogen Vale>We have <b>twenty</b> &amp; more.</v>

00:00:05.500 --> 00:00:07.000
<v Imogen Vale>Two are ill.</v>

01:02:07.000 --> 01:02:08.000
<v.loud Rowan Ashdown>Why?</v>
<v Imogen Vale>Because.</v>
"""
CAST = Cast.of(
    [
        Voice("a", "Imogen Vale", "Chief Constable", "CC", "force"),
        Voice("b", "Rowan Ashdown", "Police and Crime Commissioner", "PCC", "office"),
        Voice("c", "Peter Vale", "Head of Crime", "HC", "force"),
    ]
)


def read(text: str, encoding: str = "utf-8") -> list[tuple]:
    return [(one.speaker, one.text, one.clock) for one in read_transcript(text.encode(encoding))]


def refusal(content: bytes) -> str:
    with pytest.raises(NotATranscript) as refused:
        read_transcript(content)
    return refused.value.sentence


def test_captions_of_one_speaker_are_one_passage_with_the_time_when_it_began():
    assert read(VTT) == [
        ("Imogen Vale", "We have twenty & more. Two are ill.", "0:00:03"),
        ("Rowan Ashdown", "Why?", "1:02:07"),
        ("Imogen Vale", "Because.", "1:02:07"),
    ]


def test_captions_without_voices_name_the_speaker_before_a_colon():
    assert read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nRowan Ashdown: I see\n\n00:03.000 --> 00:04.000\nYes"
    ) == [
        ("Rowan Ashdown", "I see", "0:00:01"),
        ("", "Yes", "0:00:03"),
    ]


def test_lines_without_a_name_go_on_with_the_speaker_above():
    assert read("Rowan Ashdown: why\nso few?\n\nCC: Trainers\nare ill: two of them") == [
        ("Rowan Ashdown", "why so few?", ""),
        ("CC", "Trainers are ill: two of them", ""),
    ]


def test_lines_may_begin_with_the_time():
    assert read("[00:10] CC: yes\n1:02:03 PCC: no") == [("CC", "yes", "0:00:10"), ("PCC", "no", "1:02:03")]


def test_a_long_speech_is_several_passages():
    caption = "00:{0:02}.000 --> 00:{1:02}.000\n<v A>{2}</v>\n\n"
    text = "WEBVTT\n\n" + "".join(caption.format(n, n + 1, "x" * 90) for n in range(20))
    passages = read_transcript(text.encode())
    assert [one.start for one in passages] == [0, 7, 14]
    assert sum(one.text.count("x") for one in passages) == 1800


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1252"])
def test_odd_encodings_are_read(encoding):
    assert read("CC: it’s 40 % – café", encoding) == [("CC", "it’s 40 % – café", "")]


def test_markup_is_no_markup():
    assert read("CC: <script>alert(1)</script> & more")[0][1] == "<script>alert(1)</script> & more"
    assert read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>&lt;b&gt;<i>x</i></v>")[0][1] == "<b>x"


@pytest.mark.parametrize("again", ["<v ", "<v a>", "<", "x\n", "A:b\nB:c\n"])
def test_what_says_the_same_a_hundred_thousand_times_takes_no_time(again):
    """A reader that looks at everything for each of them would take minutes."""
    begins = "A: b\n" if again.endswith("\n") else "WEBVTT\n\n00:01.000 --> 00:02.000\n"
    with contextlib.suppress(NotATranscript):
        assert len(read_transcript((begins + again * 100_000).encode())) == 1


def test_marks_of_direction_are_left_out_and_right_to_left_words_stay():
    assert read("CC: \u202eשלום\u202c world") == [("CC", "שלום world", "")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The transcript is empty."),
        (b" \n\n ", "The transcript is empty."),
        (codecs.BOM_UTF8, "The transcript is empty."),
        (b"WEBVTT\n\n", "Nothing is said in this transcript."),
        (b"Minutes of a meeting\nCC: yes", "The first line names nobody"),
        (b"CC: a\0b", "This is no text."),
        (b"\x89PNG\r\n\x1a\n\0\0", "This is no text."),
        ("CC: yes".encode("utf-16-le"), "This is no text."),
        (b"CC: yes " * (LIMIT // 7), "must be smaller than 5MB"),
    ],
)
def test_what_is_no_transcript_is_refused_with_the_reason(content, words):
    assert words in refusal(content)


@pytest.mark.parametrize(
    "text", ["WEBVTT\n\n00:00 -> 1\nx", "WEBVTTX", "WEBVTT\n-->\n-->", "WEBVTT\n\n9 --> x\nCC: a"]
)
def test_a_file_that_only_begins_as_webvtt_is_refused(text):
    assert refusal(text.encode())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Imogen Vale", "a"),
        ("IMOGEN VALE", "a"),
        ("imogen vale", "a"),
        ("Vale, Imogen", "a"),
        ("Imogen Vale (Marlshire Police)", "a"),
        ("cc", "a"),
        ("Chief Constable", "a"),
        ("The PCC", "b"),
        ("Ms Ashdown", "b"),
        ("Ms Vale", None),  # two people are called that
        ("Speaker 3", None),
        ("", None),
        ("Imogen Vale and others", None),
    ],
)
def test_speakers_are_those_of_the_attendance(name, key):
    voice = voice_of(name, CAST)
    assert (voice and voice.key) == key


def test_a_passage_without_a_time_shows_none():
    assert Passage("CC", "yes").clock == ""
