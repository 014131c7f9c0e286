"""To whom a letter to a role goes: its own contact addresses, which stay when its holder changes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q

from accounts.models import Duty, DutyKind
from actions.messages.plan import Letter
from actions.models import RoleMessages
from meetings.models import Appointment, Role, RoleContact
from meetings.services import holders_on

Line = RoleContact.Line


@dataclass(frozen=True)
class Recipients:
    """The addresses of a letter, each once; `why` says so where they are not simply the role's own."""

    to: tuple[str, ...] = ()
    copy: tuple[str, ...] = ()
    why: str = ""
    paused_until: dt.date | None = None
    supports: dict[str, int] = field(
        default_factory=dict
    )  # of the addresses those of helpers, with the role's id

    def __bool__(self) -> bool:
        return bool(self.to)

    def lines(self) -> list[tuple[str, str]]:
        """Each address with the line on which it stands."""
        return [(Line.TO, one) for one in self.to] + [(Line.COPY, one) for one in self.copy]


def recipients_of(roles: Collection[Role], today: dt.date) -> dict[int, Recipients]:
    """To whom letters to these roles go today, by the role's id; five queries, however many roles."""
    book = _AddressBook(roles, today)
    return {role.pk: book.recipients(role) for role in roles}


def addressed(letters: Sequence[Letter], today: dt.date) -> list[Recipients]:
    """To whom each of these letters goes: to its role, and to those that help as a copy; as many queries for any number."""
    roles = {role.pk: role for letter in letters for role in (letter.role, *letter.copies_to)}
    known = recipients_of(roles.values(), today)
    return [
        _as_helper(known[letter.role.pk], letter.role)
        if letter.is_to_helper
        else _with_copies(known[letter.role.pk], letter.copies_to, known, today)
        for letter in letters
    ]


def _as_helper(to: Recipients, role: Role) -> Recipients:
    """The same for a role that supports the action: whoever answers, answers for it."""
    return replace(to, supports=dict.fromkeys([*to.to, *to.copy], role.pk))


def _with_copies(
    to: Recipients, helpers: list[Role], known: dict[int, Recipients], today: dt.date
) -> Recipients:
    """The same with a copy for each helper who is not paused; an address that is on it already stands there once."""
    if not to:
        return to
    supports: dict[str, int] = {}
    for role in helpers:
        helper = known[role.pk]
        if helper.paused_until is None or helper.paused_until <= today:
            taken = [*to.to, *to.copy, *supports]
            supports |= dict.fromkeys(_each_once([*helper.to, *helper.copy], without=taken), role.pk)
    return replace(to, copy=(*to.copy, *supports), supports=supports)


class _AddressBook:
    def __init__(self, roles: Collection[Role], today: dt.date):
        self.contacts: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for contact in RoleContact.objects.filter(role__in=roles).order_by("line", "pk"):
            self.contacts[contact.role_id][contact.line].append(contact.email)
        self.rules = {rules.role_id: rules for rules in RoleMessages.objects.filter(role__in=roles)}
        self.holders = holders_on(roles, today)
        self.were_held = set(Appointment.objects.filter(role__in=roles).values_list("role", flat=True))
        self.liaisons: dict[str, list[str]] = defaultdict(list)
        on_duty = Duty.objects.in_force(today).filter(Q(kind=DutyKind.LIAISON), user__is_active=True)
        for body, email in on_duty.order_by("user__email").values_list("user__body", "user__email"):
            self.liaisons[body].append(email)

    def recipients(self, role: Role) -> Recipients:
        """The role's own addresses; where nobody holds it or it has none, the liaison of its body."""
        rules = self.rules.get(role.pk) or RoleMessages()
        to, copy = (self.contacts[role.pk][line] for line in (Line.TO, Line.COPY))
        to = [*to, *self._holder(role)] if rules.to_holder else to
        why = ""
        if liaisons := self.liaisons[role.body]:
            if self._is_vacant(role):
                why = "The role is vacant, so it goes to the liaison"
                to, copy = liaisons, [*to, *copy]
            elif not to and not copy:
                why = "The role has no address, so it goes to the liaison"
                to = liaisons
        if not to:
            to, copy = copy, []
        to = _each_once(to)
        return Recipients(to, _each_once(copy, without=to), why, rules.paused_until)

    def _is_vacant(self, role: Role) -> bool:
        """Whether nobody holds it now; where the office never said who holds it, nobody knows."""
        holder = self.holders.get(role.pk)
        return holder.person is None if holder else role.pk in self.were_held

    def _holder(self, role: Role) -> list[str]:
        holder = self.holders.get(role.pk)
        return [holder.person.email] if holder and holder.person and holder.person.email else []


def _each_once(addresses: Collection[str], *, without: Collection[str] = ()) -> tuple[str, ...]:
    """The addresses in order, in whichever letters they are written, each once."""
    known = {address.lower() for address in without}
    first = {}
    for address in addresses:
        if address.lower() not in known:
            first.setdefault(address.lower(), address)
    return tuple(first.values())
