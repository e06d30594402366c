"""The process that reads the workbooks of an engagement: one, replaced when it fails."""

import signal
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from intake_folder import Folder, errors

from workbook.intake.files import book_reader
from workbook.intake.files.book_reader import BookReader

DAY = date(2025, 3, 1)
SURVEY = [["respondent_id", "date", "score"], ["1", DAY, 9]]
SALES = [["customer_id", "date", "amount"], ["A", DAY, 1]]
CUSTOMERS = [["customer_id"], ["A"]]
HANGS = """
import time
from workbook.intake.files import excel_worker
read = excel_worker.read
excel_worker.read = lambda path: time.sleep(60) if "sales" in path else read(path)
excel_worker.main()
"""
TELLS_ITS_ENVIRONMENT = """
import json, os, sys
for line in sys.stdin:
    print(json.dumps({"names": sorted(os.environ)}), flush=True)
"""
TELLS_ITS_MODULES = """
import json, sys
import workbook.intake.files.excel_worker
for line in sys.stdin:
    print(json.dumps({"names": sorted(sys.modules)}), flush=True)
"""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Every process that was started."""
    made: list[subprocess.Popen[bytes]] = []
    start = book_reader._started

    def noted() -> subprocess.Popen[bytes]:
        made.append(start())
        return made[-1]

    monkeypatch.setattr(book_reader, "_started", noted)
    return made


def three_workbooks(folder: Folder) -> None:
    folder.write_xlsx("customers.xlsx", {"S": CUSTOMERS})
    folder.write_xlsx("sales.xlsx", {"S": SALES})
    folder.write_xlsx("survey.xlsx", {"S": SURVEY})


def pack_strangely(file: Path) -> None:
    """Name a compression that no reader knows: zipfile raises what nobody expects."""
    with zipfile.ZipFile(file, "a") as archive:
        archive.getinfo("xl/worksheets/sheet1.xml").compress_type = 97
        archive._didModify = True  # type: ignore[attr-defined]


def test_one_process_reads_all_workbooks_and_is_ended(folder: Folder, started) -> None:
    three_workbooks(folder)
    assert set(folder.read().tables) == {"customers", "sales", "survey"}
    assert [process.returncode is None for process in started] == [False]


def test_without_a_workbook_no_process_is_started(folder: Folder, started) -> None:
    folder.write("survey.csv", "respondent_id;date;score\n1;2025-01-01;9\n")
    assert set(folder.read().tables) == {"survey"}
    assert started == []


def test_a_workbook_that_crashes_the_reader_leaves_the_others_read(folder: Folder, started) -> None:
    three_workbooks(folder)
    pack_strangely(folder.path / "data" / "sales.xlsx")
    intake = folder.read()
    assert [(p.code, p.place.file) for p in intake.problems if p.is_error] == [
        ("workbook_crashes_reader", "data/sales.xlsx")
    ]
    assert set(intake.tables) == {"customers", "survey"}
    assert len(started) == 3, "the first, one that sales crashes alone, one for the survey"


def test_a_workbook_that_hangs_the_reader_leaves_the_others_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_workbooks(folder)
    monkeypatch.setattr(book_reader, "_START", HANGS)
    monkeypatch.setattr(book_reader, "TIMEOUT_SECONDS", 3)
    intake = folder.read()
    assert errors(intake) == [("workbook_too_slow", None, "")]
    assert set(intake.tables) == {"customers", "survey"}


def test_a_process_that_died_between_two_workbooks_is_replaced(folder: Folder, started) -> None:
    three_workbooks(folder)
    data = folder.path / "data"
    with BookReader() as books:
        assert books.report(data / "sales.xlsx")["sheets"]
        started[0].kill()
        assert books.report(data / "survey.xlsx")["sheets"]
    assert len(started) == 2


def test_the_process_ends_with_its_input(folder: Folder, started) -> None:
    process = book_reader._started()
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=60) == 0
    process.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_the_death_of_the_parent_ends_the_process(folder: Folder) -> None:
    file = folder.write_xlsx("survey.xlsx", {"S": SURVEY})
    script = (
        "import sys, time; from pathlib import Path\n"
        "from workbook.intake.files.book_reader import BookReader\n"
        "books = BookReader(); books.report(Path(sys.argv[1]))\n"
        "print(books._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, file], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        reader = int(parent.stdout.readline())
        assert is_running(reader)
        parent.send_signal(signal.SIGKILL)
    limit = time.monotonic() + 30
    while is_running(reader) and time.monotonic() < limit:
        time.sleep(0.05)
    assert not is_running(reader)


def is_running(pid: int) -> bool:
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")


@pytest.mark.bad_input("J10")
def test_secrets_of_the_environment_do_not_reach_the_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CRM_TOKEN", "secret")
    monkeypatch.setattr(book_reader, "_START", TELLS_ITS_ENVIRONMENT)
    with BookReader() as books:
        names = books.report(tmp_path)["names"]
    assert "PYTHONPATH" in names
    assert "CRM_TOKEN" not in names
    assert not {"HOME", "USER"} & set(names)


def test_the_process_imports_little(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(book_reader, "_START", TELLS_ITS_MODULES)
    with BookReader() as books:
        names = books.report(tmp_path)["names"]
    assert "workbook.intake.files.excel_worker" in names
    assert not {"numpy", "pandas", "pydantic", "yaml", "dataclasses", "inspect"} & set(names)
