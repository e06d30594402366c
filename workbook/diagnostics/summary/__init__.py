"""The summary: one answer from all diagnostics of an engagement."""
