"""What is wrong with the table of targets, and products that it spells in another way."""

from collections.abc import Iterator, Mapping

from workbook.diagnostics.cells import texts
from workbook.diagnostics.names import normalised_name
from workbook.diagnostics.segmentation_matrix.assortment import product_columns
from workbook.diagnostics.segmentation_matrix.matrix import WORDS, need_of
from workbook.diagnostics.segmentation_matrix.sources.segment_checks import segments_known
from workbook.errors import Problem, Severity
from workbook.intake.problems import cut, listed, shown
from workbook.intake.table import InputTable
from workbook.language.nearest import nearest

_SOLD = ("sales", "offers")


def target_problems(tables: Mapping[str, InputTable]) -> list[Problem]:
    """Return every problem of the targets and of products against them."""
    table = tables.get("targets")
    if table is None:
        return []
    return [
        *_segments(table, tables),
        *_cells(table),
        *(
            problem
            for name in _SOLD
            if name in tables
            for problem in _products(table, tables[name])
        ),
    ]


def _segments(table: InputTable, tables: Mapping[str, InputTable]) -> Iterator[Problem]:
    known = segments_known(tables)
    places = {normalised_name(name) for name in known}
    by_rule = "segments" in tables
    first: dict[str, int] = {}
    for row, name in texts(table.frame, "segment").items():
        at, place = int(str(row)), table.place_of(int(str(row)), "segment")
        if name and normalised_name(name) in first:
            yield Problem(
                code="segment_twice",
                place=place,
                found=shown(name),
                facts={"other": first[normalised_name(name)]},
            )
        first.setdefault(normalised_name(name), at)
        if known and name and normalised_name(name) not in places:
            yield Problem(
                code="target_segment_unknown" if by_rule else "target_segment_unused",
                place=place,
                found=shown(name),
                facts={"nearest": nearest(name, known), "known": listed(known, 12)},
                severity=Severity.ERROR if by_rule else Severity.WARNING,
            )
    if not known:
        yield Problem(
            code="targets_without_segments",
            place=table.place_of(int(table.frame.index[0]), "segment"),
            severity=Severity.WARNING,
        )


def _cells(table: InputTable) -> Iterator[Problem]:
    words = [word for forms in WORDS.values() for word in forms if len(word) > 1]
    for column in product_columns(table.frame):
        found = [
            Problem(
                code="target_unreadable",
                place=table.place_of(int(str(row)), column),
                found=shown(cell),
                facts={"nearest": nearest(cell, words)},
            )
            for row, cell in texts(table.frame, column).items()
            if need_of(cell) is None
        ]
        yield from cut(found, count=len(found)) if found else ()


def _products(targets: InputTable, table: InputTable) -> Iterator[Problem]:
    """Find products that are no column of the targets but look like one.

    One that differs by case, spaces or hyphens only is the same product under two names and is
    refused; one that is merely alike is a warning.  Others are shown in the report.
    """
    columns = product_columns(targets.frame)
    same = {normalised_name(column): column for column in columns}
    cells = texts(table.frame, "product")
    counts = cells.value_counts()
    for name in cells.drop_duplicates():
        if not name or name in columns:
            continue
        rows = cells.index[(cells == name).to_numpy()]
        place, facts = table.place_of(int(rows[0]), "product"), {"count": int(counts[name])}
        if normalised_name(name) in same:
            yield Problem(
                code="product_spelt_otherwise",
                place=place,
                found=shown(name),
                facts={**facts, "nearest": same[normalised_name(name)]},
            )
        elif near := nearest(name, columns):
            yield Problem(
                code="product_alike",
                place=place,
                found=shown(name),
                facts={**facts, "nearest": near},
                severity=Severity.WARNING,
            )
