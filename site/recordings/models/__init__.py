"""Recordings of texts; uploaded audio and video with captions."""

from recordings.models.media import Captions, Medium
from recordings.models.recordings import Recording

__all__ = ["Captions", "Medium", "Recording"]
