"""The consulting workbook: five diagnostics of a client's customers and finances as reports."""

__version__ = "0.1.0"
