"""Jobs of the worker, each with how often it is due."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from backup.schedule import back_up_when_due
from config.forget import forget_links, forget_mails, forget_names, forget_own, forget_traces
from config.running.lease import Lease
from config.running.left_tasks import take_up_left
from config.saved_pages import renew_copies
from directory.reminders import ask_keepers
from documents.actions import FILE_QUEUE
from documents.actions.adopt_edition import enter_due
from documents.actions.check_papers import check_waiting, want_missing
from documents.actions.find_citations import find_due
from documents.actions.keep_working_copy import forget_working_copies
from documents.actions.manage_uploads import forget_uploads
from documents.actions.store_picture import forget_pictures
from limits.count import forget_counts
from mail.delivery import NO_SERVER, deliver, waiting
from mail.digest import write_digests
from mail.models import Message
from materials.actions.make import make_waiting
from materials.actions.mark_stale import mark_if_changed
from outreach.actions.count import close_weeks
from people.throttle import forget
from public.actions.publish_campaign import publish_due
from search.learning import learn
from search.outbox.worker import keep_in_step
from search.pages.zero_results import forget_unanswered
from search.saved.alerts import send_alerts
from workflows.actions.end_coordination import end_due_consultations
from workflows.reminders.adoption_notices import tell_of_adoptions
from workflows.reminders.deadlines import send_reminders, take_silence_as_assent

log = logging.getLogger("kodeks.work")

MAIL_PAUSE = 60.0
lease = Lease()
"""Of this process."""


@dataclass(frozen=True)
class Job:
    """Something that is done again and again. ``every`` is in seconds. ``shared``: several workers may do it
    side by side; everything else is done by the one that has the lease."""

    name: str
    every: float
    run: Callable[[], object]
    shared: bool = False


def run_tasks() -> None:
    """Runs the background tasks that are waiting, but those with files."""
    _worker("*", 200, excluding=[FILE_QUEUE]).run()


def run_file() -> None:
    """Reads one file that somebody brought: then everything else has its turn."""
    _worker(FILE_QUEUE, 1).run()


def take_up_tasks() -> None:
    """Has tasks done again that a worker left in the middle, this one or one that died."""
    take_up_left(lease.name)


def _worker(queue: str, most: int, excluding: Sequence[str] = ()) -> Worker:
    return Worker(
        queue_names=[queue],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=most,
        worker_id=lease.name,
        excluded_queue_names=list(excluding),
    )


def retry_mail() -> None:
    """Tries the mails again that have not left: the mail server was away, or the worker died between."""
    for pk in list(waiting().values_list("pk", flat=True)[:200]):
        if not deliver(pk) and Message.objects.filter(pk=pk, problem__startswith=NO_SERVER).exists():
            return  # the others would only wait for it too, one after the other


def jobs() -> Sequence[Job]:
    return [
        Job("tasks that were left", 5.0, take_up_tasks, shared=True),
        Job("background tasks", 0.5, run_tasks, shared=True),
        Job("files that people brought", 0.0, run_file, shared=True),
        Job("signed papers", 0.5, check_waiting),
        Job("signed papers that were never checked", 60.0, want_missing),
        Job("search index", 0.5, keep_in_step),
        Job("words across languages", 30.0, learn),
        Job("citations", 2.0, find_due),
        Job("mails that have not left", MAIL_PAUSE, retry_mail),
        Job("editions whose day has come", 60.0, enter_due),
        Job("silence as assent", 60.0, take_silence_as_assent),
        Job("consultations whose deadline has passed", 60.0, end_due_consultations),
        Job("reminders", 60.0, send_reminders),
        Job("materials to make", 0.5, make_waiting),
        Job("materials that are no longer true", 10.0, mark_if_changed),
        Job("campaigns that begin or end", 60.0, publish_due),
        Job("counts of a week that is over", 600.0, close_weeks),
        Job("services to confirm", 3600.0, ask_keepers),
        Job("texts that were adopted", 5.0, tell_of_adoptions),
        Job("saved searches", 60.0, send_alerts),
        Job("copies of public pages", 5.0, renew_copies),
        Job("searches without results", 600.0, forget_unanswered),
        Job("digests", 60.0, write_digests),
        Job("files that nobody took in", 3600.0, forget_uploads),
        Job("pictures that nobody saved", 3600.0, forget_pictures),
        Job("texts that nobody saved", 3600.0, forget_working_copies),
        Job("backup", 300.0, back_up_when_due),
        Job("sign-ins that no longer count", 3600.0, forget),
        Job("requests that no longer count", 3600.0, forget_counts),
        Job("links and invitations", 3600.0, forget_links),
        Job("mails of long ago", 3600.0, forget_mails),
        Job("traces of work", 3600.0, forget_traces),
        Job("what only people who left could see", 3600.0, forget_own),
        Job("names of people who left", 3600.0, forget_names),
    ]


def work(every: Sequence[Job], keep_on: Callable[[], bool], pause: float = 0.25) -> None:
    """Runs each job when it is due, until ``keep_on`` gives False. A job that fails is logged and tried again
    later: one broken job must not stop the others."""
    due = dict.fromkeys(range(len(every)), 0.0)
    while keep_on():
        mine = lease.is_mine()
        for index, job in enumerate(every):
            if time.monotonic() < due[index] or not (mine or job.shared):
                continue
            try:
                job.run()
                due[index] = time.monotonic() + job.every
            except Exception:
                log.exception("a job failed", extra={"job": job.name})
                due[index] = time.monotonic() + max(job.every, 5.0)
            finally:
                close_old_connections()
        time.sleep(pause)
    lease.release()
