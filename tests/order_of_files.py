"""In which order test files run where several processes share the work, and which stay together.

A process takes the next file when it is free. So long files come first, and none is left to
one process while the others have nothing to do. Files of a group run in one process: what one of
them has opened, drawn or printed, the next one finds (``functools.cache``, session fixtures).
"""

from pathlib import Path

from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).resolve().parents[1]
LONG = (
    "tests/views",
    "tests/end_to_end",
    "tests/claims/test_generated_engagements.py",
    "tests/test_sixth_diagnostic.py",
    "tests/anonymity",
    "notebooks",
    "tests/batch",
    "tests/calibration",
    "tests/cases",
    "tests/hostile",
    "tests/disclosure",
    "tests/charts",
    "tests/texts/test_toy_language.py",
    "tests/test_contract.py",
    "tests/summary",
    "tests/office",
    "tests/loyalty",
    "tests/financial",
    "tests/segmentation",
)
"""Files and folders whose tests take longest; the rest follows as it was collected."""
TOGETHER = (
    ("tests/views",),
    ("tests/anonymity",),
    ("tests/summary",),
    ("tests/end_to_end/test_rendered_report.py", "tests/end_to_end/test_bad_survey.py"),
)
"""Files and folders that share what is dear to make."""


def place(file: Path) -> int:
    """Return the place of a test file in the order: of two, the one with the lower comes first."""
    found = (n for n, path in enumerate(LONG) if _holds(path, file))
    return next(found, len(LONG))


def group(file: Path) -> str:
    """Return a name that is the same for all files that run in one process."""
    found = (paths[0] for paths in TOGETHER if any(_holds(path, file) for path in paths))
    return next(found, file.relative_to(ROOT).as_posix())


class FilesInOrder(LoadFileScheduling):
    """Gives a process one file after another, and the files of a group together."""

    def _split_scope(self, nodeid: str) -> str:
        return group(ROOT / nodeid.split("::", 1)[0])


def _holds(path: str, file: Path) -> bool:
    return file.is_relative_to(ROOT / path)
