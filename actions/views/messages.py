"""What goes out, what went out, and how: for the office, which can change, hold and stop it."""

from collections.abc import Callable
from functools import wraps
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import permissions
from actions.messages import changing, replies, wording
from actions.messages.addressing import why_not
from actions.messages.forms import DigestForm, LetterForm, RoleForm, RulesForm
from actions.messages.plan import Letter, Plan, letter_named, plan
from actions.messages.recipients import addressed, recipients_of
from actions.models import Action, Delivery, DigestChoice, Message, MessageRules, RoleMessages
from actions.services import NotPossible
from meetings.models import Role
from meetings.views.together import Saving, saved_together, sent
from publications.models import Identity
from web import banners

DAYS_AHEAD = 14
ROWS_PER_PAGE = 50
asks = require_http_methods(["GET", "HEAD", "POST"])


def for_office(view: Callable) -> Callable:
    """The office reads what goes out, a policy officer changes it; nobody else knows of these pages."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs):
        if not request.user.is_office:
            raise Http404
        if request.method == "POST":
            changing.require_officer(request.user)
        return view(request, *args, **kwargs)

    return guarded


# --- What goes out next --------------------------------------------------------------------------------


@require_safe
@for_office
def upcoming(request: HttpRequest) -> HttpResponse:
    """What goes out today and in the next two weeks, day by day."""
    planned = plan(days=DAYS_AHEAD)
    page = Paginator(planned.letters, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    rows = told(planned, page.object_list)
    context = {
        "days": [(day, list(rows)) for day, rows in groupby(rows, key=lambda row: row["goes_on"])],
        "page": page,
        "rules": planned.rules,
        "today": planned.today,
        "days_ahead": DAYS_AHEAD,
        "troubles": troubles().count(),
        "paused_roles": RoleMessages.objects.filter(paused_until__gt=planned.today).select_related("role"),
        "can_change": permissions.can_minute(request.user),
    }
    return render(request, "actions/messages/upcoming.html", context)


def told(planned: Plan, letters: list[Letter]) -> list[dict]:
    """Each letter with the day on which it goes, to whom, and why it does not, if that is so."""
    now = timezone.now()
    return [
        {
            "letter": letter,
            "goes_on": max(letter.day, planned.today),
            "to": to,
            "why_not": why_not(letter, to, planned, now),
        }
        for letter, to in zip(letters, addressed(letters, planned.today), strict=True)
    ]


def troubles():
    """Deliveries that people have to know of: they failed, or went perhaps twice."""
    return Delivery.objects.filter(
        Q(state=Delivery.State.FAILED)
        | Q(state=Delivery.State.WAITING, attempts__gt=0)
        | Q(perhaps_twice=True)
    )


@asks
@for_office
def letter(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One letter that is still to go: what it will say, to whom, and a form to change that."""
    found = find(request, pk, key)
    planned = plan(Action.objects.filter(pk=pk), days=DAYS_AHEAD)
    facts = wording.facts_of(
        found, Identity.current(planned.today), planned.rules, max(found.day, planned.today)
    )
    shown = changing.words_of(found.row, facts)
    kept_as = f"e-mail-{pk}-{key}"
    form = LetterForm(sent(request), initial=shown, shown=shown, kept_as=kept_as)
    if form.is_bound and (answer := save_letter(request, found, facts, form)):
        return answer
    (row,) = told(planned, [found])
    text, _ = wording.render("letter", facts, words=shown["words"])
    context = {"form": form, "row": row, "letter": found, "action": found.action, "text": text}
    context |= {"subject": shown["subject"], "can_change": permissions.can_minute(request.user)}
    return render(request, "actions/messages/letter_to_come.html", context)


def find(request: HttpRequest, pk: int, key: str) -> Letter:
    """The letter, while it is still to go; else 404."""
    action = get_object_or_404(Action.objects.visible_to(request.user), pk=pk)
    if (found := letter_named(action, key, days=DAYS_AHEAD)) is None:
        raise Http404("No such letter is to go")
    return found


def save_letter(request: HttpRequest, found: Letter, facts: dict, form: LetterForm) -> HttpResponse | None:
    """The answer to changed words; None when the page is to be shown again."""
    here = reverse("actions:letter", args=[found.action.pk, found.key])
    saving = Saving(
        form,
        changing.stored_row(found),
        called=f"the e-mail about {found.action.called}",
        current=lambda row: changing.words_of(row, facts),
        write=lambda row, asked: changing.change_words(row, asked, by=request.user),
        done="E-mail saved",
        go=here,
        back=here,
        problem=lambda refused: form.refuse(refused.sentence),
    )
    return saved_together(request, saving)


@require_POST
@for_office
def skip(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Let one letter not go."""
    return settled(request, find(request, pk, key), changing.skip, "will not go", undo="actions:unskip")


@require_POST
@for_office
def unskip(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Undo a skip."""
    return settled(request, find(request, pk, key), changing.bring_back, "goes after all")


def settled(request: HttpRequest, found: Letter, do: Callable, words: str, *, undo: str = "") -> HttpResponse:
    try:
        do(found, by=request.user)
    except NotPossible as refused:
        messages.warning(request, refused.sentence)
    else:
        back = reverse(undo, args=[found.action.pk, found.key]) if undo else ""
        banners.success(request, f"The e-mail about {found.action.called} {words}", undo=back)
    return redirect("actions:messages")


# --- What went out -------------------------------------------------------------------------------------


@require_safe
@for_office
def went_out(request: HttpRequest) -> HttpResponse:
    """What was sent to whom and when, the newest first; what failed stands above."""
    gone = Message.objects.filter(state=Message.State.GOING).exclude(action=None)
    gone = gone.select_related("action", "role").prefetch_related("deliveries").order_by("-going_at", "-pk")
    page = Paginator(gone, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "troubles": troubles()
        .select_related("message__action", "message__reader")
        .order_by("-try_at")[:ROWS_PER_PAGE],
    }
    return render(request, "actions/messages/went_out.html", context)


@require_safe
@for_office
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One e-mail as it went out: its words, its addresses, what came back."""
    return show_message(request, find_message(pk))


def find_message(pk: int) -> Message:
    deliveries = ["deliveries__replies__event", "deliveries__supports"]
    related = Message.objects.select_related("action", "role").prefetch_related(*deliveries)
    return get_object_or_404(related.exclude(action=None), pk=pk, state=Message.State.GOING)


def show_message(request: HttpRequest, shown: Message, problem: str = "") -> HttpResponse:
    text, _ = wording.render("letter", shown.facts, words=shown.words)
    context = {
        "message": shown,
        "deliveries": shown.deliveries.all(),
        "text": text,
        "today": timezone.localdate(),
        "problems": [problem] if problem else [],
        "can_change": permissions.can_minute(request.user),
    }
    return render(request, "actions/messages/message.html", context, status=409 if problem else 200)


@require_POST
@for_office
def revoke(request: HttpRequest, pk: int, delivery_pk: int) -> HttpResponse:
    """Let the reply address of one reader work no more."""
    return done_to(request, pk, delivery_pk, replies.revoke, "The reply address of {} works no more")


@require_POST
@for_office
def again(request: HttpRequest, pk: int, delivery_pk: int) -> HttpResponse:
    """Try a delivery that failed again, with the next run."""
    return done_to(
        request, pk, delivery_pk, changing.try_again, "The e-mail to {} goes again with the next run"
    )


def done_to(request: HttpRequest, pk: int, delivery_pk: int, do: Callable, words: str) -> HttpResponse:
    delivery = get_object_or_404(find_message(pk).deliveries, pk=delivery_pk)
    try:
        do(delivery, by=request.user)
    except NotPossible as refused:
        return show_message(request, find_message(pk), refused.sentence)
    banners.success(request, words.format(delivery.address))
    return redirect("actions:message", pk)


# --- How ---------------------------------------------------------------------------------------------------


@asks
@for_office
def rules(request: HttpRequest) -> HttpResponse:
    """When reminders go, for how long people can answer, and a pause for everything."""
    return changed(request, RulesForm, MessageRules.current(), changing.rules_row, "how e-mails go out")


@asks
@for_office
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a role's holder is written to, and a pause for the role."""
    shown = get_object_or_404(Role, pk=pk)
    special = RoleMessages.objects.filter(role=shown).first() or RoleMessages(role=shown)
    return changed(
        request, RoleForm, special, lambda: changing.role_row(shown), f"e-mails to the {shown.title}", shown
    )


def changed(
    request: HttpRequest, form_class: type, row, stored: Callable, called: str, role: Role | None = None
) -> HttpResponse:
    """A page that asks about the rules of all e-mails, or of one role's."""
    names = list(form_class.base_fields)
    values = lambda one: {name: getattr(one, name) for name in names}  # noqa: E731
    form = form_class(sent(request), initial=values(row), shown=values(row))
    here = reverse("actions:messages")
    if form.is_bound:
        saving = Saving(
            form,
            stored(),
            called=called,
            current=values,
            write=lambda one, asked: changing.change_rules(one, asked, by=request.user),
            done="Saved",
            go=here,
            back=here,
            problem=lambda refused: form.refuse(refused.sentence, names[0]),
        )
        if answer := saved_together(request, saving):
            return answer
    can_change = permissions.can_minute(request.user)
    context = {"form": form, "rules": row, "role": role, "can_change": can_change}
    if role is None:
        context["roles"] = Role.objects.select_related("message_rules")
    else:
        context["to"] = recipients_of([role], timezone.localdate())[role.pk]
    return render(request, "actions/messages/rules.html", context)


# --- One's own -----------------------------------------------------------------------------------------


@asks
def digest(request: HttpRequest) -> HttpResponse:
    """How often one gets the e-mail about outstanding actions."""
    if not permissions.can_decide(request.user):
        raise PermissionDenied("The e-mail about outstanding actions goes to approvers.")
    choice = DigestChoice.objects.filter(user=request.user).first() or DigestChoice()
    form = DigestForm(request.POST if request.method == "POST" else None, initial={"often": choice.often})
    if form.is_bound and form.is_valid():
        DigestChoice.objects.update_or_create(user=request.user, defaults=form.cleaned_data)
        banners.success(request, "How often you get the e-mail is saved")
        return redirect("accounts:account")
    return render(request, "actions/messages/digest_choice.html", {"form": form})
