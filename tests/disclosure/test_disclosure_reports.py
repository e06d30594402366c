"""Whole reports: the numbers of HTML, XLSX and JSON together, solved for every hidden group."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from attacker import Published, solved
from bs4 import BeautifulSoup
from surveys import CUTS, THRESHOLD, engagement, membership

REPORTS = 12
CONFIGURATION = """schema_version = 1
id = "s{seed}"
client = "Survey {seed}"
language = "{language}"
currency = "EUR"
period = "2025-Q4"
as_of = 2025-12-31
anonymity_threshold = 5
diagnostics = ["loyalty"]

[params.loyalty]
headline = "{headline}"
bootstrap = 100
"""
LANGUAGES = ("en", "ru", "sk")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Make the reports of a dozen generated surveys; return the folder they are in."""
    home = tmp_path_factory.mktemp("surveys")
    for seed in range(REPORTS):
        data = home / "in" / f"s{seed}" / "data"
        data.mkdir(parents=True)
        text = CONFIGURATION.format(
            seed=seed, language=LANGUAGES[seed % 3], headline=("latest", "all")[seed % 2]
        )
        (data.parent / "engagement.toml").write_text(text, "utf-8")
        for name, table in engagement(seed).tables.items():
            table.to_csv(data / f"{name}.csv", index=False)
    command = [sys.executable, "-m", "workbook", "run", str(home / "in"), "--jobs", "2"]
    command += ["--out", str(home / "out"), "--formats", "html,xlsx,json"]
    done = subprocess.run(command, capture_output=True, check=False, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return home / "out"


def rows_of_html(path):
    page = BeautifulSoup(path.read_bytes(), "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])]
        for row in page.find_all("tr")
    ]


def rows_of_xlsx(path):
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
    return [["" if c is None else str(c) for c in row] for s in book for row in s.values]


def counted(rows, group):
    """Return the numbers of answers that stand beside a group's name in any table."""
    found = set()
    for row in rows:
        if row and row[0] == group:
            found |= {int(cell) for cell in row[1:] if re.fullmatch(r"\d{1,4}", cell)}
    return found


@pytest.mark.bad_input("D4", "J12")
@pytest.mark.parametrize("seed", range(REPORTS))
def test_html_xlsx_and_json_together_tell_no_hidden_group(reports, seed):
    inputs, folder = engagement(seed), reports / f"s{seed}" / "2025-Q4"
    survey = inputs.tables["survey"]
    data = json.loads((folder / "results" / "loyalty.json").read_text("utf-8"))
    pages = rows_of_html(folder / "client" / "loyalty.html")
    sheets = rows_of_xlsx(folder / "client" / "loyalty.xlsx")
    covered = (~survey["wave"].isin(data["waves_left_out"])).to_numpy(dtype=float)
    if data["nps"]["n"] != covered.sum():
        covered = (survey["wave"] == data["waves"][-1]["wave"]).to_numpy(dtype=float)
    assert data["nps"]["n"] == covered.sum()
    score = survey["score"].to_numpy(dtype=float)
    classes = np.array([score <= 6, (score > 6) & (score < 9), score >= 9], dtype=float)
    told, hidden = [covered], []
    told += [(survey["wave"] == w["wave"]).to_numpy(dtype=float) for w in data["waves"]]
    by_json = {(g["by"], g["group"]): g for g in data["groups"]}
    for (by, group), row in by_json.items():
        inside = membership(inputs, by, group) * covered
        seen = counted(pages, group) | counted(sheets, group)
        if row["suppressed"]:
            assert row["n"] is None
            assert int(inside.sum()) not in seen or by == "product"
            hidden.append(inside)
        else:
            assert int(inside.sum()) in counted(sheets, group)
            told.append(inside)
    for wave in data["waves_left_out"]:
        assert counted(pages, wave) | counted(sheets, wave) == set()
        hidden.append((survey["wave"] == wave).to_numpy(dtype=float))
    members, secret = np.array(told), np.array(hidden).reshape(len(hidden), len(survey))
    secret = secret[(secret * covered).sum(axis=1) > 0]
    assert {by for by, _ in by_json} <= {*CUTS}
    assert all(row["suppressed"] or row["n"] >= THRESHOLD for row in by_json.values())
    published = Published(members=members, counts=members @ classes.T)
    assert solved(published, secret) == []


def test_no_account_is_named_beside_an_answer(reports):
    """Of the client's files; the sheets to be filled in are the consultant's own."""
    for path in sorted(reports.rglob("client/*.html")):
        assert not re.search(rb"\bc\d+\b", re.sub(rb"<style.*?</style>", b"", path.read_bytes()))
    for path in sorted(reports.rglob("client/*.xlsx")):
        cells = {cell for row in rows_of_xlsx(path) for cell in row}
        assert not {cell for cell in cells if re.fullmatch(r"[cr]\d+", cell)}
