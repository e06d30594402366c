"""A pack of a real engagement: twice the same bytes, and nothing in it that is not the client's."""

import csv
import shutil
import zipfile
from io import BytesIO

import pytest
from command_line import ROOT, here, workbook
from pypdf import PdfReader

SAMPLE = ROOT / "data_samples" / "previous" / "ural-tekhnika-2025-q2"
CANARY = "canary-7f3a"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """Make the reports of an engagement under pseudonyms, in folders called as no report may."""
    home = tmp_path_factory.mktemp(CANARY)
    folder = home / "engagement"
    shutil.copytree(SAMPLE, folder)
    text = (folder / "engagement.toml").read_text("utf-8")
    text = text.replace('status = "final"', 'status = "final"\nanonymise = true')
    (folder / "engagement.toml").write_text(text, "utf-8")
    done = workbook("run", folder, "--out", home / "reports")
    assert done.returncode == 0, done.stderr
    return home / "reports"


@pytest.fixture(scope="module")
def packed(out):
    done = here("pack", out.parent / "engagement", "--reports", out, "--names")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("АО «Уралтехника-Сад»: за II\u00a0квартал 2025")
    return out / "ural-tekhnika-2025-q2" / "2025-Q2" / "ural-tekhnika-2025-q2-2025-Q2.zip"


def texts(name, content):
    """Yield everything that a file of the pack says, its own compression undone."""
    if name.endswith(".pdf"):
        reader = PdfReader(BytesIO(content))
        yield from (page.extract_text() for page in reader.pages)
        yield from (str(value) for value in (reader.metadata or {}).values())
        for number in range(1, len(reader.xref[0]) + 1):
            held = reader.get_object(number)
            if hasattr(held, "get_data"):
                yield held.get_data().decode("latin-1")
    elif name.endswith(".xlsx"):
        with zipfile.ZipFile(BytesIO(content)) as parts:
            for part in parts.namelist():
                yield part
                yield parts.read(part).decode("utf-8", "replace")
    else:
        yield content.decode("utf-8")


def said(packed):
    with zipfile.ZipFile(packed) as archive:
        for name in archive.namelist():
            yield name
            yield from texts(name, archive.read(name))


def test_it_names_the_reports_by_their_titles(packed):
    with zipfile.ZipFile(packed) as archive:
        assert sorted(archive.namelist()) == [
            *(f"1. Сводка.{fmt}" for fmt in ("html", "pdf", "xlsx")),
            *(f"2. Лояльность клиентов.{fmt}" for fmt in ("html", "pdf", "xlsx")),
            *(f"3. Почему уходят клиенты.{fmt}" for fmt in ("html", "pdf", "xlsx")),
            "index.html",
            "Все отчёты.pdf",
        ]


@pytest.mark.bad_input("J11")
def test_no_path_no_notebook_and_nobody_behind_a_pseudonym_is_in_it(packed, out):
    internal = out / "ural-tekhnika-2025-q2" / "2025-Q2" / "internal"
    listed = (internal / "pseudonyms.csv").read_text("utf-8-sig").splitlines()
    rows = list(csv.reader(listed[1:], delimiter=";"))
    codes, real = {row[1] for row in rows}, {row[2] for row in rows if len(row[2]) > 4}
    assert len(real) > 50
    everything = list(said(packed))
    forbidden = {CANARY, str(ROOT), "ipynb", "pseudonyms.csv", "manifest.json", "engagement.toml"}
    found = {word for text in everything for word in forbidden | real if word in text}
    assert found == set()
    assert any(code in text for text in everything for code in codes)  # the search can find


def test_packed_again_it_is_the_same_byte_for_byte(packed, out, tmp_path):
    file = tmp_path / "again.zip"
    done = here("pack", out.parent / "engagement", "--reports", out, "--names", "--out", file)
    assert done.returncode == 0, done.stderr
    assert file.read_bytes() == packed.read_bytes()
    assert file.with_suffix(".txt").read_text("utf-8") == done.stdout


def test_the_pdf_of_all_has_bookmarks_and_tags(packed):
    with zipfile.ZipFile(packed) as archive:
        whole = PdfReader(BytesIO(archive.read("Все отчёты.pdf")))
        names = [name for name in sorted(archive.namelist()) if name[0].isdigit()]
        alone = [PdfReader(BytesIO(archive.read(n))) for n in names if n.endswith(".pdf")]
    assert len(whole.pages) == sum(len(reader.pages) for reader in alone)
    titles = [one.title for one in whole.outline if not isinstance(one, list)]
    assert titles == [reader.metadata.title for reader in alone]
    assert whole.root_object["/MarkInfo"]["/Marked"]
