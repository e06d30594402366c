"""Engagements of one client, a year each, with small tables; what their comparison says."""

from pathlib import Path

from workbook.diagnostics import param_types
from workbook.engagement.data import EngagementData, read_engagement
from workbook.engagement.engagement_file import load_engagement
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line, page_line

SURVEY = "respondent_id,customer_id,date,score\n"
SALES = "customer_id,date,amount\n"
OURS = ("engagement.toml", "workbook check", "[intake", "previous_", "previous =")
"""What a client's page does not speak of."""


class Chain:
    """Engagements of one client, a year each."""

    def __init__(self, parent: Path) -> None:
        self.parent = parent

    def write(self, year: int, previous: int | str | None = None, **more: str) -> Path:
        """Write the engagement of a year; ``more`` are files of data, and keys as ``key_…``."""
        folder = self.parent / str(year)
        (folder / "data").mkdir(parents=True, exist_ok=True)
        keys = {
            "schema_version": "1", "id": '"acme"', "client": '"Acme"', "language": '"en"',
            "currency": '"EUR"', "period": f'"{year}"', "as_of": f"{year}-12-31",
            "status": '"draft"',
        }  # fmt: skip
        if previous is not None:
            keys["previous"] = f'"../{previous}"'
        section = more.pop("section", "")
        keys |= {k.removeprefix("key_"): v for k, v in more.items() if k.startswith("key_")}
        said = "".join(f"{key} = {value}\n" for key, value in keys.items())
        (folder / "engagement.toml").write_text(f"{said}\n{section}", "utf-8")
        rows = "".join(f"R{n},C{n},{year}-03-0{n + 1},{n + 3}\n" for n in range(6))
        files = {"survey": SURVEY + rows} | {
            k: v for k, v in more.items() if not k.startswith("key_")
        }
        for name, text in files.items():
            (folder / "data" / f"{name}.csv").write_text(text, "utf-8")
        return folder


def read(folder: Path) -> EngagementData:
    return read_engagement(load_engagement(folder, param_types()))


def compared(folder: Path) -> dict[str, bool]:
    """Return the codes of the remarks on earlier periods, and whether they are errors."""
    data = read(folder)
    for problem in data.comparison:
        for language in LANGUAGES:
            assert "…" not in line(problem, language).replace(" …", "")
            page = page_line(problem, language)
            assert problem.is_error or problem.is_step or not any(w in page for w in OURS), page
    return {p.code: p.is_error for p in data.comparison if not p.is_step}
