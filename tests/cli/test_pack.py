"""The pack: what the client gets and nothing else, the same bytes twice, refused when not right."""

import errno
import os
import re
import signal
import zipfile
from io import BytesIO
from pathlib import PureWindowsPath
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from workbook.batch.pack_names import safe_name
from workbook.engagement import manifest as manifests
from workbook.errors import RunError

from . import toy_reports
from .conftest import diagnostic

FILES = ["all_reports.pdf", "index.html", "loyalty.html", "loyalty.pdf", "loyalty.xlsx"]
LANGUAGES = ("en", "ru", "sk")


@pytest.fixture(autouse=True)
def toys(fake):
    fake.publish = toy_reports.publish


@pytest.fixture
def made(command, make_engagement, out):
    """Return a function that makes the reports of an engagement and gives its folder."""

    def make(*arguments, **configuration):
        folder = make_engagement(**configuration)
        code, _, told = command("run", folder, "--out", out, *arguments)
        assert code == 0, told
        return folder

    return make


@pytest.fixture
def pack(command, out):
    return lambda *arguments: command("pack", *arguments, "--reports", out)


@pytest.fixture
def target(out):
    return out / "acme" / "2025-Q4" / "acme-2025-Q4.zip"


def contents(file):
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def packs(out):
    return sorted(path.name for path in out.rglob("*") if path.suffix in (".zip", ".txt", ".part"))


def test_the_pack_holds_what_the_client_gets(made, pack, target, out):
    code, letter, told = pack(made())
    assert code == 0
    assert told == f"{target}\n"
    files = contents(target)
    assert sorted(files) == FILES
    folder = out / "acme" / "2025-Q4" / "client"
    for name in ("loyalty.html", "loyalty.pdf", "loyalty.xlsx"):
        as_made = (folder / name).read_bytes()
        assert files[name] == as_made.replace(b"index.html#loyalty", b"loyalty.html")
    assert target.with_suffix(".txt").read_text("utf-8") == letter
    assert not [name for name in files if name.endswith(".txt")]


@pytest.mark.bad_input("J11")
def test_nothing_internal_gets_into_it(made, pack, target, out):
    folder = made()
    root = out / "acme" / "2025-Q4"
    canary = b"canary-7f3a"
    for name in ("internal/pseudonyms.csv", "internal/logs/x.log", "client/note.txt", "client/.x"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(canary)
    code, _, told = pack(folder)
    assert code == 0
    assert "client/note.txt" in told
    names = ("internal", "manifest", "ipynb", "json", "pseudonym", str(folder), str(out))
    for name, content in contents(target).items():
        assert canary not in content
        if name.endswith(".html"):
            assert not [word for word in names if word in content.decode("utf-8")]
    assert canary not in target.read_bytes()


def test_the_same_reports_give_the_same_bytes(made, pack, target, command, out):
    folder = made()
    pack(folder)
    first = target.read_bytes(), target.with_suffix(".txt").read_bytes()
    command("run", folder, "--out", out, "--force")
    pack(folder)
    assert (target.read_bytes(), target.with_suffix(".txt").read_bytes()) == first
    dates = {entry.date_time for entry in zipfile.ZipFile(target).infolist()}
    assert dates == {(2025, 12, 31, 0, 0, 0)}


def test_all_reports_are_one_pdf_in_reading_order(made, pack, target, fake):
    fake.diagnostics = tuple(map(diagnostic, ("loyalty", "toy", "summary")))
    pack(made())
    whole = PdfReader(BytesIO(contents(target)["all_reports.pdf"]))
    titles = [one.title for one in whole.outline if not isinstance(one, list)]
    assert titles == ["Summary", "Customer loyalty: 2024/2025?", "The toy"]
    assert whole.metadata.title == "Acme & Sons: reports for Q4\u00a02025"


def test_a_summary_of_what_has_notes_is_packed_and_is_stale_with_them(
    make_engagement, command, pack, fake, out
):
    """It joins the others, so that notes to any of them are part of what it is made from."""
    fake.diagnostics = (diagnostic("loyalty"), diagnostic("summary", joins=True))
    folder = make_engagement()
    (folder / "notes").mkdir(exist_ok=True)
    (folder / "notes" / "loyalty.md").write_text("They wait.", "utf-8")
    assert command("run", folder, "--out", out)[0] == 0
    assert pack(folder)[0] == 0
    (folder / "notes" / "loyalty.md").write_text("They wait no more.", "utf-8")
    code, _, told = pack(folder)
    assert code == 4
    assert "- summary: stale: something it is made from has changed" in told


def test_a_new_diagnostic_and_the_summary_are_packed_as_they_are_read(made, pack, target, fake):
    """Nothing but the list of diagnostics says that they are there."""
    fake.diagnostics = tuple(map(diagnostic, ("loyalty", "toy", "summary")))
    code, letter, _ = pack(made(), "--names")
    assert code == 0
    names = [name for name in sorted(contents(target)) if name.endswith(".html")]
    assert names == [
        "1. Summary.html", "2. Customer loyalty 2024 2025.html", "3. The toy.html", "index.html",
    ]  # fmt: skip
    assert "2 subjects: “Customer loyalty: 2024/2025?”, “The toy”." in letter
    assert "The main conclusion: Summary has an answer." in letter
    assert "read “Summary” first" in letter


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("titled", [(), ("--names",)])
def test_every_link_works_after_unpacking(language, titled, made, pack, target, fake):
    fake.diagnostics = tuple(map(diagnostic, ("loyalty", "toy")))
    assert pack(made(language=language), *titled)[0] == 0
    files = contents(target)
    for name, content in files.items():
        if name.endswith(".html"):
            found = [a["href"] for a in BeautifulSoup(content, "html.parser").select("a")]
            inside = [unquote(a.partition("#")[0]) for a in found if "://" not in a]
            assert {link for link in inside if link} <= set(files)
            assert not [a for a in found if "://" in a and a != "https://example.com/loyalty.pdf"]
    linked = re.findall(r'href="([^"]+)"', files["index.html"].decode("utf-8"))
    assert {unquote(link) for link in linked} == set(files) - {"index.html"}


@pytest.mark.parametrize(
    ("arguments", "page"),
    [((), "loyalty.html"), (("--names",), "1.%20Customer%20loyalty%202024%202025.html")],
)
def test_in_a_pack_a_link_by_way_of_the_index_leads_straight_to_the_report(
    arguments, page, made, pack, target
):
    pack(made(), *arguments)
    files = contents(target)
    (name,) = (n for n in files if n.endswith(".html") and n != "index.html")
    links = BeautifulSoup(files[name], "html.parser").select("a")
    assert {a.text: a["href"] for a in links}["By the index"] == page
    assert {a.text: a["href"] for a in links}["Index"] == "index.html"


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ("1. Customer loyalty 2024 2025.pdf", "All reports.pdf")),
        ("ru", ("1. Лояльность клиентов.pdf", "Все отчёты.pdf")),
        ("sk", ("1. Lojalita zákazníkov.pdf", "Všetky správy.pdf")),
    ],
)
def test_names_may_be_titles_in_the_clients_language(language, names, made, pack, target):
    pack(made(language=language), "--names")
    assert tuple(name for name in sorted(contents(target)) if name.endswith(".pdf")) == names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a/b\\c:d", "a b c d"),
        ('<x> "y" | z?*', "x y z"),
        (" . ends. ", "ends"),
        ("line\nbreak\x1b[31m", "line break [31m"),
        ("left\u202eright", "left right"),
        ("и\u0306", "й"),
        ("Я" * 300, "Я" * 90),
        ("...", ""),
    ],
)
@pytest.mark.bad_input("G7")
def test_a_title_becomes_a_name_that_every_system_takes(title, name):
    assert safe_name(title) == name
    assert not PureWindowsPath(f"1. {name}.pdf").is_reserved()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("based on data as of 31 December 2025", "It covers “Customer loyalty", "by when.")),
        ("ru", ("данные на 31 декабря 2025 г.", "изучена 1 тема: «Лояльность", "сроку")),
        ("sk", ("ku dňu 31. decembra 2025", "preskúmali 1 tému: „Lojalita", "dokedy")),
    ],
)
def test_the_covering_text_says_what_was_studied_the_answer_and_what_is_asked(
    language, words, made, pack
):
    _, letter, _ = pack(made(language=language))
    plain = " ".join(letter.split())
    assert [word for word in words if word not in plain] == []
    assert f" {toy_reports.TITLES[language]['loyalty']} has an answer." in letter
    assert letter.startswith("Acme & Sons")
    assert letter.count("\n") == 1


@pytest.mark.parametrize(
    ("language", "word"), [("en", "draft"), ("ru", "черновик"), ("sk", "pracovná verzia")]
)
def test_a_draft_is_packed_only_when_asked_and_says_so(language, word, made, pack, out):
    folder = made(language=language, status="draft")
    code, letter, told = pack(folder)
    assert (code, letter, packs(out)) == (4, "", [])
    assert "--draft" in told
    code, letter, _ = pack(folder, "--draft")
    assert code == 0
    assert word in letter
    assert packs(out) == ["acme-2025-Q4-draft.txt", "acme-2025-Q4-draft.zip"]


def survey(folder):
    (folder / "data" / "survey.csv").write_text("id,score\n1,9", "utf-8")


def note(folder):
    (folder / "notes").mkdir()
    (folder / "notes" / "elsewhere.md").write_text("x", "utf-8")


def notebook(folder):
    (folder.parent.parent / "notebooks" / "loyalty.ipynb").write_text('{"new": 1}', "utf-8")


def of_client(name):
    return lambda folder: client(folder, name).write_bytes(b"changed by hand")


def client(folder, name):
    return folder.parent.parent / "reports" / "acme" / "2025-Q4" / "client" / name


def gone(folder):
    client(folder, "loyalty.xlsx").unlink()


def linked(folder):
    client(folder, "loyalty.pdf").unlink()
    client(folder, "loyalty.pdf").symlink_to(folder / "data" / "survey.csv")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (survey, "- loyalty: stale: something it is made from has changed"),
        (note, "- the engagement's files have changed since the last run"),
        (notebook, "- loyalty: stale"),
        (of_client("loyalty.html"), "- client/loyalty.html: not as it was made"),
        (of_client("loyalty.pdf"), "- client/loyalty.pdf: not as it was made"),
        (gone, "- client/loyalty.xlsx: not as it was made"),
        (linked, "- client/loyalty.pdf: not as it was made"),
    ],
)
@pytest.mark.bad_input("J2")
def test_what_has_changed_since_is_refused_with_the_remedy(change, told, made, pack, out):
    folder = made()
    pack(folder)
    before = {name: (out / "acme" / "2025-Q4" / name).read_bytes() for name in packs(out)}
    assert len(before) == 2
    change(folder)
    code, letter, words = pack(folder)
    assert (code, letter) == (4, "")
    assert told in words
    assert f"workbook run {folder.resolve()} --out {out.resolve()}" in words
    after = {name: (out / "acme" / "2025-Q4" / name).read_bytes() for name in packs(out)}
    assert after == before


def test_an_index_page_changed_by_hand_is_made_anew(made, pack, target):
    folder = made()
    pack(folder)
    first = target.read_bytes()
    client(folder, "index.html").write_text("mine", "utf-8")
    assert pack(folder)[0] == 0
    assert target.read_bytes() == first


def test_a_failed_report_is_refused_with_its_reason(made, pack, command, fake, out):
    fake.diagnostics = (diagnostic("loyalty"), diagnostic("toy"))
    fake.failing["toy"] = RunError("cell 3 failed")
    with pytest.raises(AssertionError, match="toy"):
        made()
    code, _, told = pack(out.parent / "clients" / "acme")
    assert code == 4
    assert "- toy: failed: toy: cell 3 failed" in told
    assert "- not all of its reports are made" in told
    assert packs(out) == []


def test_a_report_alone_is_refused_while_the_others_are_not_made(made, pack, fake, out):
    fake.diagnostics = (diagnostic("loyalty"), diagnostic("toy"))
    code, _, told = pack(made("--only", "loyalty"))
    assert code == 4
    assert "- not all of its reports are made" in told


def test_a_report_without_its_pdf_is_refused(made, pack):
    code, _, told = pack(made("--formats", "html,json"))
    assert code == 4
    assert "- loyalty: has no PDF" in told


def test_a_report_that_is_no_longer_asked_for_is_left_out(made, pack, command, fake, out, target):
    fake.diagnostics = (diagnostic("loyalty"), diagnostic("toy"))
    folder = made()
    toml = folder / "engagement.toml"
    toml.write_text(toml.read_text("utf-8") + '\ndiagnostics = ["loyalty"]\n', "utf-8")
    assert command("run", folder, "--out", out)[0] == 0
    code, _, told = pack(folder)
    assert code == 0, told
    assert sorted(contents(target)) == FILES
    assert "not in the pack, made by none of its reports: client/toy.pdf" in told


def test_reports_that_are_being_made_are_not_packed(made, pack, out):
    folder = made()
    (out / "acme" / ".2025-Q4.lock").write_text("{}", "utf-8")
    code, _, told = pack(folder)
    assert code == 4
    assert "being made" in told


def test_before_the_first_run_the_remedy_is_a_run(make_engagement, pack, out):
    folder = make_engagement()
    code, _, told = pack(folder)
    assert code == 4
    assert f"workbook run {folder.resolve()} --out {out.resolve()}" in told
    assert not out.exists()


def test_a_folder_that_is_not_one_engagement_is_refused(made, make_engagement, pack, tmp_path):
    made()
    make_engagement("b", id="b")
    code, _, told = pack(tmp_path / "clients")
    assert code == 2
    assert "holds 2 engagements" in told
    code, _, told = pack(tmp_path / "nowhere")
    assert code == 2
    assert "no such folder" in told
    assert pack(tmp_path / "notebooks")[0] == 2


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("pack.rar", "ends in .zip"),
        ("clients/acme/pack.zip", "inside the engagement folder"),
        ("clients", "is a directory"),
        ("others.zip", "is there and no pack"),
        ("letter.zip", "letter.txt: is there and no pack"),
    ],
)
def test_a_name_that_leads_astray_is_refused(name, told, made, pack, tmp_path, snapshot):
    folder = made()
    with zipfile.ZipFile(tmp_path / "others.zip", "w") as archive:
        archive.writestr("photo.jpg", b"x")
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    before = snapshot(tmp_path)
    code, _, words = pack(folder, "--out", tmp_path / name)
    assert code == 2
    assert told in words
    assert snapshot(tmp_path) == before


def test_the_pack_goes_where_it_is_sent_and_replaces_its_own(made, pack, tmp_path):
    folder = made()
    file = tmp_path / "to send" / "Акме.zip"
    assert pack(folder, "--out", file)[0] == 0
    file.with_suffix(".txt").unlink()
    assert pack(folder, "--out", file, "--names")[0] == 0
    assert "1. Customer loyalty 2024 2025.html" in contents(file)
    assert sorted(path.name for path in file.parent.iterdir()) == ["Акме.txt", "Акме.zip"]


def test_a_full_disk_leaves_the_earlier_pack(made, pack, target, monkeypatch, out):
    folder = made()
    pack(folder)
    before = target.read_bytes()

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    code, letter, told = pack(folder, "--names")
    assert (code, letter) == (4, "")
    assert "could not be written: No space left on device" in told
    assert target.read_bytes() == before
    assert packs(out) == ["acme-2025-Q4.txt", "acme-2025-Q4.zip"]


def test_ctrl_c_before_writing_leaves_nothing(made, pack, monkeypatch, out):
    folder = made()

    def interrupted(*given, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr("workbook.batch.pack.merged", interrupted)
    code, letter, _ = pack(folder)
    assert code not in (0, 4)
    assert (letter, packs(out)) == ("", [])


def test_ctrl_c_while_writing_waits_until_both_files_are_whole(made, pack, monkeypatch, target):
    folder, flush = made(), os.fsync
    sent = []

    def interrupt_once(handle):
        if not sent:
            sent.append(True)
            os.kill(os.getpid(), signal.SIGINT)
        flush(handle)

    monkeypatch.setattr(os, "fsync", interrupt_once)
    code, _, _ = pack(folder)
    assert sent
    assert code != 0
    assert sorted(contents(target)) == FILES
    assert target.with_suffix(".txt").read_text("utf-8").endswith(".\n")


def test_a_report_changed_in_the_manifest_only_is_not_sent(made, pack, out):
    """What is sent is compared with the manifest byte by byte, whatever its size."""
    folder = made()
    file = client(folder, "loyalty.xlsx")
    content = file.read_bytes()
    file.write_bytes(content[::-1])
    entry = manifests.read(out / "acme" / "2025-Q4" / "manifest.json").diagnostics["loyalty"]
    assert file.stat().st_size in {made.bytes for made in entry.made}
    assert pack(folder)[0] == 4
