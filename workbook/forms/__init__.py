"""Forms to fill: a questionnaire, or the form of a table, as a workbook.

:func:`workbook.forms.writing.form_book` makes a questionnaire, a sheet per respondent;
:func:`workbook.forms.table_form_writing.table_form_book` a form whose rows are rows of a table.
:func:`workbook.forms.engagement_forms.read_with_forms` reads an engagement's tables with all its
filled forms.
"""
