"""Who we are, for every page."""

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from publications.models import Identity


def identity(request):
    """`identity`: the office's names and colours in force today, read only when a template asks."""
    return {"identity": SimpleLazyObject(lambda: Identity.current(timezone.localdate()))}
