"""A Word file as a file: its checks, its parts, its limits, and reading and writing it."""
