"""A text in two languages: put beside one another, as a Word file in two columns, and back."""
