"""Background tasks that were left in the middle: their worker died, or the database or the storage was away.

They are done again. Each task moves its row from state to state, and writes its result in one transaction
with the last state. So a task that is done again does nothing twice.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.running.lease import living
from documents.actions import left_files
from documents.passing import Passing

log = logging.getLogger("kodeks.work")

MOST = 20
"""How often a task is begun: a file that kills its worker each time would stop everything else."""
PAUSE, LONGEST_PAUSE = 15, 600
"""Seconds until the next attempt, for each attempt so far."""
_PASSING = f"{Passing.__module__}.{Passing.__qualname__}"


def take_up_left(me: str) -> int:
    """Has left tasks done again; gives how many. Between two tasks, a task of this worker ``me`` was left
    too."""
    left = DBTaskResult.objects.filter(
        Q(status="RUNNING") | Q(status="FAILED", exception_class_path=_PASSING)
    ).order_by("enqueued_at")
    if not left.exists():
        return 0
    alive, done = living() - {me}, 0
    with transaction.atomic():
        for task in left.select_for_update(skip_locked=True):
            if task.status == "RUNNING" and task.worker_ids and task.worker_ids[-1] in alive:
                continue
            _take_up(task)
            done += 1
    return done


def _take_up(task: DBTaskResult) -> None:
    log.warning("task %s was left in the middle, attempt %d", task.id, len(task.worker_ids))
    file = task.args_kwargs["args"][0]
    if len(task.worker_ids) >= MOST:
        left_files.give_up(task.task_path, file)
        task.status, task.exception_class_path, task.finished_at = "FAILED", "left", timezone.now()
    else:
        left_files.put_back(task.task_path, file)
        attempts = len(task.worker_ids) if task.status == "FAILED" else len(task.worker_ids) - 1
        pause = min(PAUSE * max(attempts, 0), LONGEST_PAUSE)
        task.status, task.run_after = "READY", timezone.now() + timedelta(seconds=pause)
    task.save(update_fields=["status", "run_after", "exception_class_path", "finished_at"])
