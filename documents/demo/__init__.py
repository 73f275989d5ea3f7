"""The demonstration's documents as text files, one folder a document (docs/demonstration.md)."""
