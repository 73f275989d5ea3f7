"""Traces by OpenTelemetry, where KODEKS_TRACES names a collector (docs/logs-and-metrics.md). Nothing of it is
imported else: it would make each start longer.

A span leaves with the attributes listed here and no other: no address, no query, no parameter, no message.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.sdk.trace.export import SpanExporter

ATTRIBUTES = ("http.method", "http.route", "http.status_code", "db.system", "db.operation", "job")
STATEMENTS = ("SELECT", "INSERT", "UPDATE", "DELETE")
_on = False


def set_up() -> None:
    """Sends traces from this process, where the settings name a place for them."""
    global _on
    if not settings.KODEKS_TRACES or _on:
        return
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.metrics import NoOpMeterProvider
    from opentelemetry.propagate import set_global_textmap
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource({"service.name": "kodeks"}))
    exporter = OTLPSpanExporter(endpoint=settings.KODEKS_TRACES, timeout=5)
    provider.add_span_processor(BatchSpanProcessor(listed_only(exporter)))
    trace.set_tracer_provider(provider)
    set_global_textmap(_no_propagator())
    DjangoInstrumentor().instrument(
        tracer_provider=provider, meter_provider=NoOpMeterProvider(), middleware_position=1
    )
    _watch_database()
    _on = True


def stop() -> None:
    """Sends what waits, and no more."""
    global _on
    if not _on:
        return
    from opentelemetry import trace
    from opentelemetry.instrumentation.django import DjangoInstrumentor

    DjangoInstrumentor().uninstrument()
    trace.get_tracer_provider().shutdown()  # type: ignore[attr-defined]
    _on = False


def span(name: str) -> AbstractContextManager[Any]:
    """A span for a job of the worker; nothing where there are no traces."""
    if not _on:
        return nullcontext()
    from opentelemetry import trace

    return trace.get_tracer("kodeks").start_as_current_span("job", attributes={"job": name})


def _watch_database() -> None:
    from django.db.backends.signals import connection_created
    from opentelemetry import trace

    tracer = trace.get_tracer("kodeks")

    def execute(run: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        # Only within a request or a job: the worker looks many times a second for what is due.
        if not _on or not trace.get_current_span().is_recording():
            return run(sql, params, many, context)
        first = sql.lstrip("( \n")[:6].upper()
        operation = first if first in STATEMENTS else "OTHER"
        attributes = {"db.system": "postgresql", "db.operation": operation}
        with tracer.start_as_current_span(operation, attributes=attributes):
            return run(sql, params, many, context)

    def watch(**_: Any) -> None:
        if execute not in connection.execute_wrappers:
            connection.execute_wrappers.append(execute)

    connection_created.connect(watch, dispatch_uid="kodeks-traces", weak=False)
    watch()


def _no_propagator() -> Any:
    """No header of a reader names a trace, and none of ours tells of one."""
    from opentelemetry.context import Context
    from opentelemetry.propagators.textmap import TextMapPropagator

    class Nothing(TextMapPropagator):
        fields: Any = frozenset()

        def extract(self, carrier: Any, context: Any = None, getter: Any = None) -> Any:
            return Context() if context is None else context

        def inject(self, carrier: Any, context: Any = None, setter: Any = None) -> None:
            pass

    return Nothing()


def listed_only(exporter: SpanExporter) -> SpanExporter:
    """An exporter that hands on of each span what is listed."""
    from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

    class Listed(SpanExporter):
        def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
            return exporter.export([_listed(one) for one in spans])

        def shutdown(self) -> None:
            exporter.shutdown()

    return Listed()


def _listed(given: ReadableSpan) -> ReadableSpan:
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.status import Status

    attributes = {key: (given.attributes or {})[key] for key in ATTRIBUTES if key in (given.attributes or {})}
    name = given.name
    if given.kind == SpanKind.SERVER:
        # The instrumentation names what no route leads to by its own guess.
        name = f"{attributes.get('http.method', '')} {attributes.get('http.route', '')}".strip()
    return ReadableSpan(
        name=name,
        context=given.context,
        parent=given.parent,
        resource=given.resource,
        attributes=attributes,
        kind=given.kind,
        status=Status(given.status.status_code),
        start_time=given.start_time,
        end_time=given.end_time,
        instrumentation_scope=given.instrumentation_scope,
    )
