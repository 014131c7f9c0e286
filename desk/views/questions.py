"""The questions that the office prepared for an item. They are never published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from desk.forms import QuestionForm
from desk.views.common import meeting_for, part_of, require_editor
from meetings import services
from meetings.models import AgendaItem, PreparedQuestion
from web import banners


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Note a question to ask under an item."""
    meeting = meeting_for(request, pk)
    item = part_of(meeting, AgendaItem, item_pk)
    require_editor(request, meeting)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.add_question(item, form.cleaned_data["text"], by=request.user)
        banners.success(request, "Question added")
        return redirect(item)
    return render(request, "desk/question.html", {"meeting": meeting, "item": item, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Change the words of a prepared question."""
    meeting = meeting_for(request, pk)
    question = part_of(meeting, PreparedQuestion, question_pk)
    require_editor(request, meeting)
    form = QuestionForm(request.POST if request.method == "POST" else None, initial={"text": question.text})
    if form.is_valid():
        services.change_question(question, text=form.cleaned_data["text"], by=request.user)
        banners.success(request, "Question saved")
        return redirect(question.item)
    context = {"meeting": meeting, "item": question.item, "question": question, "form": form}
    return render(request, "desk/question.html", context)


@require_POST
def tick(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Tick that a question was asked, or take the tick away."""
    meeting = meeting_for(request, pk)
    question = part_of(meeting, PreparedQuestion, question_pk)
    services.change_question(question, asked=request.POST.get("asked") == "1", by=request.user)
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
