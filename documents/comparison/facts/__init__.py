"""What one sentence says of a section that changed."""
