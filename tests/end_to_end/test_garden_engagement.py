"""A real client's file, with its own headings, scale and encoding, gives the known answers."""

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from command_line import workbook

DATA = Path(__file__).resolve().parents[1] / "golden" / "garden_centre" / "survey.csv.gz"

TOML = """\
schema_version = 1
id = "garden-centre"
client = "Jardin"
language = "en"
currency = "EUR"
period = "2020"
as_of = 2020-12-31
status = "final"

[intake]
encoding = "latin-1"

[intake.columns.survey]
respondent_id = "id"
score = "nps"
reason = "explication"
revenue = "CaTicket"
weight = "NbPassageKS"
wave = "t"

[params.loyalty]
scale = "1-10"
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("garden")
    (folder / "data").mkdir()
    (folder / "engagement.toml").write_text(TOML, "utf-8")
    (folder / "data" / "survey.csv").write_bytes(_survey())
    out = tmp_path_factory.mktemp("out")
    done = workbook("run", folder, "--out", out, "--formats", "html,json")
    assert done.returncode == 0, done.stderr[-3000:]
    root = out / "garden-centre" / "2020"
    return json.loads((root / "results" / "loyalty.json").read_text("utf-8"))


def _survey():
    """Return the file as it is, with a date for each wave and blanks for missing values."""
    rows = list(csv.reader(io.StringIO(gzip.decompress(DATA.read_bytes()).decode("latin-1"))))
    header, body = rows[0], rows[1:]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*header, "date"])
    for row in body:
        cells = ["" if c == "NA" else c for c in row]
        month = int(cells[-1]) if cells[-1] else 0
        writer.writerow([*cells, f"{2019 + month // 12}-{month % 12 + 1:02d}-15"])
    return out.getvalue().encode("latin-1", "replace")


def test_the_index_its_interval_and_n_are_the_known_ones(result):
    nps = result["nps"]
    assert (nps["n"], nps["missing"]) == (13612, 342)
    assert (nps["detractors"], nps["passives"], nps["promoters"]) == (1194, 3953, 8465)
    assert [round(nps[k], 2) for k in ("value", "ci_low", "ci_high")] == [53.42, 52.31, 54.50]


def test_wave_one_against_wave_zero_cannot_be_told(result):
    change = next(c for c in result["changes"] if (c["wave"], c["against"]) == ("1", "0"))
    assert change["verdict"] == "cannot_tell"
    assert change["p_value"] == pytest.approx(0.185887, abs=5e-7)


def test_those_who_write_score_lower(result):
    bias = result["comment_bias"]
    assert (bias["commented"]["n"], round(bias["commented"]["value"], 2)) == (3802, 39.22)
    assert (bias["silent"]["n"], round(bias["silent"]["value"], 2)) == (9810, 58.92)
    assert bias["verdict"] == "down"
