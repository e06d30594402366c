"""docs/tables.md is what the schemas say."""

import re

from tests.tables_page import PATH, page
from workbook.engagement.key_guide import key_guides
from workbook.intake.schema_files import all_schemas


def test_the_page_is_up_to_date():
    assert PATH.read_text("utf-8") == page(), "run: python -m tests.tables_page"


def test_it_names_every_table_column_and_option():
    text = page()
    for name, schema in all_schemas().items():
        section = text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        for column in schema.columns:
            assert f"`{column.name}`" in section
    assert all(f"| `{name}`" in text for name in key_guides().intake)


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    width = 0
    for line in page().splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert cells == width or not width or not cells, line
        width = cells
