"""Build the shipped sample base: ``python -m data_samples.generate.sample_base [--out FILE]``.

It is the invented population through the very command that users have.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from data_samples.generate import population
from workbook.language.package_data import templates

SOURCE = "Invented companies (sample data)"
BUILT = "2026-01-15"


def build(out: Path, companies: int = population.COMPANIES) -> None:
    with tempfile.TemporaryDirectory() as folder:
        statements = population.write(Path(folder), companies)
        command = ["base", "build", str(statements), "--out", str(out), "--synthetic"]
        said = ["--source", SOURCE, "--built", BUILT, "--currency", "RUB", "--country", "RU"]
        subprocess.run([sys.executable, "-m", "workbook", *command, *said], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the sample base that comes with workbook.")
    shipped = templates() / "base" / "sample.parquet"
    parser.add_argument("--out", type=Path, default=shipped)
    build(parser.parse_args().out)


if __name__ == "__main__":
    main()
