"""A sample engagement with canaries: whatever identifies somebody, or may, has one in it."""

import csv
import shutil
from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from workbook.diagnostics import param_types
from workbook.engagement.engagement_file import load_engagement
from workbook.intake.schema import ColumnSchema, ColumnType
from workbook.intake.table import InputTable
from workbook.intake.tables import read_tables

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
TEXT_MARK = "Quillfeather"
"""In every free text, a name that no table has."""
MAIL, PHONE = "vexworth.{n}@example.org", "+44 7700 9{n:05d}"
CANARIES = ("vexworth", "quillfeather", "zyxcorp", "brambleton", "770090", "7700 90")
"""What no output may hold, in lower case: of mail addresses, texts, customers, persons, phones."""


class Canaries:
    """Gives every value of a sample its canary: equal values the same."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}

    def of(self, column: ColumnSchema, value: str) -> str:
        """Return the canary of a cell."""
        kind = column.identifies
        n = self._numbers.setdefault((kind, value), len(self._numbers) + 1)
        contact = f"{MAIL.format(n=n)}, {PHONE.format(n=n)}"
        if kind == "text":
            return f"{value} {TEXT_MARK} {contact}" if column.name != "stated_reasons" else value
        if kind == "words":
            return f"{value} {contact}"
        if kind == "customer" and column.kind is ColumnType.TEXT:
            return f"Zyxcorp {_word(n)} Ltd"
        return f"ZYXCORP-{n}" if kind == "customer" else f"{_word(n)} Brambleton"


def _word(n: int) -> str:
    """Return a word of letters for a number: no two numbers have one."""
    letters = "abcdefghij"
    return "Vex" + "".join(letters[int(digit)] for digit in str(n)) + "a"


def with_canaries(folder: Path, *, anonymise: str) -> Path:
    """Write the sample with canaries, as CSV under our own headings, and return its folder."""
    folder.mkdir(parents=True)
    sample = folder.parent / "sample"
    shutil.copytree(SAMPLES / "northbridge", sample)
    text = (sample / "engagement.toml").read_text("utf-8")
    text = "\n".join(line for line in text.splitlines() if not line.startswith("previous"))
    (sample / "engagement.toml").write_text(text, "utf-8")
    tables = read_tables(load_engagement(sample, param_types())).tables
    (folder / "engagement.toml").write_text(f"anonymise = {anonymise}\n{text}\n", "utf-8")
    (folder / "data").mkdir()
    (folder / "notes").mkdir()
    canaries = Canaries()
    for name, table in tables.items():
        frame = _frame(table, canaries)
        frame.to_csv(folder / "data" / f"{name}.csv", index=False, quoting=csv.QUOTE_ALL)
        if name == "sales":
            _written_by_the_consultant(folder, frame["manager"].dropna().iloc[0])
    shutil.rmtree(sample)
    return folder


def _written_by_the_consultant(folder: Path, seller: str) -> None:
    """Name a seller wherever the consultant writes: notes, page 2, [whatif], the last plan."""
    words = f"Ask {seller}, {seller.split()[0]}'s list has it."
    notes = folder / "notes"
    (notes / "loyalty.md").write_text(f"{words}\n", "utf-8")
    step = [f"{key}: {words}" for key in ("what", "who", "effect", "metric")]
    page = ["---", f"answer: {words}", "findings:", f"  - {words}", "recommendation:"]
    page += [f"  - {step[0]}", *(f"    {line}" for line in step[1:]), "    by_when: 2026-02-28"]
    text = "\n".join([*page, f"limitation: {words}", "---", words, ""])
    for name in ("summary", "churn_reasons"):
        (notes / f"{name}.md").write_text(text, "utf-8")
    plan = Workbook()
    plan.active.append(["What", "Who", "By when", "Expected effect", "Done (yes/no)"])
    for done in ("yes", "no"):
        plan.active.append([words, seller, "2025-06-30", words, done])
    plan.save(notes / "actions.xlsx")
    with (folder / "engagement.toml").open("a", encoding="utf-8") as file:
        file.write(f'[whatif.manager]\nmanager = "{seller}"\n')


def _frame(table: InputTable, canaries: Canaries) -> pd.DataFrame:
    made = {}
    for name, cells in table.frame.items():
        column = next((c for c in table.schema.columns if c.name == name), None)
        said = [None if pd.isna(cell) else _written(cell) for cell in cells]
        if column is not None and column.identifies:
            said = [text and canaries.of(column, text) for text in said]
        made[name] = said
    frame = pd.DataFrame(made)
    if table.name == "customers":  # a column of the client's own
        frame["contact"] = [f"Vexworth {n}, {PHONE.format(n=n)}" for n in range(len(frame))]
    if table.name == "survey":  # also in answers that were blank
        frame["reason"] = frame["reason"].fillna(f"slow delivery, said {TEXT_MARK}")
    if table.name == "sales":  # customers who recommend
        blank = frame["customer_id"].iloc[0]
        frame["recommended_by"] = [blank if n % 7 == 0 else None for n in range(len(frame))]
    return frame


def _written(cell: object) -> str:
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)


def plain(folder: Path) -> Path:
    """Return a copy of an engagement with names."""
    copy = folder.with_name(f"{folder.name}-named")
    shutil.copytree(folder, copy)
    file = copy / "engagement.toml"
    file.write_text(file.read_text("utf-8").replace("anonymise = true", ""), "utf-8")
    return copy


__all__ = ["CANARIES", "Canaries", "plain", "with_canaries"]
