"""deploy/gunicorn.py, and a line for each request in the file that KODEKS_TIMED names: its kind (as the client
said), status, seconds of the processor, seconds of the clock, queries."""

import os
import runpy
import time
from typing import Any

globals().update(runpy.run_path("deploy/gunicorn.py"))
_now: dict[str, Any] = {"queries": 0}


def post_worker_init(worker: Any) -> None:
    from django.db import connection

    def count(execute: Any, *given: Any) -> Any:
        _now["queries"] += 1
        return execute(*given)

    connection.execute_wrappers.append(count)
    _now["file"] = os.open(os.environ["KODEKS_TIMED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def pre_request(worker: Any, request: Any) -> None:
    _now.update(cpu=time.process_time(), clock=time.perf_counter(), queries=0)


def post_request(worker: Any, request: Any, environ: dict[str, Any], response: Any) -> None:
    cpu, clock = time.process_time() - _now["cpu"], time.perf_counter() - _now["clock"]
    kind, status = environ.get("HTTP_X_KIND", "-"), str(response.status).split()[0]
    line = f"{kind} {status} {cpu:.4f} {clock:.4f} {_now['queries']} {environ.get('PATH_INFO')}\n"
    os.write(_now["file"], line.encode())
