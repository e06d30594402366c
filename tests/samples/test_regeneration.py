"""The committed sample files are what the generator makes."""

import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree.ElementTree import canonicalize

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("samples")
    command = [sys.executable, "-m", "data_samples.generate", "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)
    return out


def _files(folder: Path) -> list[Path]:
    found = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return sorted(p for p in found if "generate" not in p.parts)


def _content(path: Path) -> object:
    """Bytes; of a workbook its parts: zlib and what writes XML differ from machine to machine."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return [
            (part.filename, part.date_time, canonicalize(book.read(part)))
            for part in book.infolist()
        ]


def test_every_generated_file_is_committed_as_it_stands(made: Path, samples: Path) -> None:
    different = [f for f in _files(made) if _content(made / f) != _content(samples / f)]
    assert different == []


def test_every_committed_data_file_is_generated(made: Path, samples: Path) -> None:
    written_by_hand = {".toml", ".md", ".svg"}
    committed = [f for f in _files(samples) if f.suffix not in written_by_hand]
    assert committed == _files(made)


def test_the_samples_are_small(samples: Path) -> None:
    assert sum((samples / f).stat().st_size for f in _files(samples)) < 2_000_000
