"""Public collections of hostile texts and broken tables, put through the whole program.

    make test-corpora PATHS="FOLDER_OR_FILE ..."

The collections are not part of the project: whoever runs this brings them.  Texts (lists in
``.txt`` and ``.json``, test cases in ``.mjs``) become cells, headings, names of files, notes and
names of synthetic engagements; their reports are taken apart.  Tables (CSV and spreadsheets) are
read as every table that there is, in bounded time and memory.
"""
