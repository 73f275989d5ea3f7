"""The demonstration's documents as text files that a person can edit, one folder a document
(docs/demonstration.md)."""
