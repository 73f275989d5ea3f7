"""What holds in any text of a Word file: our bookmarks, paragraph marks that go, the order of notes."""
