"""The diagnostics: arithmetic only, tables in and frozen results out."""
