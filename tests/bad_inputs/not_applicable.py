"""Cases of the catalogue that cannot occur here, each with the reason."""

NOT_APPLICABLE = {
    "F7": "no DOCX and no PPTX is written; a report is HTML, PDF, XLSX and JSON",
}
"""Case -> why."""
