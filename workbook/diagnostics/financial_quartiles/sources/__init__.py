"""What the diagnostic reads beside its tables, and what is wrong with it."""
