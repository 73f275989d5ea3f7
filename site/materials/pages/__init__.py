"""The pages of materials for readers."""
