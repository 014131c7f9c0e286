"""The story of the sample office: every meeting planned, minuted, approved and published through the services."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from accounts.models import DutyKind
from actions.evidence import give
from actions.evidence.giving import Given
from actions.models import Action, EventKind, FileKind, Outcome
from actions.services import (
    add_action,
    carried_into,
    decide,
    propose_completion,
    propose_date,
    record_outcome,
    record_update,
    send_actions,
)
from actions.services.publicly import say_publicly
from desk.sample.aftermath import AFTERMATH, Later
from desk.sample.diary import Diary
from desk.sample.letters import send_in_vain, send_letters, take_back_an_address
from desk.sample.papers import page
from desk.sample.rough import leave_rough
from desk.sample.script import Item, Promise, Report, Said, Script, read_script
from desk.sample.setting import Office, set_up
from meetings.models import AgendaItem, Attendance, Exchange, Meeting
from meetings.reading.cast import Cast, Voice
from meetings.reading.speech import Asked, read_paragraph
from meetings.services import (
    Spoken,
    add_exchange,
    add_item,
    add_question,
    change_attendee,
    change_item,
    change_meeting,
    move_item,
    plan_meeting,
    record_none,
    save_contribution,
)
from publications.notes import ItemKind
from review.action_log import compile_log
from review.publishing_log import publish_log
from review.services import approve, digest_of, publish, send_for_approval

APOLOGIES = {"monthly-03": "DPCC", "monthly-05": "DPCC", "monthly-09": "SO", "monthly-12": "DPCC"}
PART = {"monthly-08": ("SPM", "items 1 and 2"), "public-02": ("DPCC", "items 2 to 4")}
# The last monthly meeting is a draft in the middle of being minuted; the last thematic one waits for approval.
IN_DRAFT, WITH_APPROVER = "monthly-14", "thematic-04"
# Between this meeting and the next, the approver publishes the action log.
LOG_AFTER = "monthly-12"
# After these meetings owners were written to; what was to go out earlier, nobody reads any more.
WRITTEN_ABOUT = "monthly-13", "thematic-04"
SETTLED = {
    Outcome.CLOSED: EventKind.CLOSED,
    Outcome.RETURNED: EventKind.RETURNED,
    Outcome.RETAINED: EventKind.RETAINED,
    Outcome.NEW_DATE: EventKind.DUE_MOVED,
}
SETTLED_WHY = {
    Outcome.CLOSED: "Accepted at the meeting",
    Outcome.RETURNED: "Residents still report that they received no letter",
    Outcome.RETAINED: "Kept under watch until the supplier’s change has been made",
    Outcome.NEW_DATE: "Delayed by illness; six more weeks agreed at the meeting",
}


@transaction.atomic
def tell(today: dt.date, password: str) -> None:
    """Make the sample office, with everything that happened until `today`."""
    diary = Diary(today)
    Story(diary, set_up(diary, password)).tell()


@dataclass
class Story:
    """The events of the diary, told in order of time."""

    diary: Diary
    office: Office
    meetings: dict[str, Meeting] = field(default_factory=dict)
    promised: dict[str, Action] = field(default_factory=dict)

    def tell(self) -> None:
        for _, happen in sorted(self.events(), key=lambda event: event[0]):
            happen()
        for series, date in self.diary.planned:
            self._plan(series, date)

    def events(self) -> list[tuple[dt.datetime, Callable[[], None]]]:
        """What happened when: meetings, their approval and publication, and what came between them."""
        events = []
        for name, date in self.diary.held.items():
            events.append((_clock(date, 10), lambda name=name: self._hold(name)))
            if name not in {IN_DRAFT, WITH_APPROVER}:
                events.append(
                    (_clock(date + dt.timedelta(days=9), 16), lambda name=name: self._approve(name))
                )
                events.append(
                    (_clock(date + dt.timedelta(days=13), 9), lambda name=name: self._publish(name))
                )
        for later in AFTERMATH:
            date = self.diary.held[later.meeting] + dt.timedelta(days=later.days)
            if date <= self.diary.today:
                events.append(
                    (_clock(date, 15), lambda later=later, date=date: self._afterwards(later, date))
                )
        events += self._letters()
        # Between two monthly meetings, when there is something to tell.
        date = self.diary.held[LOG_AFTER] + dt.timedelta(days=20)
        events.append((_clock(date, 16), lambda: self._publish_log(date)))
        return events

    def _letters(self) -> list[tuple[dt.datetime, Callable[[], None]]]:
        """The evenings on which owners were written to."""
        first, last = (_clock(self.diary.held[name], 19) for name in WRITTEN_ABOUT)
        taken_back = last + dt.timedelta(days=3)
        return [
            (first, lambda: send_letters(first)),
            (last, lambda: send_in_vain(self.office.roles["ACC"], last)),
            (taken_back, lambda: take_back_an_address(self.officer, taken_back)),
        ]

    @property
    def officer(self):
        return self.office.users[DutyKind.POLICY_OFFICER]

    @property
    def approver(self):
        return self.office.users[DutyKind.APPROVER]

    def _plan(self, series: str, date: dt.date) -> Meeting:
        kind = self.office.types[series]
        return plan_meeting(
            type=kind,
            date=date,
            start=kind.start,
            venue=kind.venue,
            by=self.officer,
            at=_clock(date - dt.timedelta(days=28), 11),
        )

    def _hold(self, name: str) -> None:
        meeting = self.meetings[name] = self._plan(name.split("-")[0], self.diary.held[name])
        script = read_script(name)
        self._note_who_came(meeting, name)
        is_settled = name not in {IN_DRAFT, WITH_APPROVER}
        minutes = Minutes(self, meeting, script, _clock(meeting.date, 12), is_settled)
        change_meeting(meeting, status=Meeting.Status.HELD, by=self.officer)
        minutes.take(finish=name != IN_DRAFT)
        if name == IN_DRAFT:
            minutes.leave_open()
            return
        send_actions(meeting, self.officer, _clock(meeting.date, 18))
        self._announce_next(meeting, name)
        if name == WITH_APPROVER:
            send_for_approval(meeting, by=self.officer, at=_clock(meeting.date + dt.timedelta(days=6), 16))

    def _note_who_came(self, meeting: Meeting, name: str) -> None:
        who = {attendance.abbreviation: attendance for attendance in meeting.attendances.all()}
        if name in APOLOGIES:
            change_attendee(who[APOLOGIES[name]], presence=Attendance.Presence.APOLOGIES, by=self.officer)
        if name in PART:
            short, items = PART[name]
            change_attendee(who[short], presence=Attendance.Presence.PART, present_for=items, by=self.officer)

    def _announce_next(self, meeting: Meeting, name: str) -> None:
        kind = meeting.type
        change_meeting(
            meeting,
            next_type=kind.name,
            next_date=self.diary.after(name),
            next_start=kind.start,
            next_venue=kind.venue,
            by=self.officer,
        )

    def _approve(self, name: str) -> None:
        meeting = self.meetings[name]
        approve(meeting, by=self.approver, at=_clock(meeting.date + dt.timedelta(days=9), 16))

    def _publish(self, name: str) -> None:
        meeting = self.meetings[name]
        publish(meeting, by=self.officer, at=_clock(meeting.date + dt.timedelta(days=13), 9))

    def _publish_log(self, date: dt.date) -> None:
        """The approver reads what the public would read, and publishes it."""
        seen = digest_of(compile_log(date).log)
        publish_log(by=self.approver, seen=seen, at=_clock(date, 16))

    def _afterwards(self, later: Later, date: dt.date) -> None:
        action = self.promised[later.tag]
        action.refresh_from_db()
        at = _clock(date, 15)
        if later.kind == EventKind.UPDATE:
            record_update(action, later.text, by=self.officer, at=at)
        elif later.kind == EventKind.PROPOSED:
            liaison = self.office.users[DutyKind.LIAISON]
            event = propose_completion(action, later.text, by=liaison, at=at)
            if later.shows:
                name, lines = later.shows
                given = Given.of(name, FileKind.PDF, page(lines))
                give(action, [given], by=liaison, event=event, at=at)
        elif later.kind == EventKind.DATE_PROPOSED:
            due_on = date + dt.timedelta(weeks=later.weeks)
            liaison = self.office.users[DutyKind.LIAISON]
            propose_date(action, later.text, due_on=due_on, by=liaison, at=at)
        else:
            details = {"due_on": date + dt.timedelta(weeks=later.weeks)} if later.weeks else {}
            if later.instead:
                details["other"] = self.promised[later.instead]
            if later.to_body:
                details["to_body"] = later.to_body
            event = decide(action, later.kind, by=self.approver, reason=later.text, at=at, **details)
            if later.public:
                say_publicly(event, later.public, by=self.approver, at=at)


@dataclass
class Minutes:
    """Taking the minutes of one meeting from its script."""

    story: Story
    meeting: Meeting
    script: Script
    at: dt.datetime
    is_settled: bool  # what was agreed there has been decided since

    def __post_init__(self):
        self.by = self.story.officer
        attendances = list(self.meeting.attendances.all())
        self.attendance = {attendance.abbreviation: attendance for attendance in attendances}
        self.cast = Cast.of(
            Voice(one.abbreviation, one.name, one.role_title, one.abbreviation, one.body)
            for one in attendances
        )

    def take(self, *, finish: bool) -> None:
        """Minute everything in the script; `finish` records None where nothing was said."""
        usual = {item.kind: item for item in self.meeting.items.all()}
        self._report_on_carried(usual[ItemKind.MATTERS_ARISING], finish=finish)
        for place, scripted in enumerate(self.script.items):
            self._minute(self._place_for(scripted, usual, place), scripted)
        if finish:
            for item in self.meeting.items.filter(parent=None).exclude(kind=ItemKind.NEXT_MEETING):
                if not (item.exchanges.exists() or item.children.exists() or item.actions.exists()):
                    self._record_none(item)

    def leave_open(self) -> None:
        """What a draft still holds: something to check, questions that were prepared, rough lines, a transcript."""
        last = Exchange.objects.filter(item__meeting=self.meeting).last().contributions.last()
        save_contribution(
            last,
            replace(
                Spoken.of(last), to_check="Was it after one hour from arrival, or from the ward’s acceptance?"
            ),
            base_version=last.version,
            op_id=uuid4(),
            by=self.by,
            at=self.at,
        )
        item = self.meeting.items.filter(parent__isnull=False).last()
        for question in TRAINING_QUESTIONS:
            add_question(item, question, by=self.by)
        leave_rough(item, self.attendance, by=self.by, at=self.at)

    def _record_none(self, item: AgendaItem) -> None:
        if item.kind != ItemKind.MATTERS_ARISING or not carried_into(self.meeting).exists():
            record_none(item, True, by=self.by)

    def _place_for(self, scripted: Item, usual: dict[str, AgendaItem], place: int) -> AgendaItem:
        """The usual item of this kind, under the script's title; a further one of a kind comes after the first."""
        theme = self.story.office.themes.get(scripted.theme)
        themes = [theme] if theme else []
        item = usual.pop(scripted.kind, None)
        if item:
            return change_item(item, title=scripted.title, themes=themes, by=self.by)
        item = add_item(self.meeting, title=scripted.title, kind=scripted.kind, themes=themes, by=self.by)
        while item.order > place + 1:
            move_item(item, "up", by=self.by)
        return item

    def _minute(self, item: AgendaItem, scripted: Item) -> None:
        if scripted.none:
            record_none(item, True, by=self.by)
        exchanges = [self._exchange(item, lines) for lines in scripted.exchanges]
        for promise in scripted.promises:
            self._promise(item, promise, exchanges)
        for child in scripted.children:
            self._minute(
                add_item(self.meeting, title=child.title, kind=scripted.kind, parent=item, by=self.by), child
            )

    def _exchange(self, item: AgendaItem, lines: list[Said]) -> Exchange:
        spoken, asked = [], None
        for line in lines:
            said, asked = self._said(line, asked)
            spoken += said
        return add_exchange(item, spoken, by=self.by, at=self.at)

    def _said(self, line: Said, asked: Asked | None) -> tuple[list[Spoken], Asked | None]:
        read, asked = read_paragraph(f"The {line.who} {line.text}", self.cast, asked)
        return [
            Spoken(
                kind=part.kind,
                text=part.text,
                speaker=self.attendance.get(part.speaker),
                nobody_named=part.nobody_named,
                lead=part.lead,
                paragraph=part.paragraph,
            )
            for part in read
        ], asked

    def _promise(self, item: AgendaItem, promise: Promise, exchanges: list[Exchange]) -> None:
        weeks = int(promise.due[:-1]) if promise.due.endswith("w") else None
        self.story.promised[promise.tag] = add_action(
            meeting=self.meeting,
            item=item,
            after=exchanges[promise.after - 1] if promise.after else None,
            text=f"{promise.text[0].upper()}{promise.text[1:]}",
            owner=self.story.office.roles[promise.owner],
            due_on=self.meeting.date + dt.timedelta(weeks=weeks) if weeks else None,
            due_next=promise.due == "next",
            by=self.by,
            op_id=uuid4(),
            at=self.at,
        )

    def _report_on_carried(self, item: AgendaItem, *, finish: bool) -> None:
        """What was reported on the actions of the script; the rest was not reached."""
        reports = {self.story.promised[report.tag].pk: report for report in self.script.reports}
        for action in carried_into(self.meeting):
            if report := reports.get(action.pk):
                self._report(item, action, report)
            elif finish:
                record_outcome(action, self.meeting, Outcome.NOT_REACHED, by=self.by, at=self.at)

    def _report(self, item: AgendaItem, action: Action, report: Report) -> None:
        exchanges = [self._exchange(item, lines) for lines in report.exchanges]
        outcome = Outcome(report.outcome)
        record_outcome(action, self.meeting, outcome, exchanges=exchanges, by=self.by, at=self.at)
        if outcome in SETTLED and self.is_settled:
            due = {"due_on": self.meeting.date + dt.timedelta(weeks=6)} if outcome == Outcome.NEW_DATE else {}
            decide(
                action,
                SETTLED[outcome],
                by=self.story.approver,
                reason=SETTLED_WHY[outcome],
                meeting=self.meeting,
                at=self.at + dt.timedelta(hours=4),
                **due,
            )


TRAINING_QUESTIONS = [
    "How many of this year’s new officers have had the two-day training on mental health?",
    "What do they say of it six months later?",
    "Who trains the call handlers, who meet the people concerned first?",
]


def _clock(day: dt.date, hour: int) -> dt.datetime:
    """That hour of that day, by the office's clock."""
    return dt.datetime.combine(day, dt.time(hour), ZoneInfo(settings.TIME_ZONE))
