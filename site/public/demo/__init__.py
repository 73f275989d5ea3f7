"""The demonstration's campaigns and numbers: text files beside this one, and what puts them on the site."""

from public.demo.campaigns import load_campaigns
from public.demo.situations import load_situations

__all__ = ["load_campaigns", "load_situations"]
