"""Background tasks of the mail room."""

from django_tasks import task


@task()
def deliver_message(pk: int) -> bool:
    """Sends one kept mail, unless the mail server did not answer a moment ago; gives whether it has left."""
    from mail.delivery import deliver, server_away  # it enqueues this: at the top it would be a circle

    # Each would wait for the same server anew, and everything else for them: they go with the mails that are
    # tried again.
    return not server_away() and deliver(pk)
