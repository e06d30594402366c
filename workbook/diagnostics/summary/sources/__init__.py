"""What the summary reads beside its tables: the results of all other diagnostics."""
