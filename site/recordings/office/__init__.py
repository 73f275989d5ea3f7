"""Recordings, audio and video in Wagtail's admin."""
