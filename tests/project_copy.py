"""A copy of the project, for what is added to it, run in processes that see the copy alone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).resolve().parents[1]
_PARTS = ("workbook", "templates", "notebooks")

In: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]


def copied(folder: Path, *more: str) -> Path:
    """Copy the package and what comes with it, and more files and folders of the project."""
    for name in (*_PARTS, *more):
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, target)
    return folder


def python(project: Path, *arguments: Any) -> "subprocess.CompletedProcess[str]":
    """Run Python where the copy comes before the package that is installed."""
    environment = os.environ | {"PYTHONPATH": str(project)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # each process would compile the copy anew
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def add_name(project: Path, name: str) -> None:
    """Name a new diagnostic in the one line that a new one needs."""
    path = project / "workbook" / "diagnostics" / "__init__.py"
    text = path.read_text("utf-8")
    last = '    "financial_quartiles",\n'
    assert text.count(last) == 1
    path.write_text(text.replace(last, f'{last}    "{name}",\n'), "utf-8")
