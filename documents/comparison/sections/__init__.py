"""Which section of one text is which of another, and what became of it."""
