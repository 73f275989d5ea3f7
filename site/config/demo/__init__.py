"""Loads the demonstration: people, documents, reviews, campaign, by the same actions that people use.

It runs once: what is there is left as it is, so that what somebody changed is kept.
"""
