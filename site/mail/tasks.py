"""Background tasks of the mail room."""

from django_tasks import task


@task()
def deliver_message(pk: int) -> bool:
    """Sends one kept mail; gives whether it has left."""
    from mail.letters import deliver  # letters enqueues this task: an import at the top would be a circle

    return deliver(pk)
