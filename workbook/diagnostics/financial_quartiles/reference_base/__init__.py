"""Making a reference base from raw statements, and reading one from its file or table."""
