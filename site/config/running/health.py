"""How Kodeks runs, for its operators: queue, mails, index, disk, backup, guards, trail. It shows no text."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

import django
import wagtail
from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from audit import guards
from config.running import lease, needs
from files.clamav import answers
from mail.delivery import waiting as waiting_mails
from people.access import has_role
from people.roles import Role
from search.engines.base import EngineError
from search.factory import engine
from search.models import OutboxRow
from search.outbox.indexer import require_index
from theme.check_number import check_groups
from theme.home_panels import Figure, Line, Mark, Panel, Rank

FAILED_WITHIN = timedelta(days=7)


class State(StrEnum):
    """How something runs: a shape, a colour and words."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"

    @property
    def css(self) -> str:
        return {"good": "ok", "warn": "review", "bad": "late"}[self]

    @property
    def icon(self) -> str:
        return {"good": "ok", "warn": "half", "bad": "warn"}[self]

    @property
    def words(self) -> Promise:
        return _WORDS[self]


_WORDS = {
    State.GOOD: gettext_lazy("Works"),
    State.WARN: gettext_lazy("Needs attention"),
    State.BAD: gettext_lazy("Act now"),
}


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: its state, what was found, and what to do."""

    key: str
    name: str
    state: State
    found: str
    hint: str = ""
    count: int = 0


@dataclass(frozen=True)
class Limits:
    """From which age something needs attention, and from which it is bad."""

    warn: timedelta
    bad: timedelta

    def state(self, since: datetime | None) -> State:
        age = timezone.now() - since if since else timedelta()
        return State.BAD if age > self.bad else State.WARN if age > self.warn else State.GOOD


QUEUE = Limits(timedelta(minutes=2), timedelta(minutes=15))
MAILS = Limits(timedelta(minutes=10), timedelta(days=1))
INDEX = Limits(timedelta(minutes=2), timedelta(minutes=30))
BACKUP = Limits(timedelta(days=2), needs.OLDEST_BACKUP)
LEAST_FREE = {State.BAD: 10, State.WARN: 20}
"""Percents of the disk that must be free."""


def checks() -> list[Check]:
    """Everything that is looked at, what is bad first."""
    found = [
        _worker(), _queue(), _failed(), _mails(), _index(), _engine(), _storage(), _disk(),
        backup(), _guards(), _trail(),
    ]  # fmt: skip
    if settings.KODEKS_CLAMAV:
        found.append(_scanner())
    order = [State.BAD, State.WARN, State.GOOD]
    return sorted(found, key=lambda check: order.index(check.state))


def _waits(n: int, since: datetime | None) -> str:
    """How many wait, and how long the oldest has."""
    if not n or since is None:
        return _("Nothing is waiting.")
    text = ngettext("%(n)d is waiting, since %(age)s.", "%(n)d are waiting, the oldest since %(age)s.", n)
    return text % {"n": n, "age": timesince(since)}


def _worker() -> Check:
    name = _("Worker")
    if not lease.is_held():
        return Check("worker", name, State.BAD, _("None runs."), _("Start it: systemctl start kodeks-work."))
    return Check("worker", name, State.GOOD, _("It runs."))


def waiting() -> dict[str, tuple[int, datetime | None]]:
    """How many wait in each queue, and since when the oldest does."""
    queues = {
        "tasks": (DBTaskResult.objects.ready(), "enqueued_at"),
        "mails": (waiting_mails(timezone.now() + timedelta(days=1)), "written"),
        "index": (OutboxRow.objects.filter(drained=False), "at"),
    }
    found = {
        name: rows.order_by().aggregate(n=Count("pk"), since=Min(at)) for name, (rows, at) in queues.items()
    }
    return {name: (one["n"], one["since"]) for name, one in found.items()}


def failed_tasks() -> int:
    return DBTaskResult.objects.failed().filter(finished_at__gt=timezone.now() - FAILED_WITHIN).count()


def disk_free() -> float:
    """Which part of the disk is free."""
    used = shutil.disk_usage(_existing(Path(settings.VAR)))
    return used.free / used.total


def _scanner() -> Check:
    name = _("Virus scanner")
    if answers(settings.KODEKS_CLAMAV):
        return Check("scanner", name, State.GOOD, _("It answers."))
    found = _("It does not answer, so nobody can upload a file.")
    return Check("scanner", name, State.BAD, found, _("Start clamd, or check KODEKS_CLAMAV."))


def _queue() -> Check:
    n, since = waiting()["tasks"]
    state = QUEUE.state(since)
    hint = _("Check that the worker runs: systemctl start kodeks-work.") if state != State.GOOD else ""
    return Check("queue", _("Background tasks"), state, _waits(n, since), hint, n)


def _failed() -> Check:
    since = timezone.now() - FAILED_WITHIN
    failed = list(
        DBTaskResult.objects.failed().filter(finished_at__gt=since).values_list("task_path", flat=True)
    )
    n = len(failed)
    if not n:
        return Check("failed", _("Failed tasks"), State.GOOD, _("None in the last 7 days."))
    names = ", ".join(sorted({path.rpartition(".")[2] for path in failed}))
    text = ngettext(
        "%(n)d failed in the last 7 days: %(names)s.", "%(n)d failed in the last 7 days: %(names)s.", n
    )
    hint = _("The log of the worker says why.")
    return Check("failed", _("Failed tasks"), State.WARN, text % {"n": n, "names": names}, hint, n)


def _mails() -> Check:
    found = waiting_mails(timezone.now() + timedelta(days=1)).order_by()
    counts = found.aggregate(n=Count("pk"), since=Min("written"), failed=Count("pk", filter=~Q(problem="")))
    state = MAILS.state(counts["since"])
    if counts["failed"] and state == State.GOOD:
        state = State.WARN
    text, hint = _waits(counts["n"], counts["since"]), ""
    if counts["failed"]:
        tried = ngettext("%(n)d could not be sent yet.", "%(n)d could not be sent yet.", counts["failed"])
        text = f"{text} {tried % {'n': counts['failed']}}"
    hint = (
        _("Check the mail server. Mails that could not be sent are tried again.") if counts["failed"] else ""
    )
    return Check("mails", _("E-mails"), state, text, hint, counts["n"])


def _index() -> Check:
    rows = OutboxRow.objects.filter(drained=False).order_by()
    found = rows.aggregate(n=Count("pk"), since=Min("at"), tried=Count("pk", filter=Q(tries__gt=0)))
    state = INDEX.state(found["since"])
    if found["tried"] and state == State.GOOD:
        state = State.WARN
    hint = _("If this stays, run kodeks reconcile.") if state != State.GOOD else ""
    return Check(
        "index",
        _("Changes for the search index"),
        state,
        _waits(found["n"], found["since"]),
        hint,
        found["n"],
    )


def _engine() -> Check:
    name = _("Search engine")
    try:
        require_index(engine())
    except EngineError as problem:
        hint = _("Check that it runs; then run kodeks rebuild_index.")
        return Check("engine", name, State.BAD, type(problem).__name__, hint)
    return Check("engine", name, State.GOOD, _("It answers: %(name)s.") % {"name": engine().name})


def _storage() -> Check:
    name = _("Storage of files")
    if not needs.works(needs.STORAGE):
        return Check(
            "storage", name, State.BAD, _("It does not answer."), _("Check the bucket and its keys.")
        )
    return Check("storage", name, State.GOOD, _("It answers."))


def _disk() -> Check:
    used = shutil.disk_usage(_existing(Path(settings.VAR)))
    percent = round(100 * used.free / used.total)
    state = next((one for one, least in LEAST_FREE.items() if percent < least), State.GOOD)
    text = _("%(free)s of %(total)s are free (%(percent)d%%).") % {
        "free": filesizeformat(used.free),
        "total": filesizeformat(used.total),
        "percent": percent,
    }
    return Check("disk", _("Disk"), state, text)


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def backup() -> Check:
    """How old the last one is."""
    name, at = _("Last backup"), needs.last_backup()
    if at is None:
        hint = _("Set KODEKS_BACKUP, or let your own backup call kodeks record_backup when it has ended.")
        return Check("backup", name, State.WARN, _("None recorded."), hint)
    text = _("%(age)s ago.") % {"age": timesince(at)}
    return Check("backup", name, BACKUP.state(at), text)


def _guards() -> Check:
    name, missing = _("Guards in the database"), [*guards.missing(), *guards.strangers()]
    if missing:
        hint = _("Run kodeks check.")
        return Check("guards", name, State.BAD, ", ".join(missing), hint, len(missing))
    return Check("guards", name, State.GOOD, _("All stand as they should."))


def _trail() -> Check:
    name = _("Audit trail")
    if not needs.works(needs.TRAIL):
        hint = _("Run kodeks verify_audit.")
        return Check("trail", name, State.BAD, _("Its last entry is missing or does not hold."), hint)
    return Check("trail", name, State.GOOD, _("Its last entry holds."))


def facts() -> Iterator[tuple[str, str]]:
    """What has no state: versions and the head of the audit trail."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        database = cursor.fetchone()[0]
    yield "Kodeks", version("kodeks")
    yield "Python", platform.python_version()
    yield "Django", django.get_version()
    yield "Wagtail", wagtail.__version__
    yield "PostgreSQL", str(database)


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """The page of an operator; nobody else has it."""
    if not has_role(request.user, Role.OPERATOR):
        raise Http404
    last = needs.head()
    context = {
        "checks": checks(),
        "facts": list(facts()),
        "head": last,
        "head_number": " ".join(check_groups(last.sha256)) if last else "",
    }
    return render(request, "config/health.html", context)


def panel(request: HttpRequest) -> Panel | None:
    """For operators, on the first page: what does not run as it should."""
    if not has_role(request.user, Role.OPERATOR):
        return None
    found = checks()
    by_key = {check.key: check for check in found}
    wrong = [check for check in found if check.state != State.GOOD]
    bad = any(check.state == State.BAD for check in wrong)
    page = reverse("health")
    lines = [
        Line(
            check.name,
            f"{page}#{check.key}",
            check.found,
            marks=[
                Mark(
                    str(check.state.words),
                    check.state.icon,
                    Rank.LATE if check.state == State.BAD else Rank.DUE,
                )
            ],
        )
        for check in wrong
    ]
    texts = {
        "failed": ngettext("task failed", "tasks failed", by_key["failed"].count),
        "mails": ngettext("e-mail is waiting", "e-mails are waiting", by_key["mails"].count),
        "queue": ngettext("task is waiting", "tasks are waiting", by_key["queue"].count),
    }
    icons = {"failed": "warn", "mails": "mail", "queue": "clock"}
    return Panel(
        _("Health"),
        lines,
        empty=_("Everything works."),
        more=_("Open the health page"),
        more_url=page,
        rank=Rank.LATE if bad else Rank.DUE if wrong else Rank.TO_READ,
        figures=[
            Figure(
                by_key[key].count,
                text,
                f"{page}#{key}",
                icons[key],
                {State.BAD: Rank.LATE, State.WARN: Rank.DUE}.get(by_key[key].state, Rank.TO_READ),
            )
            for key, text in texts.items()
        ],
    )
