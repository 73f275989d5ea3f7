"""Paragraphs, lists, tables and notes as blocks."""
