"""Filters of public lists: a few choices each, read from the address, kept nowhere."""

from dataclasses import dataclass, field

from django.http import HttpRequest


@dataclass(frozen=True)
class Choice:
    value: str
    words: str


@dataclass
class Filter:
    """One question of a filter; `chosen` is the choice that the address names, if it is one of them.

    `without` is the query of the same list without this choice.
    """

    name: str
    label: str
    choices: list[Choice] = field(default_factory=list)
    chosen: Choice | None = None
    without: str = ""

    def read(self, request: HttpRequest) -> str:
        """The value that was chosen, or nothing; what is not among the choices is passed over."""
        asked = request.GET.get(self.name, "")
        self.chosen = next((choice for choice in self.choices if choice.value == asked), None)
        others = request.GET.copy()
        for name in (self.name, "page"):
            others.pop(name, None)
        self.without = f"?{others.urlencode()}" if others else ""
        return self.chosen.value if self.chosen else ""
