"""A comparison as HTML: inline, side by side, as a strip, as a page of its own."""
