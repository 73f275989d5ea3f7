"""A Word file as a file: the door, its parts, what is too much of it, and ways in and out."""
