"""``anonymise = "scrub"``: people are quoted, without names, addresses and telephone numbers."""

import json
import shutil

import pytest

from tests.anonymity.canaries import CANARIES, TEXT_MARK
from tests.anonymity.conftest import run
from tests.anonymity.output_text import texts_of
from workbook.diagnostics import diagnostic_named
from workbook.engagement.data import open_engagement
from workbook.notebook import book_of

KNOWN = set(CANARIES) - {TEXT_MARK.lower()}
"""A name that no table has cannot be known."""


@pytest.fixture(scope="module")
def scrubbed(acme, tmp_path_factory):
    """Return the engagement folder with its quotes masked."""
    folder = tmp_path_factory.mktemp("scrub") / "acme"
    shutil.copytree(acme, folder)
    file = folder / "engagement.toml"
    said = file.read_text("utf-8").replace("anonymise = true", 'anonymise = "scrub"')
    file.write_text(said, "utf-8")
    return folder


@pytest.fixture(scope="module")
def loyalty(scrubbed, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    done = run("run", scrubbed, "--out", out, "--only", "loyalty")
    assert done.returncode == 0, done.stderr
    (period,) = (out / "northbridge").iterdir()
    return period


@pytest.mark.bad_input("D11", "J12")
def test_no_known_name_and_no_address_is_in_any_output(loyalty):
    files = [p for p in loyalty.rglob("*") if p.is_file() and p.name != "pseudonyms.csv"]
    found = {
        p.name: {canary for text in texts_of(p) for canary in KNOWN if canary in text.lower()}
        for p in files
    }
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.bad_input("D11", "J12")
def test_people_are_quoted_with_marks_in_place_of_names(loyalty):
    result = json.loads((loyalty / "results" / "loyalty.json").read_text("utf-8"))
    quotes = [quote for theme in result["themes"] for quote in theme["quotes"]]
    assert quotes
    assert any("•••" in words for words, _ in quotes)


def test_the_sheet_to_be_coded_is_there_and_masked(loyalty):
    sheet = "\n".join(texts_of(loyalty / "internal" / "coding_loyalty.xlsx"))
    assert "•••" in sheet


def book(folder):
    return book_of(diagnostic_named("loyalty"), open_engagement(folder))


def coded(folder, name):
    """Confirm the first answer of the survey as the coder does, under this respondent."""
    (folder / "coding").mkdir(exist_ok=True)
    text = f"answer_id,confirmed,coder\n{name}/reason,delivery,Eve\n"
    (folder / "coding" / "loyalty.csv").write_text(text, "utf-8")
    return book(folder)


def test_codings_of_before_and_since_count(scrubbed, tmp_path):
    """A file filled in before names respondents as the client does, a later one by their codes."""
    folder = tmp_path / "acme"
    shutil.copytree(scrubbed, folder)
    client_id, code = somebody_who_answered(open_engagement(folder))
    answers = book(folder).loaded.sheets
    assert answers
    told = [
        coded(folder, name).view.result.open_answers.coded_by_people
        for name in (client_id, code, "nobody")
    ]
    assert told == [1, 1, 0]
    problems = {p.code for p in open_engagement(folder).problems}
    assert "coding_answer_unknown" in problems


def somebody_who_answered(data):
    """Return a respondent with a reason, as the client names it and by its code."""
    survey = data.inputs.tables["survey"]
    code = survey.loc[survey["reason"].notna(), "respondent_id"].iloc[0]
    known = data.anonymity.codes["respondent"].known
    return next(name for name, one in known.items() if one == code), code
