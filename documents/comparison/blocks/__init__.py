"""What changed within a section: blocks, lists, notes."""
