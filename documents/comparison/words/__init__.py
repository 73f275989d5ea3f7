"""Inline content compared word by word."""
