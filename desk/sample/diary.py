"""When everything in the sample happens: always relative to today, so that it is alive whenever it is started."""

import datetime as dt
from dataclasses import dataclass

WEDNESDAY, THURSDAY, TUESDAY = 2, 3, 1
# Weeks before the last meeting of the series.
MONTHLY = [56, 52, 48, 43, 39, 35, 30, 26, 22, 17, 13, 9, 5, 0]
THEMATIC = [39, 26, 13, 0]
PUBLIC = [34, 17, 0]


def latest(weekday: int, on_or_before: dt.date) -> dt.date:
    """The last such weekday, the day itself included."""
    return on_or_before - dt.timedelta(days=(on_or_before.weekday() - weekday) % 7)


@dataclass
class Diary:
    """The dates of the sample, seen from `today`."""

    today: dt.date

    @property
    def began(self) -> dt.date:
        """A first of April before everything: the plan and all appointments begin then."""
        return dt.date(self.today.year - 2, 4, 1)

    @property
    def held(self) -> dict[str, dt.date]:
        """The meetings that have scripts, by the script's name, the oldest first."""
        last = {
            "monthly": latest(THURSDAY, self.today - dt.timedelta(days=2)),
            "thematic": latest(WEDNESDAY, self.today - dt.timedelta(days=12)),
            "public": latest(TUESDAY, self.today - dt.timedelta(days=40)),
        }
        weeks = {"monthly": MONTHLY, "thematic": THEMATIC, "public": PUBLIC}
        dates = {
            f"{series}-{number:02}": last[series] - dt.timedelta(weeks=before)
            for series in weeks
            for number, before in enumerate(weeks[series], start=1)
        }
        return dict(sorted(dates.items(), key=lambda pair: pair[1]))

    @property
    def planned(self) -> list[tuple[str, dt.date]]:
        """What is to come: series and date, the soonest first."""
        held = self.held
        to_come = [
            ("monthly", held["monthly-14"] + dt.timedelta(weeks=4)),
            ("monthly", held["monthly-14"] + dt.timedelta(weeks=9)),
            ("thematic", held["thematic-04"] + dt.timedelta(weeks=13)),
            ("public", held["public-03"] + dt.timedelta(weeks=17)),
        ]
        return sorted(to_come, key=lambda pair: pair[1])

    def after(self, name: str) -> dt.date | None:
        """The date of the meeting of the same series that follows this one."""
        series = name.split("-")[0]
        dates = [date for other, date in self.held.items() if other.startswith(series)]
        dates += [date for other, date in self.planned if other == series]
        return next((date for date in sorted(dates) if date > self.held[name]), None)

    @property
    def chief_retires(self) -> dt.date:
        return self.held["monthly-07"] + dt.timedelta(days=10)

    @property
    def chief_arrives(self) -> dt.date:
        return self.held["monthly-10"] - dt.timedelta(days=14)
