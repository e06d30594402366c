"""Forms to fill: a questionnaire as a workbook, one sheet per respondent.

:func:`workbook.forms.writing.form_book` makes one, :func:`workbook.forms.reading.read_form`
reads it back, :func:`workbook.forms.engagement_forms.with_forms` adds an engagement's filled forms
to its table ``answers``.
"""
