"""Cases of the attack on confidentiality: what a client could work out before, and cannot now.

The inputs are made again as the review describes them: a group nested in a manager's customers, a
wave of three answers, a questionnaire whose respondents could be told by their roles.
"""

import io
import json
import subprocess
import sys
import zipfile

import numpy as np
import pytest
from pypdf import PdfReader

from workbook.diagnostics import param_types
from workbook.diagnostics.loyalty.report.waves import left_out_waves
from workbook.diagnostics.loyalty.sources import loading as survey_resources
from workbook.engagement.engagement_file import load_engagement
from workbook.intake.tables import read_tables
from workbook.notebook import open_book

HEAD = """schema_version = 1
id = "case"
client = "Case Ltd"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
anonymity_threshold = 5
"""
ITEMS = ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3")


@pytest.fixture
def folder(tmp_path):
    """Write an engagement of literal tables."""

    def build(**tables):
        (tmp_path / "case" / "data").mkdir(parents=True, exist_ok=True)
        (tmp_path / "case" / "engagement.toml").write_text(HEAD, "utf-8")
        for name, lines in tables.items():
            path = tmp_path / "case" / "data" / f"{name}.csv"
            path.write_text("\n".join(lines) + "\n", "utf-8")
        return tmp_path / "case"

    return build


def nested():
    """Return 44 answers: M1 has segments Alpha (20) and CANARY (3, two critics), M2 the rest."""
    random = np.random.default_rng(5)
    rows = [("Alpha", "M1")] * 20 + [("CANARY", "M1")] * 3 + [("Beta", "M2")] * 11
    rows += [("Gamma", "M2")] * 10
    scores = [*random.integers(5, 11, 20), 0, 1, 9, *random.integers(5, 11, 21)]
    return ["respondent_id,date,score,segment,manager"] + [
        f"R{i},2025-11-{i % 28 + 1:02d},{score},{segment},{manager}"
        for i, (score, (segment, manager)) in enumerate(zip(scores, rows, strict=True))
    ]


def small_wave():
    """Return waves of 3, 20 and 20 answers."""
    random = np.random.default_rng(6)
    sizes = {"W0": (3, "2025-01"), "W1": (20, "2025-06"), "W2": (20, "2025-11")}
    scores = [0, 1, 9, *random.integers(5, 11, 40)]
    waves = [(wave, month) for wave, (n, month) in sizes.items() for _ in range(n)]
    return ["respondent_id,date,score,wave,segment"] + [
        f"R{i},{month}-10,{score},{wave},S{i % 2}"
        for i, (score, (wave, month)) in enumerate(zip(scores, waves, strict=True))
    ]


def ctrl():
    """Return seven of line staff and two of management, one of them of a role of its own."""
    people = [(f"Person{i}", ("Service", "Sales")[i % 2], "line") for i in range(7)]
    people += [("Person7", "Sales", "management"), ("Person8", "CANARYROLE", "management")]
    marks = ("+", "+/-", "-")
    return ["respondent,item,mark,questionnaire,role,level,department"] + [
        f"{name},{item},{'-' if role == 'CANARYROLE' else marks[(i * j) % 3]},"
        f"trust_instruments,{role},{level},{role}"
        for i, (name, role, level) in enumerate(people)
        for j, item in enumerate(ITEMS)
    ]


def groups(result):
    return {(g.by, g.group): g for g in result.groups}


@pytest.mark.bad_input("D4", "J12")
def test_a_small_group_nested_in_another_cut_is_not_left_by_subtraction(folder):
    """Before: M1 n = 23, Alpha n = 20, so that the three of CANARY were told to the answer."""
    found = groups(open_book("loyalty", str(folder(survey=nested()))).view.result)
    shown = {key for key, group in found.items() if not group.suppressed}
    assert ("manager", "M1") in shown
    assert not shown & {("segment", "Alpha"), ("segment", "CANARY")}
    hidden = found["segment", "Alpha"]
    assert (hidden.n, hidden.value, hidden.detractors, hidden.ci_low) == (None,) * 4


@pytest.mark.bad_input("D4", "J12")
def test_a_wave_of_three_is_in_no_figure_and_leaves_the_change_of_the_large_ones(folder):
    """Before: n 3, detractors 2, promoters 1 in every file."""
    place = folder(survey=small_wave())
    view = open_book("loyalty", str(place)).view
    result = view.result
    assert [(w.wave, w.n) for w in result.waves] == [("W1", 20), ("W2", 20)]
    assert (result.nps.n, sum(g.n for g in result.groups)) == (40, 40)
    assert (result.change.wave, result.change.against) == ("W2", "W1")
    assert result.waves_left_out == ("W0",)
    chapter = repr(view.text("waves.hidden", k=1, named="W0", threshold=5))
    assert "Fewer than 5 people answered in the wave W0" in chapter


def test_small_waves_that_are_enough_people_together_stay_in_the_whole(folder):
    """Whoever takes the told waves from the whole is left with six people, not with three."""
    lines = small_wave()
    place = folder(survey=[*lines, *(f"S{i},2025-02-10,7,W9,S{i % 2}" for i in range(3))])
    view = open_book("loyalty", str(place)).view
    result = view.result
    assert {w.wave: w.n for w in result.waves} == {"W1": 20, "W2": 20}
    assert (result.nps.n, result.waves_left_out) == (46, ("W0", "W9"))
    told = " ".join(left_out_waves(view))
    assert "their answers count in the total" in told
    engagement = load_engagement(place, param_types())
    warned = survey_resources.check(engagement, read_tables(engagement).tables)
    assert [(p.code, p.found) for p in warned] == [
        ("few_in_wave_told_whole", "W0"),
        ("few_in_wave_told_whole", "W9"),
    ]


def test_what_the_warning_of_a_small_wave_asks_for_mends_it(folder):
    place = folder(survey=small_wave())

    def warnings():
        engagement = load_engagement(place, param_types())
        return survey_resources.check(engagement, read_tables(engagement).tables)

    (problem,) = warnings()
    assert (problem.code, problem.place.row, problem.place.column) == ("few_in_wave", 2, "wave")
    assert (problem.found, problem.is_error) == ("W0", False)
    folder(survey=[line.replace(",W0,", ",W1,") for line in small_wave()])
    assert warnings() == ()


def test_a_survey_of_four_is_told_whole_and_warned_about(folder):
    lines = small_wave()
    place = folder(survey=[lines[0].replace("wave,", "channel,"), *lines[1:5]])
    engagement = load_engagement(place, param_types())
    (problem,) = survey_resources.check(engagement, read_tables(engagement).tables)
    assert (problem.code, problem.is_error) == ("few_people", False)
    result = open_book("loyalty", str(place)).view.result
    assert result.nps.n == 4
    assert all(group.suppressed for group in result.groups)


def everything_in(place):
    """Return all files that a client or a script reads: workbooks unpacked, the words of PDFs."""
    for path in sorted(place.rglob("*")):
        if path.suffix == ".pdf":
            pages = PdfReader(path).pages
            yield path.name, "".join(page.extract_text() for page in pages).encode()
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
                yield from ((f"{path.name}/{n}", book.read(n)) for n in book.namelist())
        elif path.is_file():
            yield path.name, path.read_bytes()


@pytest.mark.bad_input("D4", "J12")
def test_no_respondent_and_no_level_of_two_is_in_any_file(folder, tmp_path):
    """Before: the client's HTML listed every respondent by role with the own index."""
    place = folder(answers=ctrl())
    arguments = ("run", place, "--out", tmp_path / "out", "--jobs", "1")
    done = subprocess.run(
        [sys.executable, "-m", "workbook", *map(str, arguments)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    made = tmp_path / "out" / "case" / "2025"
    seen = [*everything_in(made / "client"), *everything_in(made / "results")]
    assert {name.rsplit(".", 1)[-1] for name, _ in seen} >= {"html", "pdf", "json"}
    for name, content in seen:
        for secret in (b"CANARYROLE", b"Person8", b"Person0"):
            assert secret not in content, name
    data = json.loads((made / "results" / "controllability.json").read_text("utf-8"))
    (one,) = data["questionnaires"].values()
    assert [level["suppressed"] for level in one["levels"]] == [True, True]
    assert {(item["management"], item["line"]) for item in one["items"]} == {(None, None)}
    assert "respondents" not in one
    assert one["n_respondents"] == 9
