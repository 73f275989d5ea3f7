"""Wagtail's admin, for those who run the site and its campaigns: who may do what there, and what it shows of
documents."""
