"""Comments on texts: the words that they speak of, followed through every change, and what can be done with
them."""
