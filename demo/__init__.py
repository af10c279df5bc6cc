"""A bank that does not exist: its papers with their truth, read through the front door of a running service."""
