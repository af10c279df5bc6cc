"""What is kept: originals, readings, customers, loans, links, the feed, and the jobs that fill them."""
