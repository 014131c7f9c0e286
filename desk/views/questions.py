"""The questions that the office prepared for an item. They are never published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from desk import answers
from desk.forms import NewQuestionForm, QuestionForm
from desk.views.common import meeting_for, not_saved, part_of, require_editor
from meetings import services
from meetings.models import AgendaItem, Meeting, PreparedQuestion
from meetings.views.together import Saving, saved_together, sent
from web import banners
from web.operations import OperationReused, digest_of, once


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Note a question to ask under an item."""
    meeting = meeting_for(request, pk)
    item = part_of(meeting, AgendaItem, item_pk)
    require_editor(request, meeting)
    form = NewQuestionForm(request.POST if request.method == "POST" else None)
    form.kept_as = f"item-{item_pk}-question"
    if form.is_bound and form.is_valid():
        text, op_id = form.cleaned_data["text"], form.cleaned_data["op_id"]
        digest = digest_of(what="question", item=item_pk, text=text, by=request.user.pk)
        try:
            once(op_id, digest, lambda: services.add_question(item, text, by=request.user).pk)
        except OperationReused:
            sentence = "This was sent before with other words. What was sent first is in the list."
            return not_saved(request, 422, sentence, back=item.get_absolute_url())
        banners.success(request, "Question added")
        return redirect(item)
    return render(request, "desk/question.html", {"meeting": meeting, "item": item, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Change the words of a prepared question, upon those that the form shows."""
    meeting = meeting_for(request, pk)
    question = part_of(meeting, PreparedQuestion, question_pk, removed=request.method == "POST")
    require_editor(request, meeting)
    shown = words_of(question)
    form = QuestionForm(sent(request), initial=shown, shown=shown)
    if form.is_bound:
        saving = Saving(
            form,
            question,
            "this question",
            words_of,
            lambda row, facts: services.change_question(row, **facts, by=request.user),
            done="Question saved",
            go=question.item.get_absolute_url(),
            back=question.item.get_absolute_url(),
            problem=lambda refused: form.add_error("text", refused.sentence),
            undo=reverse("desk:restore_question", args=[pk, question_pk]),
            undo_words="Bring the question back",
        )
        if answer := saved_together(request, saving):
            return answer
    context = {"meeting": meeting, "item": question.item, "question": question, "form": form}
    return render(request, "desk/question.html", context)


def words_of(question: PreparedQuestion) -> dict[str, str]:
    """What the form about a question asks, as it is stored."""
    return {"text": question.text}


@require_POST
def tick(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Tick that a question was asked, or take the tick away."""
    meeting = meeting_for(request, pk)
    question = part_of(meeting, PreparedQuestion, question_pk)
    services.change_question(question, asked=request.POST.get("asked") == "1", by=request.user)
    if answers.wants_json(request):
        said = "marked as asked" if question.asked else "is not asked yet"
        return answers.saved(f"Question {said}", html={"questions": _drawn(request, meeting, question.item)})
    return redirect(f"{question.item.get_absolute_url()}#questions")


@require_POST
def remove(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    meeting = meeting_for(request, pk)
    question = part_of(meeting, PreparedQuestion, question_pk)
    services.remove_question(question, request.user)
    banners.success(
        request, "Question deleted", undo=reverse("desk:restore_question", args=[pk, question_pk])
    )
    return redirect(question.item)


@require_POST
def restore(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    meeting = meeting_for(request, pk)
    question = part_of(meeting, PreparedQuestion, question_pk, removed=True)
    services.restore(question, request.user)
    banners.success(request, "Question is back")
    return redirect(question.item)


def _drawn(request: HttpRequest, meeting: Meeting, item: AgendaItem) -> str:
    """The prepared questions of an item as its page shows them."""
    context = {"meeting": meeting, "item": item, "questions": item.prepared_questions.all(), "may_edit": True}
    return render_to_string("desk/_prepared.html", context, request)
