"""What a cell of a file is, and what it may not hold: all that both sides of the reader know.

Imports next to nothing: the process that opens workbooks starts in a moment.
"""

import re

TEXT, NUMBER, DAY, BOOLEAN, ERROR, UNCALCULATED, TIME, BLANK, PERCENT = "tndbeuo p"
"""Kinds of cells: what the file itself says a cell is.  CSV cells are all TEXT.
PERCENT is a number that a format shows as a percentage: 0.25 as 25 %."""
BLANKS = " \t\r\n\u00a0\u2007\u2009\u202f\u3000\u200b\u200c\u200d\u2060\ufeff"
"""Signs around the text of a cell that do not count."""
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""Control characters that no cell may keep: they break XML, HTML and JSON."""
