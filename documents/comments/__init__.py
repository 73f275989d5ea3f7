"""Comments on texts, anchored to words, and what can be done with them."""
