"""Materials in Wagtail's admin."""
