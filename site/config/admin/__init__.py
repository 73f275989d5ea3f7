"""Wagtail's admin: who may do what there, and what it shows of documents."""
