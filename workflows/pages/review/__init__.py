"""The review room: plain pages in which somebody asked reads what changed, comments, and answers for an
institution."""
