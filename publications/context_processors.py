"""Who we are, for every page."""

from django.utils.functional import SimpleLazyObject

from publications.site import site_of


def identity(request):
    """`identity`: the office's names and colours in force today, read only when a template asks."""
    return {"identity": SimpleLazyObject(lambda: site_of(request).identity)}
