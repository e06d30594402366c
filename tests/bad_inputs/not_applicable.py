"""Cases of the catalogue that cannot occur here, each with the reason."""

NOT_APPLICABLE = {
    "F7": "no DOCX and no PPTX is written; a report is HTML, PDF, XLSX and JSON",
    "J8": "the consultant, who has the client's files, is told the value that is wrong; what is "
    "sent holds no log (J3)",
}
"""Case -> why."""
