"""Setting the sample office up: who we are, posts and people, plan and themes, types of meeting, users."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from accounts.services import add_user
from desk.sample import cast
from desk.sample.diary import Diary
from meetings.models import (
    Appointment,
    MeetingType,
    Person,
    Plan,
    Priority,
    Role,
    RoleContact,
    ShortForm,
    Theme,
    UsualItem,
    UsualPerson,
)
from meetings.services import appoint, save_as
from publications.models import Identity


@dataclass
class Office:
    """What the story needs to find again, by the names that the scripts use."""

    users: dict[str, User]
    roles: dict[str, Role]
    themes: dict[str, Theme]
    types: dict[str, MeetingType]


def set_up(diary: Diary, password: str) -> Office:
    """Make the office as it is before its first meeting, with the changes of post-holder that the diary foresees."""
    began = diary.began
    Identity.objects.create(starts=began, **cast.IDENTITY)
    users = _make_users(password)
    roles = _make_roles()
    _appoint_everybody(roles, diary, users)
    themes = _make_plan_and_themes(began)
    for short, full in cast.SHORT_FORMS.items():
        _stored(ShortForm(short=short, full=full))
    return Office(users, roles, themes, _make_types(roles))


def _make_users(password: str) -> dict[str, User]:
    users = {}
    for sign_in in cast.SIGN_INS:
        user = add_user(
            email=sign_in.email, name=sign_in.name, kinds=[sign_in.kind], body=sign_in.body, by=None
        )
        user.set_password(password)
        user.save(update_fields=["password"])
        users[sign_in.kind] = user
    return users


def _make_roles() -> dict[str, Role]:
    roles = {}
    for post in cast.POSTS:
        role = _stored(
            Role(title=post.title, abbreviation=post.key, body=post.body, publish_as=post.publish_as)
        )
        if post.contact:
            RoleContact.objects.create(role=role, email=post.contact)
        roles[post.key] = role
    return roles


def _appoint_everybody(roles: dict[str, Role], diary: Diary, users: dict[str, User]):
    by_name = {user.name: user for user in users.values()}
    names = [*cast.HOLDERS.values(), cast.FIRST_CHIEF, cast.DEPUTY, cast.SECOND_CHIEF]
    people = {name: _stored(Person(name=name, user=by_name.get(name))) for name in names}
    began, day = diary.began, dt.timedelta(days=1)
    for key, name in cast.HOLDERS.items():
        appoint(roles[key], people[name], starts=began, by=None)
    retired, arrived = diary.chief_retires, diary.chief_arrives
    chief, deputy = roles["CC"], roles["DCC"]
    appoint(chief, people[cast.FIRST_CHIEF], starts=began, ends=retired, by=None)
    appoint(
        chief,
        people[cast.DEPUTY],
        starts=retired + day,
        ends=arrived - day,
        kind=Appointment.Kind.TEMPORARY,
        by=None,
    )
    appoint(chief, people[cast.SECOND_CHIEF], starts=arrived, by=None)
    appoint(deputy, people[cast.DEPUTY], starts=began, ends=retired, by=None)
    appoint(deputy, None, starts=retired + day, ends=arrived - day, by=None)
    appoint(deputy, people[cast.DEPUTY], starts=arrived, by=None)


def _make_plan_and_themes(began: dt.date) -> dict[str, Theme]:
    plan = _stored(Plan(title=cast.PLAN, starts=began, ends=began.replace(year=began.year + 4)))
    themes = {}
    for order, (title, names) in enumerate(cast.PRIORITIES.items()):
        priority = _stored(Priority(plan=plan, title=title, order=order))
        for name in names:
            themes[name] = _stored(Theme(name=name))
            themes[name].priorities.add(priority)
    return themes


def _make_types(roles: dict[str, Role]) -> dict[str, MeetingType]:
    types = {}
    for series in cast.SERIES:
        start = dt.time.fromisoformat(series.start)
        made = _stored(MeetingType(name=series.name, held=series.held, venue=series.venue, start=start))
        UsualItem.objects.bulk_create(
            UsualItem(type=made, title=title, kind=kind, order=order)
            for order, (title, kind) in enumerate(series.agenda)
        )
        UsualPerson.objects.bulk_create(
            UsualPerson(
                type=made, role=roles[key], order=order, chair=key == "PCC", minute_taker=key == "SPM"
            )
            for order, key in enumerate(series.people)
        )
        types[series.key] = made
    types["monthly"].shares_actions_with.add(types["thematic"])
    return types


def _stored(instance):
    save_as(instance, None)
    return instance
