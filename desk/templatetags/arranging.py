"""What forms that rearrange the record carry."""

import uuid

from django import template

register = template.Library()


@register.simple_tag
def new_operation() -> uuid.UUID:
    """An id for one press of one button: pressed twice by mistake, it is done once."""
    return uuid.uuid4()
