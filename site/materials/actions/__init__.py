"""What is done to materials, one verb a module."""
