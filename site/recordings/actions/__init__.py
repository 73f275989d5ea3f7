"""What is done to recordings, one verb a function."""
