"""What all properties of the reader share: how many examples, in what time, and what is worded.

In continuous integration the same few examples are tried each time.  ``FUZZ_TIMES=50`` tries
fifty times as many, other ones every time.
"""

import json
import os
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

from hypothesis import HealthCheck, settings

from benchmarks.corpora.wording import lacking
from workbook.errors import Problem
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

TIMES = int(os.environ.get("FUZZ_TIMES", "1"))
PATIENCE = 60
"""Seconds for one example; the slowest that is right takes less than two."""


def examples(count: int) -> Callable[[Any], Any]:
    """Return settings for so many examples in continuous integration."""
    return settings(
        max_examples=count * TIMES,
        derandomize=TIMES == 1,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


class TooLongError(BaseException):
    """An example takes longer than anybody waits; no code catches it as a fault of the file."""


@contextmanager
def bounded() -> Iterator[None]:
    """Stop what takes too long, where the system has such alarms."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def folder_of(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield an engagement folder with these files; it is gone afterwards."""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "data").mkdir()
        for name, content in files.items():
            (Path(home) / name).write_bytes(content)
        yield Path(home)


def assert_worded(problems: Iterable[Problem]) -> None:
    """Be sure that every problem has its whole sentence in every language."""
    for problem in problems:
        assert lacking(problem) == [], problem
        for language in LANGUAGES:
            said = line(problem, language)
            assert not set(said) & set("\0\n\r"), (problem, said)


def toml(value: Any) -> str:
    """Return a value of TOML in one line.

    >>> toml({"a": [1, True], "b c": {"d": "x"}})
    '{"a" = [1, true], "b c" = {"d" = "x"}}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{text(key)} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


def text(value: str) -> str:
    """Return a string of TOML."""
    return json.dumps(value.encode("utf-16", "replace").decode("utf-16")).replace("\x7f", "\\u007f")
