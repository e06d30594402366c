"""From nothing to a report by the commands: init, the workbook that the client fills in, run."""

import json

from command_line import here, workbook
from filled_intake import ROWS, SURVEYED, client_tables, fill


def test_a_report_is_made_of_a_filled_intake_workbook(tmp_path):
    made, out = tmp_path / "Akme", tmp_path / "out"
    done = here("init", made, "--language", "sk", "--period", "2025-Q4")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"workbook check {made}" in done.stdout
    fill(made / "intake.sk.xlsx", made / "data" / "intake.xlsx", "sk")
    done = workbook(
        "run", made, "--only", "loyalty", "--formats", "html,json", "--jobs", "1", "--out", out
    )
    assert done.returncode == 0, done.stderr
    period = out / "akme" / "2025-Q4"
    result = json.loads((period / "results" / "loyalty.json").read_text("utf-8"))
    assert result["nps"]["n"] == SURVEYED
    assert result["complaints"]["n"] == ROWS
    assert sum(point["n"] for point in result["touchpoints"]) == ROWS
    manifest = json.loads((period / "manifest.json").read_text("utf-8"))
    (file,) = (one for one in manifest["inputs"] if one["file"].startswith("data/"))
    filled = {name: ROWS for name, _ in client_tables()} | {"survey": SURVEYED, "targets": 1}
    assert (file["file"], file["rows"]) == ("data/intake.xlsx", sum(filled.values()))
