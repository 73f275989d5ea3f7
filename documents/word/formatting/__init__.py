"""How paragraphs of a Word file look, so that others can be written like them."""
