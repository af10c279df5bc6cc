"""Values by their labels: forms, boxes to tick, numbered lines, and what running text tells."""
