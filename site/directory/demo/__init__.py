"""The demonstration's services: examples with invented names. None is real, and no address is a shelter's."""

from directory.demo.load import load_services

__all__ = ["load_services"]
