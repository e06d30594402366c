"""Notebooks are thin: one parameters cell, imports of the package only, calls without logic."""

import ast

import nbformat
import pytest

from workbook.diagnostics import all_diagnostics
from workbook.language.package_data import notebooks

PATHS = sorted(notebooks().glob("*.ipynb"))
LOGIC = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.If, ast.For, ast.While, ast.BinOp,
         ast.Compare, ast.With, ast.Try, ast.ListComp, ast.DictComp, ast.IfExp)  # fmt: skip


def cells(path, kind="code"):
    notebook = nbformat.read(path, as_version=4)
    return [c for c in notebook.cells if c.cell_type == kind]


def tagged(path, tag):
    return [c for c in cells(path) if tag in c.metadata.get("tags", [])]


def test_every_diagnostic_has_one_notebook_and_there_are_no_others():
    assert [p.stem for p in PATHS] == sorted(d.name for d in all_diagnostics())


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
class TestNotebook:
    def test_is_valid_and_runs_on_the_standard_kernel(self, path):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert notebook.metadata.kernelspec.name == "python3"
        assert set(notebook.metadata) == {"kernelspec", "language_info"}

    @pytest.mark.bad_input("H9")
    def test_has_exactly_one_parameters_cell_of_typed_literals_with_help(self, path):
        (cell,) = tagged(path, "parameters")
        for line in cell.source.splitlines():
            assert "  # " in line
        for node in ast.parse(cell.source).body:
            assert isinstance(node, ast.AnnAssign)
            ast.literal_eval(node.value)

    def test_imports_only_the_package(self, path):
        for cell in cells(path):
            for node in ast.walk(ast.parse(cell.source)):
                assert not isinstance(node, ast.Import)
                if isinstance(node, ast.ImportFrom):
                    assert (node.module or "").split(".")[0] == "workbook"

    def test_has_no_logic(self, path):
        for cell in cells(path):
            for node in ast.walk(ast.parse(cell.source)):
                assert not isinstance(node, LOGIC), ast.dump(node)

    def test_has_at_most_a_dozen_code_cells(self, path):
        assert len(cells(path)) <= 12

    def test_keeps_no_output_but_that_of_the_check_cell(self, path):
        for cell in cells(path):
            if "nbval-check-output" in cell.metadata.get("tags", []):
                (output,) = cell.outputs
                assert set(output.data) == {"text/plain"}
            else:
                assert cell.outputs == []
                assert cell.execution_count is None

    @pytest.mark.bad_input("H9")
    def test_never_reassigns_its_parameters(self, path):
        (parameters,) = tagged(path, "parameters")
        names = {n.target.id for n in ast.parse(parameters.source).body}
        for cell in cells(path):
            if cell.id == parameters.id:
                continue
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    assert node.id not in names
