"""How gunicorn serves Assurance: `gunicorn assurance.wsgi` reads this file by itself."""

import os

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Each answer ends its connection: a proxy's next request goes to the worker that is free, not to the one before.
keepalive = 0
timeout = 60
# Workers are copies of one loaded application: a new one answers at once, and they share what they only read.
preload_app = True
# Memory that a big PDF took is given back with the worker that made it.
max_requests = 5000
max_requests_jitter = 500
# Nobody controls a running server through a socket in a home folder.
control_socket_disable = True


def when_ready(server):
    """Load every page's code before the first worker is made, so that no reader waits for it."""
    from django.urls import resolve

    resolve("/")
