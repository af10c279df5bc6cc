"""Tables by geometry: where heads, columns and rows stand, and what the totals under them say."""
