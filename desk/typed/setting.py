"""Where something is typed: who is here, what is above the box, and what its lines may name."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import SimpleLazyObject

from accounts.models import User
from actions import services as actions
from actions.models import Action
from desk import spoken as reading
from meetings.models import AgendaItem, Attendance, PreparedQuestion, Role
from meetings.outline import Entry
from meetings.reading.cast import Cast, Voice
from meetings.reading.directions import Agreed
from meetings.reading.lines import Room
from meetings.services.shortforms import short_forms_of


@dataclass(frozen=True)
class Setting:
    """Where something is typed: the item, who is here, what is above the box, and what lines may name.

    Posts, earlier actions and prepared questions are read when a line asks for them; most lines name none.
    """

    item: AgendaItem
    attendances: list[Attendance]
    before: Entry | None
    questions: list[PreparedQuestion]
    roles: dict[str, Role]
    carried: dict[str, Action]
    room: Room
    is_rough: bool = False  # what people say is written up later

    @property
    def people(self) -> dict[str, Attendance]:
        return {reading.key_of(one): one for one in self.attendances}

    @property
    def choices(self) -> dict[str, str]:
        """What a voice or a post is called where one is chosen."""
        called = {key: str(one) for key, one in self.people.items()}
        return called | {key: str(role) for key, role in self.roles.items()}


def setting_of(
    item: AgendaItem,
    attendances: list[Attendance],
    before: Entry | None,
    user: User,
    given: Mapping[str, str],
    *,
    is_rough: bool = False,
) -> Setting:
    """Gather what reading needs; `given` are the answers to what was asked about, by line."""
    here = {one.role_id for one in attendances}
    roles = SimpleLazyObject(
        lambda: {f"role-{role.pk}": role for role in Role.objects.all() if role.pk not in here}
    )
    carried = SimpleLazyObject(
        lambda: {str(action.pk): action for action in actions.carried_into(item.meeting)}
    )
    printed = {reading.key_of(one): one.printed for one in attendances}
    agreed = Agreed(
        item.meeting.date,
        printed,
        SimpleLazyObject(lambda: tuple(_post(key, role) for key, role in roles.items())),
        SimpleLazyObject(lambda: {action.label.casefold(): key for key, action in carried.items()}),
    )
    cast = Cast.of(reading.voice_of(one) for one in attendances)
    room = Room(cast, printed, agreed, short_forms_of(user), given)
    questions = SimpleLazyObject(lambda: list(item.prepared_questions.all()))
    return Setting(item, attendances, before, questions, roles, carried, room, is_rough)


def owner_of(key: str, setting: Setting) -> Role | None:
    """The post that owes an action: that of whoever is here, or one of the office's list."""
    if person := setting.people.get(key):
        return person.role
    return setting.roles.get(key)


def _post(key: str, role: Role) -> Voice:
    return Voice(key, role=role.title, abbreviation=role.abbreviation, body=role.body)
