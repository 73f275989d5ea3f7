"""What is in a paragraph."""
