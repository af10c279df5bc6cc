"""Finding it again: what people type, what the index is asked, and how it follows the feed."""
