"""The report layer: executed notebook -> HTML -> PDF, and the XLSX and JSON beside them."""
