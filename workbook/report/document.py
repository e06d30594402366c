"""Reading an executed notebook: did it run to its end, and what did it leave.

The engine's own metadata is not asked: it calls a run complete after ``sys.exit`` and after a
killed kernel.  What counts is that every code cell has run, none failed, and the result came.
"""

import math
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from workbook.charts.chart_data import ChartData
from workbook.errors import RunError
from workbook.report.blocks import CHART_MIME, FILE_MIME, RESULT_MIME, TABLE_MIME
from workbook.report.indented import indented
from workbook.report.json_bundle import is_packed, unpacked

_PICTURE = "image/svg+xml"
MAX_OUTPUT = 20_000_000
"""Characters of output of one cell, and of the whole notebook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChart:
    """A chart of the report that has numbers of its own, and what stands beside it."""

    title: str
    alt: str
    """Words for those who do not see it."""
    note: str
    data: ChartData


def tables_of(notebook: NotebookNode) -> tuple[dict[str, Any], ...]:
    """Return the tables of the XLSX appendix in reading order (``Table.sheet()``, or by column)."""
    found = (bundle[TABLE_MIME] for bundle in _bundles(notebook) if TABLE_MIME in bundle)
    return tuple(unpacked(table) for table in found)


def charts_of(notebook: NotebookNode) -> tuple[ShownChart, ...]:
    """Return the charts that have numbers of their own, in reading order."""
    outputs = (o for _, cell in _code_cells(notebook) for o in cell.outputs if "data" in o)
    found = (_chart(o["data"], o.get("metadata", {})) for o in outputs if CHART_MIME in o["data"])
    return tuple(chart for chart in found if chart)


def _chart(bundle: Mapping[str, Any], metadata: Mapping[str, Any]) -> ShownChart | None:
    data = unpacked(bundle[CHART_MIME]).get("data")
    if not data:
        return None
    words = metadata.get(_PICTURE, {})
    told = {part: str(words.get(part, "")) for part in ("title", "alt", "note")}
    return ShownChart(**told, data=ChartData.of_json(data))


def files_of(notebook: NotebookNode) -> dict[str, bytes]:
    """Return the files that the notebook left, by folder and name (``internal/coding.xlsx``)."""
    found = (bundle[FILE_MIME] for bundle in _bundles(notebook) if FILE_MIME in bundle)
    return {f"{file['folder']}/{file['name']}": b64decode(file["base64"]) for file in found}


def result_of(notebook: NotebookNode) -> tuple[str, dict[str, Any]]:
    """Return the diagnostic's name and its result.

    Raises
    ------
    RunError
        When a cell did not run or failed, the output is too large, or not exactly one result
        was left.
    """
    left = left_result(notebook)
    result = left["result"]
    return str(left["diagnostic"]), unpacked(result)["data"] if is_packed(result) else dict(result)


def headline_of(notebook: NotebookNode) -> tuple[Mapping[str, Any], ...]:
    """Return the headline figures of all periods (:func:`workbook.report.worded_result`)."""
    return tuple(left_result(notebook).get("headline", ()))


def left_result(notebook: NotebookNode) -> Mapping[str, Any]:
    """Return what the notebook left as its result, a large one still compressed.

    Raises
    ------
    RunError
        As :func:`result_of`.
    """
    check_complete(notebook)
    found = [bundle[RESULT_MIME] for bundle in _bundles(notebook) if RESULT_MIME in bundle]
    if len(found) != 1:
        raise RunError(f"the notebook left {len(found)} results instead of one: it did not finish")
    left: Mapping[str, Any] = found[0]
    return left


def check_complete(notebook: NotebookNode) -> None:
    """Raise unless every code cell ran without error and within :data:`MAX_OUTPUT`.

    Raises
    ------
    RunError
        Naming the first cell that did not.
    """
    total = 0
    for number, cell in _code_cells(notebook):
        size = sum(_size(output) for output in cell.outputs)
        total += size
        if max(size, total) > MAX_OUTPUT:
            raise RunError(
                f"cell {number}: more than {MAX_OUTPUT // 1_000_000} MB of output; "
                "show less, or put the whole table in the appendix only"
            )
        for output in cell.outputs:
            if output.output_type == "error":
                raise RunError(f"cell {number} failed: {output.get('ename', 'error')}")
        if cell.source.strip() and not isinstance(cell.execution_count, int):
            raise RunError(f"cell {number} was not run: the notebook stopped before it")


def result_json(result: dict[str, Any]) -> bytes:
    """Return the result file: UTF-8, sorted keys, the same bytes for the same result.

    Raises
    ------
    ValueError
        When a number is not finite; a missing number is None.
    """
    return (indented(result, indent=2) + "\n").encode("utf-8")


def _code_cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    return ((i, c) for i, c in enumerate(notebook.cells, start=1) if c.cell_type == "code")


def _bundles(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    for _, cell in _code_cells(notebook):
        for output in cell.outputs:
            if "data" in output:
                yield output["data"]


def _size(value: Any) -> int:
    """Return the length of all text in an output, without writing it out once more.

    Packed tables are the appendix, files lie beside the report: both may be as long as the
    client's own data.
    """
    if is_packed(value):
        return 0
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(_size(k) + _size(v) for k, v in value.items() if k != FILE_MIME)
    if isinstance(value, list):
        return sum(map(_size, value))
    return 8 if isinstance(value, float) and math.isfinite(value) else 4
