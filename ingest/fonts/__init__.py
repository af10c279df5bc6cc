"""The font that page pictures are drawn with; copied here at install time."""
