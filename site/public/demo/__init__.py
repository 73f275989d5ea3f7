"""The demonstration's campaign and numbers: text files beside this one, and what puts them on the site."""

from public.demo.load import load_campaign
from public.demo.situations import load_situations

__all__ = ["load_campaign", "load_situations"]
