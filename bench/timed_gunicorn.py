"""deploy/gunicorn.py, and a line for each request in the file that KODEKS_TIMED names: its kind (as the client
said), status, seconds of the processor, seconds of the clock, queries. Each thread counts its own."""

import os
import runpy
import threading
import time
from functools import cache
from typing import Any

globals().update(runpy.run_path("deploy/gunicorn.py"))
_now = threading.local()


@cache
def _file() -> int:
    return os.open(os.environ["KODEKS_TIMED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def _count(execute: Any, *given: Any) -> Any:
    _now.queries += 1
    return execute(*given)


def pre_request(worker: Any, request: Any) -> None:
    from django.db import connection

    if _count not in connection.execute_wrappers:
        connection.execute_wrappers.append(_count)
    _now.cpu, _now.clock, _now.queries = time.thread_time(), time.perf_counter(), 0


def post_request(worker: Any, request: Any, environ: dict[str, Any], response: Any) -> None:
    cpu, clock = time.thread_time() - _now.cpu, time.perf_counter() - _now.clock
    kind, status = environ.get("HTTP_X_KIND", "-"), str(response.status).split()[0]
    line = f"{kind} {status} {cpu:.4f} {clock:.4f} {_now.queries} {environ.get('PATH_INFO')}\n"
    os.write(_file(), line.encode())
