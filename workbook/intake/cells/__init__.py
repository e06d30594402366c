"""Cells of text as numbers, dates, words and currencies, judged by their column."""
