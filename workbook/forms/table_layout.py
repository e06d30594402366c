"""Where things stand on the sheet of a table's form; what its writer and its reader agree on.

Column A is hidden and holds the keys: ``form:<id>:<version>:<language>`` in the first row,
``field:<name>`` in the rows of what holds for the whole sheet, ``columns`` in the row of headings.
What is below the headings is a row of the table where something is filled in.
"""

KEY, FIRST = 0, 1
"""Columns counted from 0: of the keys, and the first one that is seen."""
FIELD_LABEL, FIELD_VALUE = 1, 2
FIELD = "field:"
HEADINGS = "columns"
FIRST_FIELD_ROW = 2
"""Counted from 0."""
