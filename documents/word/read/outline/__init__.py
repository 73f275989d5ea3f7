"""From the stream of items to title and sections: headings found, inferred, decided by a person."""
