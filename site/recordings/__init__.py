"""Texts of the public site read aloud by people."""
