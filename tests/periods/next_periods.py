"""Next periods of three samples, with known truth: dates moved on, some values changed.

The recipes are those of the cases that a reviewer of this project made by hand (first next
periods of Northbridge, Tatra Servis and Uraltechnika); what each plants is in its docstring.
"""

import csv
import io
import random
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from workbook.diagnostics.customer_ledger.months import back

SAMPLES = Path(__file__).resolve().parents[2] / "data_samples"
SEED = 7
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_DMY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")
Row = list[Any]


class Sheet:
    """One table of a file, to be changed in place and saved."""

    def __init__(self, path: Path, key: str, sheet: str = "") -> None:
        self.path = path
        if path.suffix == ".csv":
            text = path.read_bytes()
            try:
                self.encoding, content = "utf-8", text.decode("utf-8-sig")
            except UnicodeDecodeError:
                self.encoding, content = "cp1251", text.decode("cp1251")
            self.delimiter = ";" if ";" in content.splitlines()[0] else ","
            self.rows: list[Row] = list(csv.reader(io.StringIO(content), delimiter=self.delimiter))
        else:
            self.book = openpyxl.load_workbook(path)
            self.cells = self.book[sheet] if sheet else self.book.active
            self.rows = [list(row) for row in self.cells.iter_rows(values_only=True)]
        heads = [[str(cell or "").strip() for cell in row] for row in self.rows]
        self.top = next(at for at, head in enumerate(heads) if key in head)
        self.head = heads[self.top]

    @property
    def body(self) -> list[Row]:
        """Its rows of data, all as long as the header."""
        rows = [
            row for row in self.rows[self.top + 1 :] if any(cell not in ("", None) for cell in row)
        ]
        return [row + [None] * (len(self.head) - len(row)) for row in rows]

    def at(self, heading: str) -> int:
        """Return the place of a column."""
        return self.head.index(heading)

    def put(self, rows: list[Row]) -> None:
        """Save the file with these rows of data."""
        whole = [*self.rows[: self.top + 1], *rows]
        if self.path.suffix == ".csv":
            with self.path.open("w", encoding=self.encoding, newline="") as file:
                csv.writer(file, delimiter=self.delimiter).writerows(whole)
            return
        self.cells.delete_rows(1, self.cells.max_row)
        for row in whole:
            self.cells.append(row)
        for line in self.cells.iter_rows():
            for cell in line:
                if cell.data_type == "f":  # text that begins like a formula stays text
                    cell.data_type = "s"
        self.book.save(self.path)


def later(cell: Any, months: int) -> Any:
    """Return a cell so many months later, if it is a day."""
    if isinstance(cell, datetime):
        return datetime.combine(back(cell.date(), -months), cell.time())
    if not isinstance(cell, str):
        return cell
    text = cell.strip()
    if _ISO.fullmatch(text):
        return back(date.fromisoformat(text), -months).isoformat()
    if found := _DMY.fullmatch(text):
        day = date(int(found[3]), int(found[2]), int(found[1]))
        return f"{back(day, -months):%d.%m.%Y}"
    return cell


def copied(source: str, folder: Path, **said: str) -> Path:
    """Copy a sample and set keys of its engagement.toml; values as TOML writes them."""
    shutil.copytree(SAMPLES / source, folder)
    set_keys(folder, **said)
    return folder


def set_keys(folder: Path, **said: str) -> None:
    """Set keys of the first part of engagement.toml."""
    path = folder / "engagement.toml"
    text = path.read_text("utf-8")
    for key, value in said.items():
        line = f"{key} = {value}"
        text, n = re.subn(rf"(?m)^{key} = .*$", lambda _, line=line: line, text, count=1)
        text = text if n else f"{line}\n{text}"
    path.write_text(text, "utf-8")


def without_notes(folder: Path) -> Path:
    """Take the last period's notes out of a copied folder."""
    shutil.rmtree(folder / "notes", ignore_errors=True)
    return folder


def northbridge(root: Path, *, planted: bool = True, carried: bool = True) -> Path:
    """Make 2024, 2025 and 2026 of Northbridge; return the folder of 2026.

    Planted: nine scores of 3 to 7 become 9 (+51.9 points, n 27); item 3.4 becomes "+" throughout;
    nine new losses beside the nine of 2025 in a register that is carried on (not ``carried``: the
    file has the new ones alone); statements of one more year.
    """
    copied("previous/northbridge-2024", root / "nb-2024")
    then = copied("northbridge", root / "nb-2025", previous='"../nb-2024"')
    now = without_notes(Path(shutil.copytree(then, root / "nb-2026")))
    set_keys(now, previous='"../nb-2025"', period='"2026"', as_of="2026-12-31")
    data = now / "data"
    survey = Sheet(data / "survey.xlsx", "Response ID")
    day, score = survey.at("Survey date"), survey.at("Likelihood to recommend")
    rows = survey.body
    for row in rows:
        row[day] = later(row[day], 12)
        if planted and row[score] in (3, 4, 5, 6, 7):
            row[score] = 9
    survey.put(rows)
    for name, key in (
        ("satisfaction.xlsx", "Respondent ID"), ("touchpoints.xlsx", "Category"),
        ("complaints.xlsx", "Ticket"), ("control_points.xlsx", "Account ID"),
        ("offers.csv", "Opportunity"),
    ):  # fmt: skip
        _move(data / name, key, 12)
    sales = Sheet(data / "sales.csv", "Invoice")
    last = [row for row in sales.body if row[1].startswith("2025")]
    sales.put([*sales.body, *([f"26{r[0][2:]}", later(r[1], 12), *r[2:]] for r in last)])
    _new_losses_of_northbridge(data, carried=carried)
    _new_round_of_northbridge(data, planted=planted)
    statements = Sheet(data / "statements.xlsx", "Financial year")
    newest = statements.body[-1]
    grown = [round(c * 1.1) if isinstance(c, int | float) else c for c in newest[3:]]
    statements.put([*statements.body, [*newest[:2], 2025, *grown]])
    return now


def _new_losses_of_northbridge(data: Path, *, carried: bool) -> None:
    losses = Sheet(data / "lost_customers.xlsx", "Account ID")
    new: list[Row] = []
    for number, row in enumerate(losses.body):
        moved = [later(cell, 12) for cell in row]
        moved[losses.at("Account ID")] = f"NB{60 + number:03d}"
        new.append(moved)
    losses.put([*(losses.body if carried else []), *new])


def _new_round_of_northbridge(data: Path, *, planted: bool) -> None:
    answers = Sheet(data / "answers.xlsx", "Round")
    new: list[Row] = []
    for row in answers.body:
        if str(row[0]).strip() == "2025":
            mark = "+" if planted and str(row[5]).strip() == "3.4" else row[6]
            new.append(["2026", *row[1:6], mark, *row[7:]])
    answers.put([*answers.body, *new])


def tatra(root: Path, *, carried: bool = True) -> Path:
    """Make 2025-H2 and 2026-H1 of Tatra Servis; return the folder of 2026-H1.

    Planted: 35 % of detractors become promoters (+13.8 points where ``carried``); 102 new losses
    beside 150 of before, "Nedodržané dohody" gone from them.  ``carried``: survey and register
    hold their earlier rows too.
    """
    random.seed(SEED)
    then = copied("tatra-servis", root / "ts-2025h2")
    now = without_notes(Path(shutil.copytree(then, root / "ts-2026h1")))
    set_keys(now, previous='"../ts-2025h2"', period='"2026-H1"', as_of="2026-06-30")
    book = now / "data" / "intake.xlsx"
    survey = Sheet(book, "Číslo dotazníka", "Prieskum")
    wave, day = survey.at("Vlna"), survey.at("Dátum odpovede")
    score = survey.at("Ochota odporučiť")
    new: list[Row] = []
    seen: set[tuple[Any, ...]] = set()
    for row in survey.body:
        if str(row[wave]).strip() != "2025-H2" or tuple(row) in seen:
            continue
        seen.add(tuple(row))
        moved = list(row)
        moved[0], moved[wave] = f"Y{str(row[0]).strip()}", "2026-H1"
        moved[day] = later(row[day], 6)
        if isinstance(row[score], int | float) and row[score] <= 6 and random.random() < 0.35:
            moved[score] = 9
        new.append(moved)
    survey.put([*(survey.body if carried else []), *new])
    _new_losses_of_tatra(book, carried=carried)
    sales = Sheet(book, "Číslo dokladu", "Predaj")
    half = datetime(2025, 7, 1)
    last = [r for r in sales.body if isinstance(r[1], datetime) and r[1] >= half]
    sales.put([*sales.body, *([f"26{str(r[0])[2:]}", later(r[1], 6), *r[2:]] for r in last)])
    for name, key in (
        ("Spokojnosť", "Číslo respondenta"), ("Body kontaktu", "Hodnotiteľ"),
        ("Odpovede", "Respondent"), ("Kontrolné body", "Termín"), ("Ponuky", "Dátum ponuky"),
    ):  # fmt: skip
        _move(book, key, 6, name)
    return now


def _new_losses_of_tatra(book: Path, *, carried: bool) -> None:
    losses = Sheet(book, "Dátum straty", "Stratení zákazníci")
    who, lost = losses.at("Kód zákazníka"), losses.at("Dátum straty")
    reasons = losses.at("Dôvody")
    half = datetime(2025, 7, 1)
    new: list[Row] = []
    for row in losses.body:
        if isinstance(row[lost], datetime) and row[lost] >= half:
            moved = [later(cell, 6) for cell in row]
            moved[who] = str(row[who]).strip().replace("00", "9", 1)
            kept = [r for r in str(row[reasons]).split(";") if "dohod" not in r.lower()]
            moved[reasons] = ";".join(kept) or "Cena"
            new.append(moved)
    losses.put([*(losses.body if carried else []), *new])


def ural(
    root: Path, *, cumulative: bool = False, change: Callable[[Path], None] | None = None
) -> Path:
    """Make 2025-Q2, 2025-Q4 and 2026-Q2 of Uraltechnika; return the folder of 2026-Q2.

    Planted: 30 % of detractors become promoters (+15.8 points).  ``cumulative``: the survey holds
    the answers of 2025-Q4 as well, and has no waves.

    Parameters
    ----------
    change
        What else is done to the folder.
    """
    random.seed(SEED)
    copied("previous/ural-tekhnika-2025-q2", root / "ut-2025q2")
    then = copied("ural-tekhnika", root / "ut-2025q4", previous='"../ut-2025q2"')
    now = without_notes(Path(shutil.copytree(then, root / "ut-2026q2")))
    set_keys(now, previous='"../ut-2025q4"', period='"2026-Q2"', as_of="2026-06-30")
    data = now / "data"
    survey = Sheet(data / "survey.csv", "№ анкеты")
    day, score = survey.at("Дата опроса"), survey.at("Оценка 0-10")
    old = list({str(row[0]).strip(): row for row in reversed(survey.body)}.values())[::-1]
    new = [list(row) for row in old]
    for row in new:
        row[day] = later(row[day], 6)
        if row[score].strip().isdecimal() and int(row[score]) <= 6 and random.random() < 0.3:
            row[score] = "9"
    survey.put([*old, *(["N" + r[0].strip(), *r[1:]] for r in new)] if cumulative else new)
    for name, key in (
        ("satisfaction.csv", "№ анкеты"), ("touchpoints.xlsx", "Категория"),
        ("complaints.csv", "Номер жалобы"), ("lost_customers.csv", "Код клиента"),
    ):  # fmt: skip
        _move(data / name, key, 6)
    sales = Sheet(data / "sales.xlsx", "Дата отгрузки")
    half = datetime(2025, 7, 1)
    kept = [r for r in sales.body if str(r[0]).strip() != "Итого"]
    last = [r for r in kept if isinstance(r[0], datetime) and r[0] >= half]
    sales.put([*kept, *([later(r[0], 6), f"26{str(r[1])[2:]}", *r[2:]] for r in last)])
    if change is not None:
        change(now)
    return now


def _move(path: Path, key: str, months: int, sheet: str = "") -> None:
    """Move every day of a table."""
    table = Sheet(path, key, sheet)
    table.put([[later(cell, months) for cell in row] for row in table.body])


def folders(root: Path) -> Iterator[Path]:
    """Yield the engagements that were made."""
    yield from sorted(p.parent for p in root.glob("*/engagement.toml"))
