"""What is printed: nothing steers the terminal, and a stream that is closed or full is no crash."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_engagement import engagement

from workbook.commands.terminal import Screen, styled, tell
from workbook.errors import RunError
from workbook.language.visible import as_text, is_text, visible

PATIENCE = 180
HOSTILE = "p\x1b]0;PWN\x07\x9b31m\u202e\u200bx.csv"
WRITTEN = r"p\u001b]0;PWN\u0007\u009b31m\u202e\u200bx.csv"
UNIX = pytest.mark.skipif(os.name == "nt", reason="shells and names of Unix")


def shell(command: str, *folders: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command line of ``workbook``; the folders are "$1", "$2" ..."""
    workbook = f"'{sys.executable}' -m workbook"
    return subprocess.run(
        ["/bin/bash", "-c", command.replace("workbook ", f"{workbook} "), "bash", *folders],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize(
    "text", ["Отчёт «Акме»", "naïve – café", "a\tb\n", "日本語 🙂", "e\u0301", "\\u001b"]
)
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_what_cannot_be_seen_is_written_as_json_writes_it() -> None:
    assert visible(HOSTILE) == WRITTEN
    text = "\U000e0041\udcff\x00\r"
    assert json.loads(f'"{visible(text)}"') == text


def test_names_that_are_no_text_are_known_and_can_be_stored() -> None:
    name = os.fsdecode(b"\xff.csv")
    assert (is_text(name), is_text("é.csv")) == (False, True)
    assert as_text(name).encode("utf-8") == rb"\udcff.csv"
    assert as_text("\x1b") == "\x1b"  # for the terminal to be written out, not for storage


def test_a_screen_writes_out_all_but_styles_of_our_own() -> None:
    below = io.BytesIO()
    screen = Screen(below, encoding="utf-8", errors="backslashreplace", newline="\n")
    screen.write("\x1b[31m\n")
    styled(screen).write("\x1b[0m")
    screen.flush()
    assert below.getvalue() == b"\\u001b[31m\n\x1b[0m"


def test_a_screen_without_the_letters_writes_their_numbers() -> None:
    below = io.BytesIO()
    screen = Screen(below, encoding="ascii", errors="backslashreplace")
    screen.write("Ж")
    screen.flush()
    assert below.getvalue() == b"\\u0416"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
def test_output_that_cannot_be_written_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "wb", buffering=0) as full:  # noqa: PTH123
        monkeypatch.setattr("sys.stdout", Screen(full, encoding="utf-8"))
        with pytest.raises(RunError, match="the output could not be written: No space"):
            tell("x")


@pytest.mark.bad_input("E5")
@UNIX
def test_no_name_of_a_file_or_folder_reaches_the_terminal_raw(tmp_path: Path) -> None:
    folder = engagement(tmp_path / "a\x1b[31m\u202eb")
    (folder / "data" / HOSTILE).write_text("x", "utf-8")
    (folder / "data" / os.fsdecode(b"\xff\xfe.csv")).write_text("x", "utf-8")
    for command in ('workbook check -v "$1"', 'workbook check --format json "$1"'):
        done = shell(command, folder)
        said = (done.stdout + done.stderr).decode("utf-8")
        assert done.returncode == 3, said
        assert visible(said) == said
        assert WRITTEN in said
        assert r"data/\udcff\udcfe.csv" in said.replace("\\\\", "\\")
    found = json.loads(done.stdout)
    (checked,) = found["engagements"]
    assert Path(checked["folder"]) == folder.resolve()
    assert {p["code"] for p in checked["problems"]} == {"unknown_file", "file_name_not_text"}


@pytest.mark.bad_input("G2")
@UNIX
def test_a_folder_whose_name_is_no_text_is_told(tmp_path: Path) -> None:
    folder = engagement(tmp_path / os.fsdecode(b"acme\xff"))
    for command in ('workbook check -v "$1"', 'workbook run "$1" --out "$2"'):
        done = shell(command, folder, tmp_path / "out")
        said = (done.stdout + done.stderr).decode("utf-8")
        assert (done.returncode, "Traceback" in said) == (3, False), said
        assert "is not valid UTF-8. Fix: Rename the folder." in said
    renamed = folder.rename(tmp_path / "acme")
    assert shell('workbook check "$1"', renamed).returncode == 0


@UNIX
def test_a_run_with_closed_output_makes_its_reports(tmp_path: Path) -> None:
    folder = engagement(tmp_path / "acme")
    (folder / "data" / "lost_customers.csv").unlink()
    out = tmp_path / "out"
    done = shell('workbook run "$1" --out "$2" --formats json >&- 2>&- <&-', folder, out)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (out / "acme" / "2025" / "results" / "loyalty.json").is_file()
    done = shell('workbook status "$1" --out "$2" >&-; echo $?', folder, out)
    assert (done.stdout, done.stderr) == (b"0\n", b"")


@UNIX
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        engagement(tmp_path / name)
    done = shell('workbook check "$1" | head -1; echo ${PIPESTATUS[0]}', tmp_path)
    assert (done.stdout, done.stderr) == (
        b"acme: ready for loyalty, churn_reasons, summary\n0\n",
        b"",
    )
    done = shell('workbook check "$1" 2>&1 >/dev/full; echo $?', tmp_path)
    assert done.stdout == b"the output could not be written: No space left on device\n4\n"
