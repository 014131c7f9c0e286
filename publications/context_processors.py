"""Who we are, for every page."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from publications.site import identity_of


def identity(request):
    """What every page may ask.

    `identity`       the office's names and colours in force today, read only when a template asks
    `is_whole_site`  whether there is more than the public pages here, such as /follow/ and /tell/
    """
    return {
        "identity": SimpleLazyObject(lambda: identity_of(request)),
        "is_whole_site": not settings.PUBLIC_ONLY,
    }
