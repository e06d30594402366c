"""A file whose facts are what they were is not read again; any that may differ is."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from workbook.engagement import seen_files
from workbook.engagement.seen_files import SeenFiles

SECOND = 1_000_000_000
BEFORE = 1_700_000_000 * SECOND + 123_456_789
"""A day with parts of a millisecond, long ago."""


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def reads(monkeypatch) -> list[str]:
    """Return the names of the files that were read."""
    names: list[str] = []

    def counted(path: Path) -> str:
        names.append(path.name)
        return real(path)

    real = seen_files.file_hash
    monkeypatch.setattr(seen_files, "file_hash", counted)
    return names


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "sales.csv"
    path.write_bytes(b"one")
    return path


def later() -> int:
    """Return a time long after every change of this test."""
    return 4_000_000_000 * SECOND


def kept(seen: SeenFiles, tmp_path: Path) -> SeenFiles:
    """Return what another run knows."""
    seen.write(tmp_path / "seen.json")
    again = SeenFiles.read(tmp_path / "seen.json")
    again._clock = later
    return again


def test_a_file_is_read_once(file, tmp_path, reads):
    seen = SeenFiles(later)
    assert seen.hash(file) == seen.hash(file) == sha(b"one")
    assert kept(seen, tmp_path).hash(file) == sha(b"one")
    assert reads == ["sales.csv"]


def test_changed_content_of_the_same_size_and_time_is_seen(file, tmp_path, reads):
    os.utime(file, ns=(BEFORE, BEFORE))
    seen = SeenFiles(later)
    seen.hash(file)
    entered = file.stat().st_ctime_ns
    while file.stat().st_ctime_ns == entered:  # the clock of the disk ticks slowly
        file.write_bytes(b"two")
        os.utime(file, ns=(BEFORE, BEFORE))
    assert kept(seen, tmp_path).hash(file) == sha(b"two")
    assert len(reads) == 2


def test_a_touched_file_is_read_and_then_known_again(file, tmp_path, reads):
    seen = SeenFiles(later)
    told = seen.hash(file)
    os.utime(file, ns=(BEFORE, BEFORE))
    second = kept(seen, tmp_path)
    assert second.hash(file) == told
    assert kept(second, tmp_path).hash(file) == told
    assert len(reads) == 2


def test_a_replaced_file_is_read(file, tmp_path, reads):
    os.utime(file, ns=(BEFORE, BEFORE))
    seen = SeenFiles(later)
    seen.hash(file)
    other = tmp_path / "other"
    other.write_bytes(b"two")
    shutil.copystat(file, other)
    other.replace(file)
    assert kept(seen, tmp_path).hash(file) == sha(b"two")
    assert len(reads) == 2


@pytest.mark.parametrize(
    ("stamp", "behind", "known"),
    [
        (BEFORE, SECOND // 10, True),
        (BEFORE, SECOND // 100, False),
        (BEFORE - BEFORE % SECOND, SECOND // 10, False),
        (BEFORE - BEFORE % SECOND, 3 * SECOND, True),
    ],
)
def test_a_file_that_changed_within_a_tick_of_the_clock_is_hashed_again(
    file, tmp_path, reads, monkeypatch, stamp, behind, known
):
    size = file.stat().st_size
    facts = (size, stamp, stamp, 1, 1, 0o100644)
    monkeypatch.setattr(seen_files, "_facts", lambda path: facts)
    seen = SeenFiles(lambda: stamp + behind)
    assert seen.hash(file) == sha(b"one")
    file.write_bytes(b"two")  # within the tick: no fact of it tells
    wanted = b"one" if known else b"two"
    assert kept(seen, tmp_path).hash(file) == sha(wanted)


def test_a_file_that_changes_while_it_is_read_is_not_noted(file, tmp_path, reads, monkeypatch):
    def changing(path: Path) -> str:
        told = real(path)
        path.write_bytes(b"three")
        return told

    real = seen_files.file_hash
    monkeypatch.setattr(seen_files, "file_hash", changing)
    seen = SeenFiles(later)
    assert seen.hash(file) == sha(b"one")
    monkeypatch.setattr(seen_files, "file_hash", real)
    assert kept(seen, tmp_path).hash(file) == sha(b"three")


def test_what_is_no_file_is_looked_at_each_time(tmp_path):
    seen = SeenFiles(later)
    place = tmp_path / "sales.csv"
    assert seen.hash(place).startswith("not readable")
    place.mkdir()
    assert seen.hash(place).startswith("not a regular file")
    place.rmdir()
    place.write_bytes(b"one")
    assert seen.hash(place) == sha(b"one")


def test_a_file_that_was_just_delivered_is_known_by_the_hash_of_its_maker(file, tmp_path, reads):
    os.utime(file, ns=(BEFORE, BEFORE))
    seen = SeenFiles(later)
    seen.put(file, sha(b"one"))
    assert kept(seen, tmp_path).hash(file) == sha(b"one")
    assert reads == []


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b'{"form": 1}', b'{"form": 1, "files": []}', b"\xff",
        b'{"form": 2, "files": {}}', b'{"form": 1, "files": {"a": ["x"]}}',
        b'{"form": 1, "files": {"a": [1, 2, 3, 4, 5, 6, 7]}}',
    ],
)  # fmt: skip
def test_notes_that_are_not_understood_are_none(file, tmp_path, content):
    (tmp_path / "seen.json").write_bytes(content)
    assert SeenFiles.read(tmp_path / "seen.json").hash(file) == sha(b"one")


def test_notes_are_for_this_user_and_are_written_where_something_is_new(file, tmp_path):
    notes = tmp_path / "seen.json"
    seen = SeenFiles(later)
    seen.write(notes)
    assert not notes.exists()
    seen.hash(file)
    seen.write(notes)
    if os.name == "posix":
        assert notes.stat().st_mode & 0o077 == 0
    written = notes.stat().st_mtime_ns
    again = SeenFiles.read(notes)
    again.hash(file)
    again.write(notes)
    assert notes.stat().st_mtime_ns == written


def test_files_that_are_gone_are_forgotten(file, tmp_path):
    seen = SeenFiles(later)
    seen.hash(file)
    again = kept(seen, tmp_path)
    file.unlink()
    other = tmp_path / "other.csv"
    other.write_bytes(b"two")
    again.hash(other)
    again.write(tmp_path / "seen.json")
    assert "sales.csv" not in (tmp_path / "seen.json").read_text()
