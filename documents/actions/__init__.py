"""What can be done to documents: one verb, one module.

Each action calls :func:`people.access.require` and takes its locks in one transaction. It writes the audit
trail and the log of changes there, and informs the rooms above by :mod:`documents.signals`. What can't be
done raises an :class:`documents.actions.errors.ActionError` in the reader's language, with nothing stored.
"""

FILE_QUEUE = "files"
"""Background tasks with files have a queue of their own: a long file keeps no mail waiting."""
