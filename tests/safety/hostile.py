"""Words that nobody should be able to do harm with, and the forms of a page that take words."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html

CANARY = "canary9731"
MARKUP = f"""</textarea></title><script>{CANARY}()</script><img src=x onerror={CANARY}()>" onfocus="{CANARY}()" '"""
FROM_THE_RIGHT = "\u202eتحت المراجعة\u202c שלום 👩🏽‍🚒 🏴󠁧󠁢󠁷󠁬󠁳󠁿 e\u0301 \ufeff\u200b =1+1 {{ 7 }} {% x %} %s ${x}"
LONG = "long words " * 9_091
NUL = "before\x00after"
HOSTILE = {"markup": MARKUP, "from the right": FROM_THE_RIGHT, "long": LONG, "NUL": NUL}

WORDS = {"text", "search", "email", "url", "tel", "number", "password"}
# Something that each question takes, where words are not what is tried.
PLAUSIBLE = {
    "day": "16",
    "month": "9",
    "year": "2027",
    "start": "10am",
    "end": "11am",
    "email": "somebody@office.example",
    "to": "somebody@office.example",
    "copy": "somebody@office.example",
    "website": "https://www.office.example",
}


@dataclass
class Form:
    """A form as a browser sees it: where it is sent, what it takes words for, what is chosen already."""

    address: str
    words: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, list[str]] = field(default_factory=dict)

    def filled(self, words: str, only: str | None = None) -> dict[str, list[str]]:
        """What is sent when these words are typed into every box, or into one."""
        typed = {name: [words if only in {None, name} else value] for name, value in self.words.items()}
        return self.chosen | typed


def forms_of(page: bytes, address: str) -> Iterator[Form]:
    """The forms of a page that are sent by POST."""
    document = html.fromstring(page.decode() or "<p>")
    for found in document.xpath("//form[@method='post']"):
        form = Form(found.get("action") or address)
        for control in found.xpath(".//input|.//textarea|.//select|.//button[@name]"):
            fill_in(form, control)
        yield form


def fill_in(form: Form, control: html.HtmlElement) -> None:
    """Note what a control takes, or what it sends as it stands."""
    name, kind = control.get("name"), control.get("type", "text" if control.tag == "input" else control.tag)
    if not name or name == "csrfmiddlewaretoken" or kind in {"submit", "file"}:
        return
    if kind in WORDS or control.tag == "textarea":
        form.words[name] = (control.value or "").strip("\n") or plausible(name, kind)
    elif control.tag == "select":
        values = [option.get("value") or "" for option in control.xpath(".//option")]
        chosen = [option.get("value") for option in control.xpath(".//option[@selected]")]
        form.chosen[name] = [chosen[0] if chosen and chosen[0] else next((one for one in values if one), "")]
    elif kind in {"radio", "checkbox"}:
        if control.get("checked") is not None or (kind == "radio" and name not in form.chosen):
            form.chosen[name] = [
                *(form.chosen.get(name, []) if kind == "checkbox" else []),
                control.get("value", "on"),
            ]
    else:
        form.chosen[name] = [control.get("value") or ""]


def plausible(name: str, kind: str) -> str:
    return PLAUSIBLE.get(name.rsplit("_", 1)[-1]) or PLAUSIBLE.get(kind) or "Sample words"


def harm_in(page: bytes) -> list[str]:
    """What in a page would run, or was let out of its place: elements with scripts of their own."""
    document = html.fromstring(page.decode() or "<p>")
    running = document.xpath("//script[not(@src)] | //style | //img[@src='x']")
    handlers = document.xpath("//*[@*[starts-with(name(), 'on')]] | //*[@style]")
    return [html.tostring(element).decode()[:200] for element in [*running, *handlers]]
