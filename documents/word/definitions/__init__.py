"""What a Word file defines: styles, numbers of lists, signs of fonts, looks of tables."""
