"""The desk's addresses, below /office/."""

from django.urls import path

from desk.views import (
    arranging,
    commitments,
    corrections,
    earlier,
    entries,
    flags,
    items,
    meetings,
    now,
    people,
    questions,
    shortforms,
    today,
    versions,
    words,
)

app_name = "desk"

ENTRY = "meetings/<int:pk>/entries/<int:entry_pk>/"
WORDS = "meetings/<int:pk>/words/<int:words_pk>/"
QUESTION = "meetings/<int:pk>/questions/<int:question_pk>/"

urlpatterns = [
    path("", today.today, name="today"),
    path("short-forms/", shortforms.short_forms, name="short_forms"),
    path("short-forms/<int:pk>/", shortforms.change, name="short_form"),
    path("short-forms/<int:pk>/remove/", shortforms.remove, name="remove_short_form"),
    path("short-forms/<int:pk>/restore/", shortforms.restore, name="restore_short_form"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/now/", now.now, name="now"),
    path("meetings/<int:pk>/held/", meetings.hold, name="hold"),
    path("meetings/<int:pk>/source/", meetings.source, name="source"),
    path("meetings/<int:pk>/whole/", meetings.whole, name="whole"),
    path("meetings/<int:pk>/items/<int:item_pk>/", items.item, name="item"),
    path("meetings/<int:pk>/items/<int:item_pk>/none/", items.none, name="none"),
    path("meetings/<int:pk>/items/<int:item_pk>/question/", questions.add, name="add_question"),
    path("meetings/<int:pk>/items/<int:item_pk>/earlier/<int:action_pk>/", earlier.told, name="told"),
    path("meetings/<int:pk>/people/add/", people.join, name="join"),
    path("meetings/<int:pk>/people/<int:attendance_pk>/", people.attend, name="attend"),
    path("meetings/<int:pk>/undo/<uuid:op_id>/", arranging.undo, name="undo"),
    path("meetings/<int:pk>/to-check/", flags.flags, name="flags"),
    path(f"{ENTRY}add/", entries.add, name="add_to_entry"),
    path(f"{ENTRY}note/", entries.note, name="note"),
    path(f"{ENTRY}move/", entries.move, name="move_entry"),
    path(f"{ENTRY}delete/", entries.remove, name="remove_entry"),
    path(f"{ENTRY}restore/", entries.restore, name="restore_entry"),
    path(f"{ENTRY}arrange/", arranging.arrange, name="arrange"),
    path(f"{ENTRY}item/", arranging.move_entry, name="move_entry_to"),
    path(f"{ENTRY}join/", arranging.join_entry, name="join_entry"),
    path(f"{ENTRY}speakers/", arranging.speakers, name="speakers"),
    path(f"{ENTRY}to-check/", flags.flag, name="flag"),
    path(WORDS, words.words, name="words"),
    path(f"{WORDS}correct/", corrections.correct, name="correct"),
    path(f"{WORDS}short-form/", corrections.put_back, name="put_back"),
    path(f"{WORDS}history/", words.history, name="history"),
    path(f"{WORDS}history/compare/", versions.compare, name="compare"),
    path(f"{WORDS}history/<int:version>/", words.restore_version, name="restore_version"),
    path(f"{WORDS}move/", words.move, name="move_words"),
    path(f"{WORDS}entry/", arranging.move_words, name="move_words_to"),
    path(f"{WORDS}split/", arranging.split_words, name="split_words"),
    path(f"{WORDS}join/", arranging.join_words, name="join_words"),
    path(f"{WORDS}new-entry/", arranging.split_entry, name="split_entry"),
    path(f"{WORDS}checked/", flags.checked, name="checked"),
    path(f"{WORDS}commitment/", commitments.commitment, name="commitment"),
    path(f"{WORDS}delete/", words.remove, name="remove_words"),
    path(f"{WORDS}restore/", words.restore, name="restore_words"),
    path(QUESTION, questions.change, name="question"),
    path(f"{QUESTION}asked/", questions.tick, name="tick_question"),
    path(f"{QUESTION}delete/", questions.remove, name="remove_question"),
    path(f"{QUESTION}restore/", questions.restore, name="restore_question"),
]
