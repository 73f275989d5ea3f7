"""Files that people upload, and files that they download."""
