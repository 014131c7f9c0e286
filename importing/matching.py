"""The people, roles, types and themes that a record names: found in the office, or made."""

import re

from django.db.models import Q

from accounts.models import User
from meetings.models import Meeting, MeetingType, Person, Role, Theme
from meetings.models.people import NOT_NAMED, PublishAs
from meetings.reading.roles import body_of, without_rank_prefix
from meetings.services import save_as
from publications.notes import Attendee, Notes

# Chief officers and those who hold an office are published by name, everybody else by role.
NAMED_POSTS = re.compile(
    r"\b(?:(?:deputy |assistant )?chief constable|commissioner|mayor|chief executive|chief finance officer)$",
    re.IGNORECASE,
)


def type_named(name: str, by: User | None) -> MeetingType:
    """The meeting type of this name; a new one where there is none."""
    found = MeetingType.objects.filter(name__iexact=name).first()
    return found or _made(MeetingType(name=name), by)


def themes_named(names: list[str], by: User | None) -> list[Theme]:
    """The themes of these names, each made where there is none."""
    return [
        Theme.objects.filter(name__iexact=name).first() or _made(Theme(name=name), by)
        for name in dict.fromkeys(names)
    ]


class Directory:
    """Who the people of one record are in this office.

    Somebody is known by name together with role; a new rank of the same body counts as
    the same person, the same name elsewhere does not.
    """

    def __init__(self, notes: Notes, by: User | None):
        self.by = by
        self.present: set[int] = set()
        self.owners = {key for action in notes.actions for key in action.owners}
        self.roles: dict[str, Role] = {}  # by the key of the attendee who has it at this meeting

    def role_of(self, attendee: Attendee) -> Role | None:
        """The post of an attendee; of two in one post, the second who owes an action gets a post apart."""
        if not attendee.role:
            return None
        title = without_rank_prefix(attendee.role) or attendee.role
        short = without_rank_prefix(attendee.abbreviation or "")
        role = self._found(title, attendee.body) or self._new_role(title, short, attendee.body)
        if role in self.roles.values() and attendee.key in self.owners:
            apart = f"{title} ({attendee.abbreviation or len(self.roles) + 1})"
            role = self._found(apart, attendee.body) or self._new_role(apart, short, attendee.body)
        self.roles[attendee.key] = role
        return role

    def owner(self, key: str) -> Role:
        """The post that an action's owner names: by the key of somebody present, else by its title."""
        if key in self.roles:
            return self.roles[key]
        known = Role.objects.filter(Q(title__iexact=key) | Q(abbreviation__iexact=key)).exclude(
            abbreviation=""
        )
        exact = Role.objects.filter(title__iexact=key)
        return exact.first() or known.first() or self._new_role(key, "", body_of(key))

    def person(self, attendee: Attendee, role: Role | None) -> Person:
        """The person of that name in that role, else of the same body, else somebody new."""
        name = attendee.name or NOT_NAMED
        same_name = Person.objects.filter(name__iexact=name).exclude(pk__in=self.present)
        in_role = (
            same_name.filter(Q(attendances__role=role) | Q(appointments__role=role))
            if role
            else same_name.none()
        )
        in_body = same_name.filter(
            Q(attendances__body=attendee.body) | Q(appointments__role__body=attendee.body)
        )
        found = in_role.first() or (in_body.first() if attendee.name else None)
        person = found or _made(Person(name=name), self.by)
        self.present.add(person.pk)
        return person

    def _found(self, title: str, body: str) -> Role | None:
        return Role.objects.filter(title__iexact=title, body=body).first()

    def _new_role(self, title: str, abbreviation: str, body: str) -> Role:
        seen = PublishAs.NAME if NAMED_POSTS.search(title) else PublishAs.ROLE
        return _made(Role(title=title, abbreviation=abbreviation[:20], body=body, publish_as=seen), self.by)


def _made(row, by: User | None):
    save_as(row, by)
    return row


def unused_uid(uid: str) -> bool:
    """Whether no meeting here has this id, a removed one included."""
    return not Meeting.with_removed.filter(uid=uid).exists()
