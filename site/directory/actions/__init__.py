"""What is done to records of the directory, one verb a function."""
