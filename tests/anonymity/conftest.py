"""One engagement with canaries, run by the real command, under pseudonyms and with names."""

import subprocess
import sys

import pytest

from tests.anonymity.canaries import plain, with_canaries


def run(*arguments):
    """Run the command line and return the finished process."""
    command = [sys.executable, "-m", "workbook", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def made(folder, out):
    done = run("run", folder, "--out", out)
    assert done.returncode == 0, done.stderr
    (period,) = (path for path in (out / "northbridge").iterdir() if path.is_dir())
    return period


@pytest.fixture(scope="session")
def acme(tmp_path_factory):
    """Return the engagement folder, with ``anonymise = true``."""
    return with_canaries(tmp_path_factory.mktemp("unnamed") / "acme", anonymise="true")


@pytest.fixture(scope="session")
def unnamed(acme, tmp_path_factory):
    """Return the folder of the period under pseudonyms."""
    return made(acme, tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="session")
def named(acme, tmp_path_factory):
    """Return the folder of the period with names."""
    return made(plain(acme), tmp_path_factory.mktemp("out"))
