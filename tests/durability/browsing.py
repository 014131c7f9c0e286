"""A browser without a screen: pages over real HTTP, and their real forms, sent as they stand or as often as one likes."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Barrier
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from lxml import html

TOKEN = "a" * 32


@dataclass(frozen=True)
class Answer:
    """What the server said to a form, or to nothing at all: status 0 is a connection that broke."""

    status: int
    page: str = ""
    location: str = ""

    @property
    def is_success(self) -> bool:
        return self.status == 302 or (self.status == 200 and '"state": "saved"' in self.page)


BROKEN = Answer(0)


@dataclass(frozen=True)
class Form:
    """A form that is open in somebody's browser, with what it carries."""

    action: str
    fields: dict[str, str]
    # A script asks for JSON, and shows the answer on the page that is open.
    by_script: bool = False

    def typed(self, **fields: str) -> "Form":
        return replace(self, fields=self.fields | fields)

    @property
    def base_version(self) -> int:
        return int(self.fields["base_version"])

    @property
    def op_id(self) -> UUID:
        return UUID(self.fields["op_id"])


class Browser:
    """Somebody who is signed in. Each request has a connection of its own."""

    def __init__(self, address: str, session: str):
        self.address = address
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    def ask(self, method: str, path: str, body: str | None = None, accept: str = "text/html") -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=180)
        headers = {
            "Cookie": self.cookies,
            "Accept": accept,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            return Answer(answer.status, page, answer.headers.get("Location") or "")
        except (OSError, http.client.HTTPException):
            return BROKEN
        finally:
            connection.close()

    def open(self, path: str, which: str) -> Form | None:
        """The form of a page that this XPath condition finds; None where there is no such form."""
        page = self.ask("GET", path)
        assert page.status < 500, f"{path} answered {page.status}"
        if page.status != 200:
            return None
        found = html.fromstring(page.page).xpath(f"//form[{which}]")
        return form_in(found[0], path) if found else None

    def send(self, form: Form) -> Answer:
        body = urlencode({**form.fields, "csrfmiddlewaretoken": TOKEN})
        return self.ask("POST", form.action, body, "application/json" if form.by_script else "text/html")


def form_in(form: html.FormElement, path: str) -> Form:
    """What a browser would send of a form, without pressing a button that has a name."""
    controls = form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]")
    fields = {one.get("name"): value_of(one) for one in controls if is_sent(one)}
    return Form(form.get("action") or path, fields)


def is_sent(control: html.HtmlElement) -> bool:
    if control.get("type") in {"radio", "checkbox"}:
        return control.get("checked") is not None
    return control.get("type") != "submit"


def value_of(control: html.HtmlElement) -> str:
    if control.tag == "textarea":
        # The first line break belongs to the markup.
        return (control.text or "").removeprefix("\n")
    if control.tag == "select":
        chosen = control.xpath(".//option[@selected]") or control.xpath(".//option")
        return chosen[0].get("value") if chosen else ""
    return control.get("value", "on" if control.get("type") == "checkbox" else "")


def at_once(sendings: list[tuple[Browser, Form]]) -> list[Answer]:
    """Send these forms at the same moment, each from the browser beside it."""
    gate = Barrier(len(sendings))

    def send(sending: tuple[Browser, Form]) -> Answer:
        browser, form = sending
        gate.wait()
        return browser.send(form)

    with ThreadPoolExecutor(len(sendings)) as pool:
        return list(pool.map(send, sendings))
