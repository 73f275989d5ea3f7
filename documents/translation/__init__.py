"""Languages and scripts of the texts."""
