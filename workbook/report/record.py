"""The executed notebook as the file that the consultant keeps."""

from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4.rwbase import split_lines, strip_transient

from workbook.report.indented import indented


def notebook_json(notebook: NotebookNode) -> bytes:
    """Return the notebook's file: the bytes that nbformat writes, and a line break.

    The engine has validated the notebook; it stays as it is.
    """
    frame = _node(notebook)
    frame["metadata"] = _node(notebook.metadata)
    frame["cells"] = [_cell(cell) for cell in notebook.cells]
    split = strip_transient(split_lines(frame))  # type: ignore[no-untyped-call]
    try:
        text = indented(split, indent=1)
    except ValueError:  # an output of other origin with NaN, which nbformat writes
        text = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _cell(cell: NotebookNode) -> NotebookNode:
    """Return a copy down to the texts that are split into lines; the data below are shared."""
    new = _node(cell)
    new["metadata"] = _node(cell.metadata)
    if "attachments" in cell:
        new["attachments"] = _node({k: _node(v) for k, v in cell.attachments.items()})
    if "outputs" in cell:
        new["outputs"] = [_output(output) for output in cell.outputs]
    return new


def _output(output: NotebookNode) -> NotebookNode:
    new = _node(output)
    if "data" in output:
        new["data"] = _node(output.data)
    return new


def _node(content: Mapping[str, Any]) -> NotebookNode:
    node: NotebookNode = NotebookNode(content)  # type: ignore[no-untyped-call]
    return node
