"""The review room: read what changed, comment, and answer for an institution."""
