"""The directory's pages, the same on both hosts: each reader sees what they may read."""
