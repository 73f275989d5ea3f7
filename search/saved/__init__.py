"""Searches that people keep, and the mails that tell what is new in them."""
