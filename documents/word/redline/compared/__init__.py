"""Two files, and the texts in them, as they are compared."""
