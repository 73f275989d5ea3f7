"""``kodeks read``: all that is in a Word file."""
