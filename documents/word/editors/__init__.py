"""What other editors, LibreOffice above all, make of a Word file of ours without being asked to; told from what a person did, and put back."""
