"""Names that are written otherwise now (``aliases.csv``): read, and put into the tables."""
