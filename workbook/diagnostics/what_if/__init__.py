"""What if: a client's own figures of a year with one thing changed, no forecast.

Asked for by ``[whatif]`` of engagement.toml, computed from tables and from what a diagnostic has
counted, told by :mod:`workbook.report.what_if`.  Source: the method, section 6.
"""
