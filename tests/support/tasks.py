"""Background tasks that are done at once, and still outside of the request that asked for them."""

from __future__ import annotations

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

from documents.word.file.confined import serving_request


class AtOnce(ImmediateBackend):
    def _execute_task(self, task_result: TaskResult) -> None:
        with serving_request(False):
            super()._execute_task(task_result)
