"""Which section of one text is which of the other, and which were split and joined."""
