"""How gunicorn serves Assurance: `gunicorn assurance.wsgi` reads this file by itself."""

import os

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
timeout = 60
# Memory that a big PDF took is given back with the worker that made it.
max_requests = 5000
max_requests_jitter = 500
# Nobody controls a running server through a socket in a home folder.
control_socket_disable = True
