"""Controllability: what is managed, how far people agree on it, what the data say against it."""
