"""What is done to counts and sheets, one verb a function."""
