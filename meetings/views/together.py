"""One answer for every form about a row that two people may fill in at once.

It saves through `meetings.facts`, and tells what came of it: as a page, or as JSON where a
script sent the form. Nothing that was typed is lost by any of the answers.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models
from django.forms import BaseForm, Textarea
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from meetings.facts import Clash, Clashes, Damaged, RowRemoved, Saved, Values, save_facts
from meetings.services import Refused
from meetings.texts import MissingBase
from web import answers, banners
from web.dates import clock, day, moment
from web.operations import OperationReused, op_id_of
from web.views import CARRIED, typed_in

# What a person chose about an answer that two people changed, and the text that they put together.
KEEP, BOTH = "keep-", "both-"
NO_BASE = "This form does not say which version it started from, so nothing was saved."
DAMAGED = "This form was damaged on its way, so nothing was saved."
USED_BEFORE = "This was sent before with other words. What was sent first is kept."


@dataclass(frozen=True)
class Saving:
    """A form that was sent, about which row, and where to go when it is saved.

    `current` and `write` read and store the answers, as `meetings.facts.save_facts` asks. `problem`
    puts a refusal on the form. `undo` brings back what was removed meanwhile. `history` tells who changed
    it, where that is not the row's own.
    """

    form: BaseForm
    row: models.Model
    called: str  # in a sentence: the note below 2.1.3
    current: Callable[[models.Model], Values]
    write: Callable[[models.Model, Values], object]
    done: str
    go: str
    back: str
    problem: Callable[[Refused], None]
    undo: str = ""
    undo_words: str = ""
    history: models.QuerySet | None = None


@dataclass(frozen=True)
class Choice:
    """One answer that two people changed, in words."""

    name: str
    label: str
    mine: str
    theirs: str
    base: str
    is_text: bool
    both: str = field(default="")


def sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, with a text that was put together from two in its field's place; None for a GET."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    for name in _chosen(request, "both"):
        data[name] = request.POST.get(f"{BOTH}{name}", "")
    return data


def saved_together(request: HttpRequest, saving: Saving) -> HttpResponse | None:
    """The answer to a form that was sent; None when its page is to be shown again with the mistakes."""
    if saving.form.data.get("base_version", "") == "":
        return _refused(request, saving, 428, NO_BASE)
    if (op_id := op_id_of(request)) is None:
        return _refused(request, saving, 400, DAMAGED)
    while_typing = _is_autosave(request, saving.form)
    if not saving.form.is_valid() and (not while_typing or saving.form.errors.keys() & saving.form.autosaved):
        return _mistakes(request, saving.form)
    try:
        saved = save_facts(
            saving.row,
            _asked(request, saving.form),
            base_version=saving.form.data["base_version"],
            op_id=op_id,
            by=request.user,
            current=saving.current,
            write=saving.write,
            history=saving.history,
            autosaved=while_typing,
        )
    except Clashes as clashes:
        return _clash(request, saving, clashes)
    except (MissingBase, Damaged):
        return _refused(request, saving, 400, DAMAGED)
    except OperationReused:
        return _refused(request, saving, 422, USED_BEFORE)
    except RowRemoved:
        return _was_removed(request, saving)
    except Refused as refused:
        saving.problem(refused)
        return _mistakes(request, saving.form)
    return _saved_while_typing(saving, saved) if while_typing else _done(request, saving, saved)


def _is_autosave(request: HttpRequest, form: BaseForm) -> bool:
    """Whether the writer is still writing; only a script says so, and only of forms that are saved like this."""
    return bool(form.autosaved) and request.POST.get("autosave") == "1" and answers.wants_json(request)


def not_saved(
    request: HttpRequest, status: int, sentence: str, *, back: str, undo: str = "", undo_words: str = ""
) -> HttpResponse:
    """Say that nothing was saved and why, with what was typed, to copy, and the way back.

    `undo` is the address that brings back what was removed while somebody wrote.
    """
    if answers.wants_json(request):
        return answers.gone(sentence) if undo else answers.by_status(status, sentence)
    typed = typed_in(request, chosen={name for name in request.POST if name.startswith(KEEP)})
    context = {"sentence": sentence, "typed": typed, "back": back, "undo": undo, "undo_words": undo_words}
    return render(request, "web/not_saved.html", context, status=status)


def _refused(request: HttpRequest, saving: Saving, status: int, sentence: str) -> HttpResponse:
    return not_saved(request, status, sentence, back=saving.back)


def _was_removed(request: HttpRequest, saving: Saving) -> HttpResponse:
    who = getattr(_again(saving.row), "removed_by", None) or "Somebody"
    sentence = f"{who} deleted this while you were writing."
    way_back = {"undo": saving.undo, "undo_words": saving.undo_words}
    return not_saved(request, 409, sentence, back=saving.back, **way_back)


def _saved_while_typing(saving: Saving, saved: Saved) -> HttpResponse:
    names = saving.form.while_typing.split()
    return answers.saved("Saved", version=saved.base_version, took=names)


def _done(request: HttpRequest, saving: Saving, saved: Saved) -> HttpResponse:
    words = saving.done
    if saved.kept:
        labels = ", ".join(label_of(saving.form, name) for name in saved.kept)
        words = f"{words}. Somebody else changed this meanwhile, and it is kept: {labels}"
    banners.success(request, words)
    if answers.wants_json(request):
        return answers.saved(words, version=saved.base_version, go=saving.go)
    return redirect(saving.go)


def _mistakes(request: HttpRequest, form: BaseForm) -> HttpResponse | None:
    return answers.mistakes(form) if answers.wants_json(request) else None


def _clash(request: HttpRequest, saving: Saving, clashes: Clashes) -> HttpResponse:
    return both_versions(
        request,
        called=saving.called,
        back=saving.back,
        who=clashes.who,
        at=clashes.at,
        choices=[_choice(saving.form, clash) for clash in clashes.clashes],
        base_version=clashes.base_version,
        data=saving.form.data,
        is_one_text=len(saving.form.cleaned_data.keys() - CARRIED) == 1,
    )


def both_versions(
    request: HttpRequest,
    *,
    called: str,
    back: str,
    who: str,
    at: dt.datetime | None,
    choices: list[Choice],
    base_version: str | int,
    data: QueryDict,
    is_one_text: bool = True,
) -> HttpResponse:
    """The answer 409: both versions and what each started from, for the later one to choose.

    The one text of a form is chosen beside its box; where a form asks more, that is done on a page of its own.
    What is chosen is posted to the same address, with everything else that was sent; read it
    with `sent` and `left_to_them`.
    """
    if answers.wants_json(request):
        when = f" at {clock(at)}" if at else ""
        return answers.changed(
            f"{who} changed {called}{when}. Your text is still here.",
            version=base_version,
            html={
                "conflict": render_to_string("web/_two_texts.html", {"choices": choices, "here": is_one_text})
            },
        )
    context = {
        "called": called,
        "back": back,
        "who": who,
        "at": at,
        "choices": choices,
        "posted": _posted(data),
        "base_version": base_version,
        # Nothing was done under this id yet; and the browser forgets its copy once this id is acknowledged.
        "op_id": data.get("op_id", ""),
    }
    return render(request, "web/clash.html", context, status=409)


def left_to_them(request: HttpRequest) -> set[str]:
    """The answers of which the other person's is to stay."""
    return _chosen(request, "theirs")


def _choice(form: BaseForm, clash: Clash) -> Choice:
    mine, theirs, base = (
        in_words(form.fields[clash.name], value) for value in (clash.mine, clash.theirs, clash.base)
    )
    is_text = _is_text(form, clash.name)
    both = f"{theirs}\n\n{mine}".strip() if is_text else ""
    return Choice(clash.name, label_of(form, clash.name), mine, theirs, base, is_text, both)


def in_words(asked, value: object) -> str:
    """An answer as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.time):
        return clock(value)
    if isinstance(value, dt.date):
        return moment(value) if isinstance(value, dt.datetime) else day(value)
    if isinstance(value, str | models.Model):
        labels = dict(getattr(asked, "choices", [])) if isinstance(value, str) else {}
        return str(labels.get(value, value))
    return ", ".join(str(one) for one in value)


def label_of(form: BaseForm, name: str) -> str:
    return str(form.fields[name].label).split(". Select")[0].rstrip("?")


def _is_text(form: BaseForm, name: str) -> bool:
    return isinstance(form.fields[name].widget, Textarea)


def _asked(request: HttpRequest, form: BaseForm) -> Values:
    """The answers to save: not those of which the other person's is to stay."""
    left = CARRIED | left_to_them(request)
    names = form.autosaved if _is_autosave(request, form) else form.cleaned_data
    return {name: form.cleaned_data[name] for name in names if name in form.cleaned_data and name not in left}


def _chosen(request: HttpRequest, what: str) -> set[str]:
    return {
        name.removeprefix(KEEP)
        for name in request.POST
        if name.startswith(KEEP) and request.POST[name] == what
    }


def _posted(data: QueryDict) -> list[tuple[str, str]]:
    """Everything that was sent, to be sent again."""
    names = [name for name in data if name not in CARRIED and not name.startswith((KEEP, BOTH))]
    return [(name, value) for name in names for value in data.getlist(name)]


def _again(row: models.Model) -> models.Model:
    return type(row)._base_manager.select_related("removed_by").get(pk=row.pk)
