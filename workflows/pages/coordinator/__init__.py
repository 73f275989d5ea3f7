"""The coordinator's desk: every review, who is late, what is next; starting, reopening, adopting."""
