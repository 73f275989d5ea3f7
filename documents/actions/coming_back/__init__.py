"""What a Word file that came back says, told apart for bring_back: its sections, authors and comments, and what it was made from."""
