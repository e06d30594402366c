"""Which rows of a table are data: totals, unfinished answers, rows that are left out."""
