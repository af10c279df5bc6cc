"""Documents to facts: which kind of paper it is, what it says, and what proves it."""
