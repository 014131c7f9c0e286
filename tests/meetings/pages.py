"""What tests of the office's pages share: reading a page's words, and sending its forms."""

import re

from django.test import Client
from django.urls import reverse

# Texts that people paste; none may break a page or come back as markup.
ODD_TEXTS = {
    "markup": "<script>alert(1)</script><b>bold</b>",
    "right to left": "‮שלום‬ and مرحبا",
    "emoji": "👮🏽‍♀️ on duty",
    "braces": "{{ 7|add:7 }} {% now 'Y' %}",
}


def words_of(answer) -> str:
    """The page with its white space in order."""
    return re.sub(r"\s+", " ", answer.content.decode())


def at(name: str, *keys) -> str:
    return reverse(f"meetings:{name}", args=[getattr(key, "pk", key) for key in keys])


def date_parts(name: str, day, month, year) -> dict:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def filled_form(client: Client, path: str) -> dict:
    """What a browser would send if somebody opened the page's form and pressed its button at once."""
    form = client.get(path).context["form"]
    sent = {}
    for field in form:
        value = field.value()
        if hasattr(field.field.widget, "parts"):
            sent |= dict(
                zip(
                    [f"{field.html_name}_{part}" for part in field.field.widget.parts],
                    field.field.widget.decompress(value),
                    strict=True,
                )
            )
        elif value is True:
            sent[field.html_name] = "on"
        elif value not in (None, False):
            sent[field.html_name] = field.field.prepare_value(value)
    return sent


def change(client: Client, path: str, **answers):
    """Open the page of a form, answer it otherwise, and send it."""
    return client.post(path, filled_form(client, path) | answers)


def undo_of(answer) -> str:
    """The address of the banner's Undo button."""
    return re.search(
        r'<form action="([^"]+)" method="post">[^>]*>\s*<button class="button-link" type="submit">Undo',
        words_of(answer),
    )[1]
