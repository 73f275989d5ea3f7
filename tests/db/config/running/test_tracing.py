"""Traces leave with route names, and without addresses, queries and parameters."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from config.running import tracing
from people.models import User
from tests.support.html import PageClient

pytestmark = pytest.mark.django_db
CANARY = "Kanarinka"


class Receiver(http.server.BaseHTTPRequestHandler):
    """As much of an OTLP collector as a test needs."""

    got: list[bytes] = []

    def do_POST(self) -> None:
        self.got.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def receiver(settings: Any) -> Iterator[list[bytes]]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.KODEKS_TRACES = f"http://127.0.0.1:{server.server_port}/v1/traces"
    settings.MIDDLEWARE = list(settings.MIDDLEWARE)
    yield Receiver.got
    tracing.stop()
    server.shutdown()
    server.server_close()


def test_spans_have_routes_and_no_words(receiver: list[bytes]) -> None:
    tracing.set_up()
    from opentelemetry import trace
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    client = PageClient(headers={"User-Agent": CANARY, "traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"})
    client.raise_request_exception = False
    for host in ("testserver", "public.test"):
        client.get(f"/en/library/?q={CANARY}", headers={"Host": host})
        client.get(f"/{CANARY}/", headers={"Host": host})
    with tracing.span("a job"):
        assert not User.objects.filter(email=f"{CANARY}@test.example").exists()
    trace.get_tracer_provider().force_flush()  # type: ignore[attr-defined]
    spans = [
        span
        for one in receiver
        for resource in ExportTraceServiceRequest.FromString(one).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    assert b"".join(receiver).lower().count(CANARY.lower().encode()) == 0
    assert {"GET en/library/", "job", "SELECT"} <= {span.name for span in spans}
    assert {item.key for span in spans for item in span.attributes} <= set(tracing.ATTRIBUTES)
    assert "ab" * 16 not in {span.trace_id.hex() for span in spans}, "no header of a reader names a trace"
    job = next(span for span in spans if span.name == "job")
    assert [span.name for span in spans if span.parent_span_id == job.span_id] == ["SELECT"]
