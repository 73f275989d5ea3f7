"""The labels of lists in an edited text."""
