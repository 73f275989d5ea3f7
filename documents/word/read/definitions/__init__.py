"""What a file defines beside its text: styles, numbering, the signs of symbol fonts."""
