"""A document as a web page: a function of the document and the publication line, and of nothing else."""

from django.template.loader import render_to_string

from publications.action_log import ActionLog, Document
from publications.layout import printed
from publications.line import PublicationLine
from publications.printed_log import printed_log


def article(document: Document, line: PublicationLine | None = None) -> bytes:
    """The article that is stored with an edition, as UTF-8; without a line, as a preview shows it."""
    if isinstance(document, ActionLog):
        text = render_to_string("publications/log_article.html", {"log": printed_log(document), "line": line})
    else:
        text = render_to_string("publications/article.html", {"printed": printed(document), "line": line})
    # Templates leave empty lines behind; they are no part of what was said.
    return "\n".join(filter(None, (row.strip() for row in text.splitlines()))).encode()
