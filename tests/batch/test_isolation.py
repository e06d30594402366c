"""No report sees a secret of the machine, a file of another run, or a word of another client."""

import csv
import io
import json
import os
import zipfile
from multiprocessing import forkserver
from unittest.mock import patch

import pytest

from workbook.batch.forked_process import ForkedProcesses
from workbook.batch.notebook_engine.kernel import fixed_environment
from workbook.batch.outcome import Status, exit_code
from workbook.batch.prepared_engagement import RunOptions
from workbook.batch.process_start import CAN_FORK, LANGUAGES_VARIABLE
from workbook.batch.services import default_services
from workbook.batch.session import run_session

from .faulty_batch import TESTS
from .faulty_work import look_around

pytestmark = [
    pytest.mark.skipif(not CAN_FORK, reason="needs processes that fork safely"),
    pytest.mark.filterwarnings("ignore"),  # of the libraries around the kernel
]

SECRET = "s3cret-of-the-consultant"
OF_A_TERMINAL = ("COLUMNS", "LINES")
"""Set by the library of line editing, behind Python's back."""
AROUND = "from batch.faulty_work import look_around\nanswers = look_around()"


@pytest.fixture(scope="module")
def secretive():
    """Keep a secret in the environment of everything that is started from now on."""
    told = {"CLIENT_API_TOKEN": SECRET, "AWS_SECRET_ACCESS_KEY": SECRET}
    with patch.dict(os.environ, told | {"PYTHONPATH": str(TESTS)}):
        forkserver._forkserver._stop()
        yield
        forkserver._forkserver._stop()


@pytest.mark.bad_input("J10")
def test_the_reading_process_has_an_environment_of_its_own(secretive):
    seen = ForkedProcesses().call(look_around)
    assert len(seen["environments"]) == 2  # its own and the fork server's
    assert SECRET not in json.dumps(seen)
    allowed = {*fixed_environment(), LANGUAGES_VARIABLE, *OF_A_TERMINAL, "LC_CTYPE"}
    assert set(seen["here"]) <= allowed
    assert SECRET in os.environ["CLIENT_API_TOKEN"]


@pytest.mark.bad_input("J10")
@pytest.mark.parametrize(("engine", "processes"), [("warm", 2), ("papermill", 3)])
def test_a_cell_and_the_processes_above_it_have_environments_of_their_own(
    engine, processes, secretive, batch
):
    batch.write_notebook(AROUND)
    assert exit_code(batch.run(engine=engine)) == 0
    seen = batch.result("acme")["answers"]
    assert len(seen["environments"]) == processes
    assert SECRET not in json.dumps(seen)
    assert SECRET.encode() not in b"".join(batch.files().values())


def test_a_report_keeps_the_list_of_fonts_where_the_run_does(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    outside = fixed_environment()
    assert outside["MPLCONFIGDIR"].startswith(str(tmp_path))
    with patch.dict(os.environ, outside, clear=True):
        assert fixed_environment() == outside


MODES = """\
import os, stat
work = Path.cwd()
private = [p for p in (work, *work.parents) if ".work-" in str(p)]
kept = sorted(p for p in private[-1].iterdir() if p.is_file())
answers = [[stat.S_IMODE(p.stat().st_mode) for p in private], len(kept)]
answers += [[stat.S_IMODE(p.stat().st_mode) for p in kept]]
{fault}"""


@pytest.mark.bad_input("J9")
@pytest.mark.parametrize("engine", ["warm", "papermill"])
def test_the_folders_of_a_run_are_private_and_gone_afterwards(engine, batch):
    batch.write_notebook(MODES.format(fault=""))
    assert exit_code(batch.run(engine=engine)) == 0
    assert batch.result("acme")["answers"] == [[0o700] * 4, 1, [0o600]]
    assert batch.hidden() == []


@pytest.mark.bad_input("J9")
def test_the_folders_of_a_run_that_fails_are_gone_as_well(batch, tmp_path, monkeypatch):
    """Of a run that is asked to end, too: that is tested with the signals."""
    elsewhere = tmp_path / "tmp"
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    batch.write_notebook(MODES.format(fault="1 / 0"))
    (outcome,) = batch.run()
    assert [report.status for report in outcome.reports] == [Status.FAILED]
    assert (batch.hidden(), list(elsewhere.iterdir())) == ([], [])


CANARIES = {"first": "Zimorodok", "second": "Pustelga"}
TOML = """\
schema_version = 1
id = "{id}"
client = "{word} Works"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
status = "final"
diagnostics = ["loyalty"]
"""


@pytest.fixture(scope="module")
def two_clients(tmp_path_factory):
    """Make the reports of two clients at once; return the output and what was said."""
    folder = tmp_path_factory.mktemp("canaries")
    for name, word in CANARIES.items():
        write_client(folder / name, name, word)
    options = RunOptions(out=folder / "out", formats=("html", "pdf", "xlsx", "json"))
    folders = [folder / name for name in CANARIES]
    outcomes = run_session(folders, options, default_services(), jobs=2)
    assert exit_code(outcomes) == 0, outcomes
    return folder / "out"


def write_client(folder, name, word):
    (folder / "data").mkdir(parents=True)
    (folder / "notes").mkdir()
    (folder / "engagement.toml").write_text(TOML.format(id=name, word=word), "utf-8")
    (folder / "notes" / "loyalty.md").write_text(f"We met the people of {word}.\n", "utf-8")
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["respondent_id", "date", "score", "customer_id", "reason", "product"])
    for n in range(1, 61):
        said = f"{word} was {'late' if n % 3 else 'quick'}, case {n}"
        month = 1 + n % 12
        rows.writerow([f"{word}-{n}", f"2025-{month:02}-15", n % 11, f"C{n}", said, f"{word} X"])
    (folder / "data" / "survey.csv").write_text(text.getvalue(), "utf-8")


def unpacked(path):
    """Return the bytes of a file, of a workbook those of its parts, of a PDF its text."""
    content = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return b"".join(book.read(part) for part in book.namelist())
    if path.suffix == ".pdf":
        from pypdf import PdfReader

        return content + "".join(p.extract_text() for p in PdfReader(path).pages).encode()
    return content


@pytest.mark.bad_input("J1")
def test_no_byte_of_one_client_is_in_the_output_of_another(two_clients):
    for name, other in (("first", "second"), ("second", "first")):
        files = [p for p in (two_clients / name).rglob("*") if p.is_file()]
        held = {p.name: unpacked(p) for p in files}
        assert {"loyalty.html", "loyalty.pdf", "loyalty.xlsx", "loyalty.json"} <= held.keys()
        assert {"loyalty.ipynb", "loyalty.log", "manifest.json"} <= held.keys()
        foreign = [CANARIES[other].encode(), f"/{other}".encode()]
        assert [n for n, f in held.items() if any(word in f for word in foreign)] == []
        own = {n for n, f in held.items() if CANARIES[name].encode() in f}
        assert {"loyalty.html", "loyalty.pdf", "loyalty.xlsx", "loyalty.ipynb"} <= own
