"""What comes back from Word as suggestions: two texts of a section told apart, and each change put into another state of it."""
