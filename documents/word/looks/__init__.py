"""How paragraphs, runs and headings of a Word file look, and how others take that over."""
