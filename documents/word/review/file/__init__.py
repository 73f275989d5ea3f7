"""What a returned Word file says: its places, tracked changes, comments and frame."""
