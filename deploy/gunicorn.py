"""How gunicorn serves Kodeks, in the demonstration and for real."""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import gunicorn

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))

from config.running.logs import LOGGING

# Each host has processes of its own (deploy/serve), so that nothing in the office holds up the public site.
# The demonstration and tests serve both from the same.
is_public = os.environ.get("KODEKS_HOST") == "public"
# Several addresses are parted by commas.
bind = (
    os.environ.get("KODEKS_PUBLIC_BIND", "127.0.0.1:8001")
    if is_public
    else os.environ.get("KODEKS_BIND", "127.0.0.1:8000")
).split(",")
workers = int(
    os.environ.get("KODEKS_PUBLIC_WORKERS", "2") if is_public else os.environ.get("KODEKS_WORKERS", "3")
)
# A large file that arrives slowly takes a thread, not a process.
worker_class = "gthread"
threads = int(os.environ.get("KODEKS_THREADS", "8"))
pythonpath = "site"
# A process that does not even answer gunicorn for so long is ended.
timeout = 30
graceful_timeout = 30
# A worker is replaced now and then, not all at the same moment.
max_requests = 5_000
max_requests_jitter = 500
# Behind a proxy that adds X-Forwarded-For; Kodeks reads the address itself (KODEKS_PROXIES).
forwarded_allow_ips = "127.0.0.1"
# No header says below which path the site lies: each sender could write it.
forwarder_headers = ""
# No socket by which a local user could steer the server.
control_socket_disable = True
# One log for all, without addresses and queries; gunicorn's own log of requests has both.
accesslog = None
logconfig_dict = LOGGING
# No answer names the program.
gunicorn.SERVER = "kodeks"


# Measurements, on an inner address of their own (docs/logs-and-metrics.md).
# Those of the public site are on the next port.
metrics = os.environ.get("KODEKS_METRICS_ADDRESS", "")
if metrics and is_public:
    name, _, port = metrics.rpartition(":")
    metrics = f"{name}:{int(port) + 1}"
bind += [metrics] if metrics else []


def on_starting(server: Any) -> None:
    """Each process counts in a file of its own; one answer adds them up."""
    if metrics:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="kodeks-metrics-")


def child_exit(server: Any, worker: Any) -> None:
    if metrics:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    if metrics:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
