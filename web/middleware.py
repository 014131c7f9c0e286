"""What holds for every request, office and public."""

from django.http import HttpResponseNotAllowed

METHODS = ["GET", "HEAD", "POST"]


def pages_and_forms(get_response):
    """Answer 405 to whatever is neither asking for a page nor sending a form: no address does anything else."""

    def middleware(request):
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return middleware
