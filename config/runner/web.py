"""How gunicorn serves: few processes, a few threads each, and no line about each request."""

import gc

from config.environment import number
from config.settings.logs import LOGGING

workers = number("OPENHALL_WEB_PROCESSES", default=2)
worker_class = "gthread"
threads = number("OPENHALL_WEB_THREADS", default=4)
timeout = 60
graceful_timeout = 5
keepalive = 5
# Renewed now and then, not all at once.
max_requests = 20_000
max_requests_jitter = 2_000
# Our own middleware writes one line for each request, without addresses and IPs.
accesslog = None
logconfig_dict = LOGGING
# Below an error gunicorn tells of bad requests with the client's IP.
loglevel = "error"
control_socket_disable = True
# Long enough for our own limit of 8,192 to be the one that answers.
limit_request_line = 8_190


def post_worker_init(_worker: object) -> None:
    """Leave what is loaded once to itself: looking through it for garbage took 50 to 100 ms.

    A search makes thousands of small values, none in a circle. The collector, which comes by how
    many are made, went through all of Django in the middle of one search in three.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
