"""The kinds of file that a report is made as."""

FORMATS = ("html", "pdf", "xlsx", "json")
"""Those that a run makes unless it is told otherwise."""
OFFICE_FORMATS = ("pptx", "docx")
"""Those that are made when they are asked for, by the libraries of an extra."""
