"""The directory in Wagtail's admin and on the office's first page."""
