"""The addresses of the whole house, the people who try them, and things of the sample office to try them on."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from http.cookies import SimpleCookie

from django.conf import settings
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.http.response import ResponseHeaders
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, get_resolver, resolve
from django.utils import timezone

from accounts.models import Body, Duty, DutyKind, User
from actions.calendars import make_address
from actions.evidence import give
from actions.evidence.giving import Given
from actions.messages import replies
from actions.models import Action, ActionEvent, Delivery, Message
from importing.models import Source
from meetings.models import (
    AgendaItem,
    Appointment,
    Attendance,
    Contribution,
    Exchange,
    Meeting,
    MeetingType,
    Person,
    Plan,
    PreparedQuestion,
    Priority,
    Role,
    SettledDoubt,
    ShortForm,
    Theme,
    Transcript,
    UsualItem,
    UsualPerson,
)
from publications.models import Edition, Identity, PublishedAction, PublishedTheme
from review.models import Preparation, Stage
from tests.conftest import person, signed_in

PEOPLE = {
    "officer": "officer@office.example",
    "approver": "approver@office.example",
    "liaison": "liaison@force.example",
    "administrator": "admin@office.example",
    "stranger": "stranger@office.example",
    "nobody": None,
}
NOWHERE = 987_654_321
NO_OPERATION = "00000000-0000-4000-8000-000000000000"
# What the buttons of the house send along: without it there is nothing to do.
PRESSED = {
    "direction": "down",
    "seen": "0" * 64,
    "code": "weekday",
    "where": "",
    "public_note": "So in the original",
}


def routes(resolver=None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address pattern of the URLconf, written out from the root, with what answers there."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield route, pattern
        else:
            yield from routes(pattern, route)


def route_of(address: str) -> str:
    """The pattern that answers at this address."""
    return resolve(address).route


@dataclass
class Thing:
    """What stands for the parts of an address in braces: `own` fits together, `other` belongs elsewhere."""

    own: dict
    other: dict | None = None


WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """What came back, in one piece, and into which tables was written on the way."""

    status_code: int
    headers: ResponseHeaders
    cookies: SimpleCookie
    content: bytes
    wrote: frozenset[str]


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """The tables that are written to inside, whoever does it and how."""
    tables = set()

    def look(execute, sql, params, many, context):
        if found := WRITES.match(sql):
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield tables


@cache
def server(enforce_csrf_checks: bool) -> ClientHandler:
    """What answers a browser: one for all of them, because it takes a while to put together."""
    return ClientHandler(enforce_csrf_checks)


class Office:
    """The sample office, as somebody who goes round and tries every door."""

    def __init__(self):
        # All that is stored is stored here: what comes later is taken back with its request.
        person("stranger@office.example", "Sam Nobody")
        by_email = {user.email: user for user in User.objects.all()}
        self.users = {who: by_email[email] for who, email in PEOPLE.items() if email}
        self.cookies = {
            who: signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
            for who, user in self.users.items()
        }
        Source.objects.create(
            meeting=self.waiting, name="notes.txt", content=b"Notes", sha256="0" * 64, at=timezone.now()
        )
        self.calendar = make_address(self.users["approver"])
        self.transcript = Transcript.objects.create(
            meeting=self.draft,
            name="talk.vtt",
            content=b"CC: yes",
            passages=[["CC", "yes", 3]],
            by=self.users["officer"],
            at=timezone.now(),
        )
        taken = Duty.objects.create(user=self.users["officer"], kind=DutyKind.APPROVER)
        self.taken = {"pk": taken.user_id, "duty_pk": taken.pk}
        taken.delete()
        self.e_mail = self.sent_e_mail()
        self.settled = SettledDoubt.objects.create(
            meeting=self.waiting,
            code="weekday",
            public_note="So in the original",
            by=self.users["officer"],
            at=timezone.now(),
        )

    def client(self, who: str, *, enforce_csrf_checks: bool = False) -> Client:
        """A browser in which this person is signed in. A fault of the server is an answer, 500."""
        client = Client(raise_request_exception=False)
        client.handler = server(enforce_csrf_checks)
        if who in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[who]
        return client

    def ask(self, who: str, method: str, address: str, data: dict | None = None) -> Answer:
        """The answer that this person gets; whatever the request changed is taken back."""
        client = self.client(who)
        with transaction.atomic():
            with tables_written() as wrote:
                if method == "POST":
                    came = client.post(address, PRESSED | (data or {}))
                else:
                    came = client.generic(method, address)
                content = content_of(came)
            transaction.set_rollback(True)
        return Answer(came.status_code, came.headers, came.cookies, content, frozenset(wrote))

    def send(
        self, who: str, address: str, data: dict, look: Callable[[HttpResponse], None], *, follow: bool = True
    ) -> None:
        """Send a form, and look at the page to which it leads before it is taken back."""
        with transaction.atomic():
            look(self.client(who).post(address, data, follow=follow))
            transaction.set_rollback(True)

    def addresses(self, route: str, **parts) -> dict[str, str]:
        """An address of this pattern for each sort of thing: "own", and "other" where there is one."""
        if "<" not in route:
            return {"": f"/{route}"}
        thing = self.things(route)
        if thing.other is None:
            return {"": fill(route, thing.own)}
        return {"own": fill(route, thing.own | parts), "other": fill(route, thing.own | thing.other)}

    def things(self, route: str) -> Thing:
        """What to try this pattern on, chosen by how it begins."""
        for beginning, things in self.by_beginning.items():
            if route.startswith(beginning):
                return things
        raise LookupError(
            f"No thing of the sample office is known for the address {route!r}. "
            "Add one to Office.by_beginning in tests/safety/office.py."
        )

    @cached_property
    def draft(self) -> Meeting:
        """The meeting that is being minuted."""
        return PreparedQuestion.objects.select_related("item__meeting").first().item.meeting

    @cached_property
    def waiting(self) -> Meeting:
        """The meeting whose notes wait for approval."""
        return Preparation.objects.get(stage=Stage.WITH_APPROVER).meeting

    @cached_property
    def published(self) -> Meeting:
        return Preparation.objects.filter(stage=Stage.PUBLISHED).order_by("-pk").first().meeting

    @cached_property
    def by_beginning(self) -> dict[str, Thing]:
        """Things by the beginning of the pattern; the first that fits counts."""
        draft = {"pk": self.draft.pk, "meeting_pk": self.draft.pk}
        here, elsewhere = {"meeting": self.draft}, {"meeting": self.waiting}
        under, under_other = {"item__meeting": self.draft}, {"item__meeting": self.waiting}
        items = pks("item_pk", AgendaItem, here | {"actions": None}, elsewhere)
        said = {f"exchange__{name}": value for name, value in under.items()}
        said_elsewhere = {f"exchange__{name}": value for name, value in under_other.items()}
        meeting = "office/meetings/<int:pk>/"
        return {
            "office/calendar/": Thing({"token": self.calendar}),
            f"{meeting}items/<int:item_pk>/earlier/": self.earlier(),
            f"{meeting}actions/<int": both(
                draft, pks("action_pk", Action, here | {"item__isnull": False}, elsewhere)
            ),
            f"{meeting}people/<int": both(draft, pks("attendance_pk", Attendance, here, elsewhere)),
            f"{meeting}items/": both(draft, items),
            f"{meeting}entries/": both(draft, pks("entry_pk", Exchange, under, under_other)),
            f"{meeting}words/": both(draft, pks("words_pk", Contribution, said, said_elsewhere, version=1)),
            f"{meeting}questions/": both(
                draft, Thing({"question_pk": self.question().pk}, {"pk": self.waiting.pk})
            ),
            f"{meeting}transcripts/<int": Thing(
                draft | {"transcript_pk": self.transcript.pk, "number": 1}, {"pk": self.waiting.pk}
            ),
            f"{meeting}check/settled/": Thing(
                {"pk": self.waiting.pk, "doubt": self.settled.pk}, {"pk": self.draft.pk}
            ),
            f"{meeting}check/": Thing({"pk": self.waiting.pk}, {"pk": NOWHERE}),
            # Nothing was rearranged under this id: who may undo is told so.
            f"{meeting}undo/": Thing(draft | {"op_id": NO_OPERATION}, {"pk": NOWHERE}),
            f"{meeting}source/": Thing({"pk": self.waiting.pk}, {"pk": self.draft.pk}),
            f"{meeting}published/": Thing({"pk": self.published.pk}, {"pk": NOWHERE}),
            f"{meeting}attendance/<int": both(draft, pks("attendance_pk", Attendance, here, elsewhere)),
            f"{meeting}agenda/<int": both(draft, items),
            meeting: Thing(draft, {"pk": NOWHERE}),
            "office/meetings/<int:meeting_pk>/items/<int:item_pk>/carried/": self.carried(),
            "office/meetings/<int:meeting_pk>/send-actions/": Thing(draft, {"meeting_pk": NOWHERE}),
            "office/meetings/<int:meeting_pk>/": both(draft, items),
            "office/actions/agreed/": self.spoken(),
            "office/actions/<int:pk>/evidence/<int": self.evidence(),
            "office/actions/publish/reasons/": Thing(
                {"pk": ActionEvent.objects.filter(kind="closed").first().pk}, {"pk": NOWHERE}
            ),
            "office/actions/<int:pk>/undo/": self.undoable(),
            "office/actions/<int:pk>/remove/": self.actions(reference=None),
            "office/actions/<int:pk>/restore/": self.actions(reference=None),
            "office/actions/messages/sent/": Thing(
                {"pk": self.e_mail.message_id, "delivery_pk": self.e_mail.pk}, {"pk": NOWHERE}
            ),
            "office/actions/messages/roles/": alone(Role),
            "office/actions/messages/next/": Thing(
                {"pk": self.e_mail.message.action_id, "key": f"sent-{timezone.localdate()}"},
                {"key": "before-1999-01-01"},
            ),
            "office/reply/": Thing({"token": replies.token_of(self.e_mail)}),
            "office/actions/<int:pk>/wording/history/<int": both(
                {"version": 1}, self.actions(reference__isnull=False, state="open")
            ),
            "office/actions/": self.actions(reference__isnull=False, state="open"),
            "office/short-forms/": self.short_forms(),
            "office/settings/office/": alone(Identity),
            "office/settings/roles/<int:pk>/appointments/": nested(Appointment, "role", "appointment_pk"),
            "office/settings/roles/": alone(Role),
            "office/settings/people/": alone(Person),
            "office/settings/plans/<int:pk>/priorities/<": nested(Priority, "plan", "priority_pk"),
            "office/settings/plans/": alone(Plan),
            "office/settings/themes/": alone(Theme),
            "office/settings/types/<int:pk>/items/<": nested(UsualItem, "type", "item_pk"),
            "office/settings/types/<int:pk>/people/<": nested(UsualPerson, "type", "usual_pk"),
            "office/settings/types/": alone(MeetingType),
            "office/settings/users/<int:pk>/duty/<int:duty_pk>/give-back/": Thing(
                self.taken, {"pk": self.users["approver"].pk}
            ),
            "office/settings/users/<int:pk>/duty/<": nested(Duty, "user", "duty_pk"),
            "office/settings/users/": Thing({"pk": self.users["officer"].pk}, {"pk": NOWHERE}),
            "office/sign-in/new-password/": Thing({"uidb36": "1", "key": "a-link-that-is-not-ours"}),
            "meetings/": self.editions(),
            "meetings.": Thing({"format": "csv"}),
            "themes.": Thing({"format": "json"}),
            "themes/": Thing(
                {"slug": PublishedTheme.objects.first().slug, "format": "csv"}, {"slug": "no-such-theme"}
            ),
            "actions.": Thing({"format": "atom"}),
            "actions/editions/": Thing({"number": 1}, {"number": NOWHERE}),
            "actions/": Thing({"slug": PublishedAction.objects.first().slug}, {"slug": "1999-1"}),
            "search.": Thing({"format": "json"}),
            "register.": Thing({"format": "csv"}),
        }

    def sent_e_mail(self) -> Delivery:
        """An action of the force that was sent just now, and a reminder of it that did not arrive."""
        mine = Action.objects.filter(reference__isnull=False, state="open", owner__body=Body.FORCE).first()
        Action.objects.filter(pk=mine.pk).update(sent_at=timezone.now())
        today, facts = timezone.localdate(), {"reference": mine.reference, "text": mine.text}
        reminder = {"action": mine, "role": mine.owner, "kind": "before", "day": today, "state": "going"}
        message = Message.objects.create(**reminder, subject="Due soon", going_at=timezone.now(), facts=facts)
        delivery = Delivery(
            message=message, address="bad@force.example", state="failed", attempts=6, try_at=timezone.now()
        )
        delivery.reply_hash, delivery.reply_until = replies.hash_of(replies.token_of(delivery)), today
        delivery.save()
        return delivery

    def question(self) -> PreparedQuestion:
        return PreparedQuestion.objects.filter(item__meeting=self.draft).first()

    def carried(self) -> Thing:
        """An action that is carried into the draft; elsewhere, one that arose in it."""
        from actions.services import carried_into

        item = AgendaItem.objects.filter(meeting=self.draft, kind="matters_arising").first()
        own = {"meeting_pk": self.draft.pk, "item_pk": item.pk, "pk": carried_into(self.draft).first().pk}
        return Thing(own, {"pk": Action.objects.filter(meeting=self.draft).first().pk})

    def earlier(self) -> Thing:
        """The same, as the desk calls them."""
        carried = self.carried().own
        own = {"pk": carried["meeting_pk"], "item_pk": carried["item_pk"], "action_pk": carried["pk"]}
        return Thing(own, {"action_pk": Action.objects.filter(meeting=self.draft).first().pk})

    def actions(self, **facts) -> Thing:
        """An action that the force owes; another that it neither owes nor helps with."""
        every = Action.objects.filter(**facts)
        if not every.exists():
            every = Action.objects.filter(reference=None)
        own = every.filter(owner__body=Body.FORCE).first()
        other = Action.objects.filter(owner__body=Body.OFFICE).exclude(supporting__body=Body.FORCE).first()
        return Thing({"pk": own.pk}, {"pk": other.pk})

    def spoken(self) -> Thing:
        """A decision that was spoken at a meeting and waits; an outcome that is none."""
        from actions.services import waiting_to_be_confirmed

        return Thing({"pk": waiting_to_be_confirmed().first().pk}, {"pk": NOWHERE})

    def undoable(self) -> Thing:
        """An action of the force that was closed, with that event; and an event of another action."""
        closed = Action.objects.filter(state="closed", owner__body=Body.FORCE).first()
        other = Action.objects.filter(owner__body=Body.OFFICE).exclude(supporting__body=Body.FORCE).first()
        return Thing({"pk": closed.pk, "event_pk": closed.events.first().pk}, {"pk": other.pk})

    def evidence(self) -> Thing:
        """A file that the force gave with an action of its own; and an action to which it does not belong."""
        owed = Action.objects.filter(owner__body=Body.FORCE, reference__isnull=False, state="open")
        own, other = owed[0], Action.objects.filter(owner__body=Body.OFFICE).first()
        given = Given.of("report.pdf", "pdf", b"%PDF-1.7 as it was given")
        (row,) = give(own, [given], by=self.users["liaison"])
        return Thing({"pk": own.pk, "evidence_pk": row.pk}, {"pk": other.pk})

    def short_forms(self) -> Thing:
        """One of the office's short forms, and one that is another person's own."""
        office = ShortForm.objects.create(short="zz", full="a word")
        own = ShortForm.objects.create(short="zz", full="Marlshire", owner=self.users["approver"])
        return Thing({"pk": office.pk}, {"pk": own.pk})

    def editions(self) -> Thing:
        slug = Edition.objects.current().first().meeting.slug
        return Thing({"slug": slug, "number": 1}, {"slug": "1999-01-01-no-such-meeting"})


class UnchangedOffice(Office):
    """The sample office where nothing stays: the same question has the same answer, and is asked once."""

    def __init__(self):
        super().__init__()
        self.forget()

    def forget(self) -> None:
        """Begin anew, because something is to stay for a while, or is taken back."""
        self.answers = {}

    def ask(self, who: str, method: str, address: str, data: dict | None = None) -> Answer:
        if data:
            return super().ask(who, method, address, data)
        question = who, method, address
        if question not in self.answers:
            self.answers[question] = super().ask(*question)
        return self.answers[question]


def content_of(answer: HttpResponse) -> bytes:
    """What an answer brings, also where it comes in pieces."""
    return b"".join(answer) if answer.streaming else answer.content


def fill(route: str, parts: dict) -> str:
    """The pattern with its parts in braces filled in: `<int:pk>` by `parts["pk"]`."""
    address = f"/{route}".replace("<direction:direction>", "down")
    for name, value in parts.items():
        for kind in ("int", "str", "slug", "export", "uuid"):
            address = address.replace(f"<{kind}:{name}>", str(value))
    if "<" in address:
        raise LookupError(f"Nothing is known to fill in {address!r}: add it in tests/safety/office.py.")
    return address


def pks(name: str, model: type[models.Model], here: dict, elsewhere: dict, **more) -> Thing:
    """A row of the model that belongs here, and one that belongs elsewhere."""
    own, other = model.objects.filter(**here).first(), model.objects.filter(**elsewhere).first()
    return Thing({name: own.pk, **more}, {name: other.pk})


def both(parent: dict, thing: Thing) -> Thing:
    return Thing(parent | thing.own, thing.other)


def alone(model: type[models.Model]) -> Thing:
    """A row of the model, and an id that no row has."""
    return Thing({"pk": model.objects.first().pk}, {"pk": NOWHERE})


def nested(model: type[models.Model], parent: str, name: str) -> Thing:
    """A row under its parent, and the same row under another parent, or under none that there is."""
    row = model.objects.first()
    others = model._meta.get_field(parent).related_model.objects.exclude(pk=getattr(row, f"{parent}_id"))
    other = others.first()
    return Thing({"pk": getattr(row, f"{parent}_id"), name: row.pk}, {"pk": other.pk if other else NOWHERE})
