"""What a person reads where a backup can't be taken, read or restored."""


class BackupError(Exception):
    """Says in one or two sentences what is wrong and what to do."""
