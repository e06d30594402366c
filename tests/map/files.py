"""Small files as clients send them, made where a test needs them."""

from collections.abc import Iterable, Sequence
from csv import writer
from io import StringIO
from pathlib import Path

from openpyxl import Workbook

TOML = """# ours
schema_version = 1
id = "acme"
client = "ООО «Акме»"   # as in the contract
language = "{language}"
currency = "{currency}"
period = "2025-Q4"
as_of = 2025-12-31
"""


def engagement(
    folder: Path, files: dict[str, object], *, language: str = "en", more: str = ""
) -> Path:
    """Write an engagement folder: name of a file -> its text, or its rows for a workbook."""
    data = folder / "data"
    data.mkdir(parents=True)
    currency = "RUB" if language == "ru" else "EUR"
    text = TOML.format(language=language, currency=currency) + more
    (folder / "engagement.toml").write_text(text, "utf-8")
    for name, content in files.items():
        if isinstance(content, bytes):
            (data / name).write_bytes(content)
        elif isinstance(content, str):
            (data / name).write_text(content, "utf-8")
        else:
            book(data / name, content)
    return folder


def book(path: Path, rows: object) -> None:
    """Write a workbook: rows of one sheet, or sheets by name."""
    made = Workbook()
    made.remove(made.active)
    for name, lines in (rows if isinstance(rows, dict) else {"Sheet1": rows}).items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    made.save(path)


def csv(head: Sequence[str], rows: Iterable[Sequence[object]], sign: str = ",") -> str:
    """Return a CSV text."""
    file = StringIO()
    writer(file, delimiter=sign, lineterminator="\n").writerows([head, *rows])
    return file.getvalue()


def answers(n: int = 30) -> list[list[object]]:
    """Return rows of a survey: id, day in November, score, reason."""
    scores = [10, 9, 6, 5, 10, 8]
    return [
        [1000 + i, f"2025-11-{1 + i % 28:02d}", scores[i % 6], "slow but fine"] for i in range(n)
    ]
