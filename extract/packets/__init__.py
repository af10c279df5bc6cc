"""The papers in one file: where one ends and the next begins, and what other files are inside."""
