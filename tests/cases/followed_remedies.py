"""Engagements on disk whose messages are followed to the letter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from workbook.engagement.data import EngagementData, open_engagement
from workbook.errors import Problem
from workbook.language.catalog import LANGUAGES
from workbook.language.problems import line

_REMEDY = re.compile(r"[Ww]rite ([a-z_.]+) = (.+?) under \[intake\.(\w+)\]")


@dataclass(frozen=True)
class OnDisk:
    """An engagement folder, its engagement.toml as the consultant keeps it."""

    path: Path

    @classmethod
    def made(
        cls,
        path: Path,
        files: Mapping[str, bytes | str],
        *,
        language: str = "en",
        currency: str = "RUB",
        said: str = "",
    ) -> "OnDisk":
        """Write the folder; ``said`` are the sections that follow the required keys."""
        (path / "data").mkdir(exist_ok=True)
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode("utf-8")
            (path / "data" / name).write_bytes(data)
        (path / "engagement.toml").write_text(
            f'schema_version = 1\nid = "x"\nclient = "X"\nlanguage = "{language}"\n'
            f'currency = "{currency}"\nperiod = "2025-Q4"\nas_of = 2025-12-31\n{said}',
            "utf-8",
        )
        return cls(path)

    def read(self) -> EngagementData:
        """Read it; every problem has its sentence in every language, with every fact."""
        case = open_engagement(self.path)
        for problem in case.intake.problems:
            for language in LANGUAGES:
                told = line(problem, language).replace(" …", "").replace(problem.found, "")
                told = told.replace(str(problem.facts.get("columns", "-")), "")  # cut headings
                assert "…" not in told.replace(problem.place.column, ""), told
        return case

    def follow(self, problem: Problem, nth: int = 0) -> None:
        """Write into engagement.toml what the ``nth`` remedy of a message says, to the letter."""
        found = _REMEDY.findall(line(problem, "en"))
        assert found, line(problem, "en")
        key, value, table = found[nth]
        self.write(f"{key} = {value}", table)

    def write(self, text: str, table: str) -> None:
        """Write a line into the section of a table, instead of the one with the same key."""
        file = self.path / "engagement.toml"
        head, mark, rest = file.read_text("utf-8").partition(f"[intake.{table}]\n")
        key = text.split(" = ")[0]
        kept = [one for one in rest.splitlines() if not one.startswith(f"{key} = ")]
        file.write_text("\n".join([head + (mark or f"[intake.{table}]"), text, *kept, ""])
                        .replace("]\n\n", "]\n"), "utf-8")  # fmt: skip

    def workbook(self, name: str, rows: list[list[object]]) -> None:
        """Write a workbook of one sheet; days as Excel's numbers in the General format."""
        with xlsxwriter.Workbook(self.path / "data" / name) as book:
            sheet = book.add_worksheet("S")
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)


def problems(case: EngagementData, code: str) -> list[Problem]:
    return [p for p in case.intake.problems if p.code == code]


def one(case: EngagementData, code: str) -> Problem:
    found = problems(case, code)
    assert len(found) == 1, [(p.code, p.place, dict(p.facts)) for p in case.intake.problems]
    return found[0]


def errors(case: EngagementData) -> list[str]:
    return [p.code for p in case.intake.problems if p.is_error]
