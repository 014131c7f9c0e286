"""What every answer of the office has in common."""

from django.utils.cache import add_never_cache_headers


def office_answers(get_response):
    """Keep the office's pages out of every cache: they hold what is not published."""

    def middleware(request):
        response = get_response(request)
        if request.path.startswith("/office/"):
            add_never_cache_headers(response)
        return response

    return middleware
