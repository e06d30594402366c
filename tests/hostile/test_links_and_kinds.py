"""Nothing but a plain file inside the engagement folder is read; all else is told as what it is."""

import errno
import os
import re
import shutil
from pathlib import Path

import pytest
from hostile_engagement import checked, engagement, errors, said, the_error

from workbook.batch.find_engagements import engagement_folders, expected
from workbook.batch.started_ahead import Ahead
from workbook.diagnostics import param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.engagement.fingerprint import hash_files
from workbook.errors import InputError, Location
from workbook.intake.files.logo import logo_uri
from workbook.intake.files.plain_file import (
    names_in,
    plain_files,
    read_named,
    read_plain,
    unreadable,
)

CANARY = "CANARY-OF-ANOTHER-CLIENT"
FILES = (
    "notes/loyalty.md",
    "notes/summary.md",
    "notes/actions.xlsx",
    "reasons.yaml",
    "ratios.yaml",
    "coding/loyalty.csv",
    "coding/loyalty.xlsx",
    "coding/code_frame.yaml",
    "questionnaires/own.yaml",
    "data/survey.csv",
    "data/sales.xlsx",
    "data/forms/anna.xlsx",
    "data/base.parquet",
)
FOLDERS = ("notes", "coding", "questionnaires", "data", "data/forms")


def in_place_of(folder: Path, name: str) -> Path:
    """Return where a file of the engagement lies, nothing there."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return path


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return engagement(tmp_path / "acme")


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Return a file of another client."""
    path = tmp_path / "other" / "secret.md"
    path.parent.mkdir()
    path.write_text(CANARY, "utf-8")
    return path


@pytest.mark.parametrize("name", FILES)
def test_a_link_is_refused_by_name_and_nothing_of_its_target_is_said(
    name: str, acme: Path, foreign: Path
) -> None:
    in_place_of(acme, name).symlink_to(foreign)
    assert errors(acme) == [("file_is_link", name)]
    assert CANARY not in said(acme)


@pytest.mark.parametrize("name", ["notes/loyalty.md", "data/survey.csv"])
def test_a_link_is_refused_where_it_leads_to_nothing_and_inside_the_folder(
    name: str, acme: Path
) -> None:
    shutil.copy(acme / "data" / "survey.csv", acme / "copy")
    in_place_of(acme, name).symlink_to(acme / "nothing")
    assert errors(acme) == [("file_is_link", name)]
    in_place_of(acme, name).symlink_to(acme / "copy")
    assert errors(acme) == [("file_is_link", name)]


def test_a_copy_in_place_of_the_link_is_read(acme: Path, foreign: Path) -> None:
    """As the message says."""
    note = in_place_of(acme, "notes/loyalty.md")
    note.symlink_to(foreign)
    assert "Put a copy of the file itself here." in said(acme)
    note.unlink()
    shutil.copy(foreign, note)
    assert errors(acme) == []


@pytest.mark.parametrize("name", [name for name in FILES if name != "data/sales.xlsx"])
def test_a_folder_in_place_of_a_file_is_told(name: str, acme: Path) -> None:
    in_place_of(acme, name).mkdir()
    found = [(p.code, p.place.file) for p in checked(acme).problems]
    usual = {"data/survey.csv": "unknown_file", "data/forms/anna.xlsx": "form_file"}
    assert (usual.get(name, "file_is_folder"), name) in found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("name", FILES)
def test_a_pipe_is_told_without_waiting_for_it(name: str, acme: Path) -> None:
    os.mkfifo(in_place_of(acme, name))
    assert errors(acme) == [("file_is_pipe", name)]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_linked_folder_is_told_once_and_not_entered(
    name: str, acme: Path, foreign: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    if (acme / name).exists():
        (acme / name).rename(elsewhere)
    else:
        elsewhere.mkdir()
    for file in ("loyalty.md", "loyalty.csv", "own.yaml", "anna.xlsx"):
        shutil.copy(foreign, elsewhere / file)
    (acme / name).symlink_to(elsewhere, target_is_directory=True)
    assert errors(acme) == [("folder_is_link", name)]
    assert CANARY not in said(acme)
    (acme / name).unlink()  # as the message says: a folder with copies
    shutil.copytree(elsewhere, acme / name)
    assert "folder_is_link" not in dict(errors(acme))


@pytest.mark.parametrize("name", ["notes", "coding", "questionnaires"])
def test_a_file_in_place_of_a_folder_is_told(name: str, acme: Path) -> None:
    (acme / name).write_text("x", "utf-8")
    assert errors(acme) == [("folder_is_file", name)]


def test_neither_hashes_nor_sizes_go_through_links(acme: Path, foreign: Path) -> None:
    (acme / "notes").symlink_to(foreign.parent, target_is_directory=True)
    loaded = load_engagement(acme, param_types())
    assert dict(hash_files(loaded).notes) == {}
    assert list(plain_files(acme / "notes")) == []
    assert [path.name for path in plain_files(acme)] == [
        "engagement.toml",
        "notes",
        "lost_customers.csv",
        "survey.csv",
    ]


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_engagement_toml_is_told_by_what_it_is(kind: str, acme: Path, foreign: Path) -> None:
    path = in_place_of(acme, "engagement.toml")
    if kind == "link":
        path.symlink_to(foreign)
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    assert engagement_folders([acme]) == engagement_folders([acme.parent]) == (acme.resolve(),)
    assert errors(acme) == [(f"file_is_{kind}", "engagement.toml")]
    assert expected([acme]) == Ahead()
    assert CANARY not in said(acme)


def test_the_previous_engagement_is_not_reached_through_a_link(acme: Path, tmp_path: Path) -> None:
    before = engagement(tmp_path / "before")
    (tmp_path / "shortcut").symlink_to(before, target_is_directory=True)
    for way in ("../shortcut", "../shortcut/../shortcut"):
        with (acme / "engagement.toml").open("w", encoding="utf-8") as file:
            file.write((before / "engagement.toml").read_text("utf-8") + f'previous = "{way}"\n')
        assert the_error(acme).code == "previous_is_link"
    written = (acme / "engagement.toml").read_text("utf-8").replace(way, "../before")
    later = re.sub(r"(?m)^as_of = (\d{4})", lambda year: f"as_of = {int(year[1]) + 1}", written)
    (acme / "engagement.toml").write_text(later, "utf-8")
    assert errors(acme) == []


def test_a_logo_in_a_linked_folder_is_refused(acme: Path, foreign: Path) -> None:
    (acme / "brand").symlink_to(foreign.parent, target_is_directory=True)
    uri, (problem,) = logo_uri("brand/secret.md", acme, Location())
    assert (uri, problem.code) == ("", "folder_is_link")


# The reader itself


def refused(folder: Path, name: str, **options: int) -> str:
    with pytest.raises(InputError) as failure:
        read_plain(folder, name, **options)
    (problem,) = failure.value.problems
    return problem.code


def test_bytes_come_as_they_are_and_no_more_than_allowed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"\r\n\x00")
    assert read_plain(tmp_path, "a/b", most=3) == b"\r\n\x00"
    assert refused(tmp_path, "a/b", most=2) == "file_too_many_kb"
    assert refused(tmp_path, "a/c") == "file_missing"
    assert refused(tmp_path, "a/b/c") == "folder_is_file"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="devices of Unix")
def test_a_device_that_the_user_names_is_refused() -> None:
    with pytest.raises(InputError) as failure:
        read_named(Path("/dev/zero"), Location(file="zero"))
    assert [p.code for p in failure.value.problems] == ["file_is_device"]


def test_a_file_that_the_user_names_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert read_named(tmp_path / "b", Location(file="b")) == b"x"


def test_a_link_that_comes_between_the_look_and_the_reading_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "a").symlink_to(tmp_path / "secret")
    monkeypatch.setattr("workbook.intake.files.plain_file._kind", lambda path: "")
    assert refused(tmp_path, "a") == "file_is_link"


def test_without_steps_the_path_that_was_found_must_lie_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (inside / "a").symlink_to(tmp_path / "secret")
    (inside / "b").write_bytes(b"x")
    monkeypatch.setattr("workbook.intake.files.plain_file._STEPWISE", False)
    assert read_plain(inside, "b") == b"x"
    monkeypatch.setattr("workbook.intake.files.plain_file._kind", lambda path: "")
    assert refused(inside, "a") == "file_is_link"


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "file_no_right"),
        (OSError(errno.EIO, "Input/output error"), "file_unreadable"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "file_missing"),
    ],
)
def test_what_the_system_refuses_is_told_as_that(failure: OSError, code: str) -> None:
    """Close the file in Excel: that is said only where another program has it open, on Windows."""
    assert unreadable(failure, Location()).code == code
    failure.winerror = 32
    assert unreadable(failure, Location()).code == "file_locked"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_and_a_folder_without_the_right_to_read_are_told(acme: Path) -> None:
    (acme / "notes").mkdir()
    (acme / "notes" / "loyalty.md").write_text("x", "utf-8")
    (acme / "notes" / "loyalty.md").chmod(0)
    assert errors(acme) == [("file_no_right", "notes/loyalty.md")]
    (acme / "notes").chmod(0)
    assert errors(acme) == [("file_no_right", "notes")]
    (acme / "notes").chmod(0o700)


def test_a_folder_that_is_not_there_has_no_names(tmp_path: Path) -> None:
    assert names_in(tmp_path, "notes") == ([], [])
