"""Two texts compared, as pages and as a Word file."""
