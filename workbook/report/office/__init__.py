"""A report as slides and as a Word document: made only when asked for, of an extra's libraries."""
