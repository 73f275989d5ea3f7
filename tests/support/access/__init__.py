"""Every route of both hosts for every reader: the cast and its texts, the addresses, and the walk."""
