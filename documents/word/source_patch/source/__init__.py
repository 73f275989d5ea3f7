"""What a source file is made of."""
