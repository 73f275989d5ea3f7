"""What a file defines apart from its text: styles, numbering, the signs of symbol fonts."""
