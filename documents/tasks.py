"""Background tasks with files that somebody brought. They have a queue of their own: a long file keeps no
mail waiting."""

from __future__ import annotations

from django_tasks import task

QUEUE = "files"


@task(queue_name=QUEUE)
def read_upload(pk: int) -> None:
    """Reads a Word file that waits, for its person to decide about."""
    from documents.actions.manage_uploads import (
        read,
    )  # the actions put these tasks in: an import at the top would be a circle

    read(pk)


@task(queue_name=QUEUE)
def take_upload(pk: int) -> None:
    """Takes in a Word file that was decided about."""
    from documents.actions.import_upload import take

    take(pk)


@task(queue_name=QUEUE)
def unpack_batch(pk: int) -> None:
    """Unpacks a zip of Word files."""
    from documents.actions.import_batch import unpack

    unpack(pk)


@task(queue_name=QUEUE)
def compare_two(pk: int) -> None:
    """Compares two Word files."""
    from documents.actions.compare_files import work

    work(pk)


@task(queue_name=QUEUE)
def read_returned_file(pk: int) -> None:
    """Reads a Word file that came back from review."""
    from documents.actions.import_returned_file import read_returned_file as read

    read(pk)
