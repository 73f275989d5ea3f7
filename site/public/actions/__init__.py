"""What is done to numbers, one verb a function."""
