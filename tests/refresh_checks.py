"""Run the notebooks on their samples and save the outputs of their check cells.

By hand, after a change that is meant to change the numbers: ``python tests/refresh_checks.py``.
"""

import nbformat
from nbclient import NotebookClient

from workbook.language.package_data import notebooks

CHECK = "nbval-check-output"


def refresh() -> None:
    """Save in each notebook what its check cells return, and nothing else."""
    for path in sorted(notebooks().glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        metadata = dict(notebook.metadata)
        NotebookClient(notebook, resources={"metadata": {"path": str(path.parent)}}).execute()
        for cell in notebook.cells:
            if cell.cell_type != "code":
                continue
            kept = cell.outputs if CHECK in cell.metadata.get("tags", []) else []
            for output in kept:
                output["execution_count"] = 1
            cell.outputs, cell.execution_count = kept, 1 if kept else None
            cell.metadata.pop("execution", None)
        notebook.metadata = nbformat.from_dict(metadata)
        nbformat.write(notebook, path)


if __name__ == "__main__":
    refresh()
