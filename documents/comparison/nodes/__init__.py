"""Blocks, items, rows and cells compared."""
