"""``workbook doctor``: is this machine ready, and what to do where it is not."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import workbook
from workbook.language import package_data

_PYTHON = (3, 11)
_INSTALL = "run `make reports` again, or `pip install --require-hashes -r requirements/run.txt`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One thing that was looked at."""

    subject: str
    good: bool
    found: str
    remedy: str = ""
    """What to do when it is not good."""


def examine(out: Path) -> list[Diagnosis]:
    """Look at everything that a run needs; ``out`` is where reports would go."""
    return [finding for look in _looks(out) for finding in look()]


def _looks(out: Path) -> list[Callable[[], Iterator[Diagnosis]]]:
    return [_python, _packages, _shipped, _kernel, _warm, _capacity, _pdf, lambda: _folders(out)]


def _python() -> Iterator[Diagnosis]:
    wanted = ".".join(map(str, _PYTHON))
    yield Diagnosis(
        subject="Python",
        good=sys.version_info[:2] >= _PYTHON,
        found=f"{sys.version.split()[0]} at {sys.executable}",
        remedy=f"install Python {wanted} or newer",
    )


def _packages() -> Iterator[Diagnosis]:
    from packaging.requirements import Requirement

    try:
        named = requires("consulting-workbook") or []
    except PackageNotFoundError:
        yield Diagnosis(
            subject="consulting-workbook",
            good=False,
            found="not installed",
            remedy="pip install --no-deps -e .",
        )
        return
    wanted = [Requirement(text) for text in named]
    for requirement in sorted(wanted, key=lambda r: r.name):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            found = _version_of(requirement.name)
            good = bool(found) and requirement.specifier.contains(found, prereleases=True)
            yield Diagnosis(
                subject=requirement.name,
                good=good,
                found=found or "not installed",
                remedy=f"{requirement.specifier} is needed: {_INSTALL}",
            )


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _shipped() -> Iterator[Diagnosis]:
    fonts = sorted((package_data.templates() / "fonts").glob("*.ttf"))
    yield Diagnosis(
        subject="fonts",
        good=bool(fonts),
        found=f"{len(fonts)} files",
        remedy="templates/fonts is empty: check the project out again",
    )
    books = sorted(package_data.notebooks().glob("*.ipynb"))
    yield Diagnosis(
        subject="notebooks",
        good=bool(books),
        found=", ".join(b.stem for b in books) or "none",
        remedy="the folder notebooks is empty: check the project out again",
    )


def _kernel() -> Iterator[Diagnosis]:
    """Start the interpreter as a kernel would be and see whether it finds this package."""
    import subprocess

    from workbook.batch.notebook_engine.kernel import environment, kernel_spec

    interpreter = kernel_spec().argv[0]
    question = "import ipykernel, workbook, sys; sys.stdout.write(workbook.__file__)"
    with tempfile.TemporaryDirectory(prefix="wb-") as folder:
        answer = subprocess.run(
            [interpreter, "-c", question],
            env=environment(Path(folder), 0),
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    ours = answer.stdout.strip() == workbook.__file__
    good = answer.returncode == 0 and ours
    lines = (answer.stdout if answer.returncode == 0 else answer.stderr).strip().splitlines()
    yield Diagnosis(
        subject="kernel",
        good=good,
        found=lines[-1] if lines else "no answer",
        remedy=f"notebooks cannot run with {interpreter}: {_INSTALL}",
    )


def _warm() -> Iterator[Diagnosis]:
    """Fork a process from one that has imported everything, as the warm engine does."""
    from workbook.batch.forked_process import ForkedProcesses
    from workbook.batch.process_start import CAN_FORK
    from workbook.errors import RunError

    if not CAN_FORK:
        found = "processes are not forked on this system; every report gets a plain kernel"
        yield Diagnosis(subject="warm engine", good=True, found=found)
        return
    try:
        pid = ForkedProcesses().call(os.getpid, seconds=120)
        good, found = True, f"a prepared process was forked ({pid})"
    except RunError as error:
        good, found = False, str(error)
    remedy = "run with --engine papermill, which needs no prepared process"
    yield Diagnosis(subject="warm engine", good=good, found=found, remedy=remedy)


def _capacity() -> Iterator[Diagnosis]:
    from workbook.batch.capacity import MIB, PER_REPORT, cores, default_jobs, free_memory

    free = free_memory()
    yield Diagnosis(
        subject="reports at once",
        good=free >= PER_REPORT,
        found=f"{default_jobs()} ({cores()} cores, {free // MIB:,} MiB of free memory)",
        remedy=f"less than {PER_REPORT // MIB} MiB of memory is free: close other programs",
    )


def _pdf() -> Iterator[Diagnosis]:
    try:
        import typst

        pdf = typst.compile(b"= Ready")
        found = f"a page of {len(pdf):,} bytes"
        good = bytes(pdf[:5]) == b"%PDF-"
    except Exception as error:  # whatever is wrong is the finding
        good, found = False, f"{type(error).__name__}: {error}"
    yield Diagnosis(
        subject="PDF", good=good, found=found, remedy=f"typst does not work: {_INSTALL}"
    )


def _folders(out: Path) -> Iterator[Diagnosis]:
    existing = next(p for p in (out.resolve(), *out.resolve().parents) if p.is_dir())
    for subject, folder in (
        ("temporary folder", Path(tempfile.gettempdir())),
        ("output", existing),
    ):
        yield Diagnosis(
            subject=subject,
            good=_is_writable(folder),
            found=str(folder),
            remedy=f"{folder} cannot be written; choose another with TMPDIR or --out",
        )


def _is_writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError:
        return False
    return True
