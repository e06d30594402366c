"""``workbook base``: make a reference base of quartiles, or look at one."""

import re
from datetime import datetime
from pathlib import Path

import click

from workbook.commands.terminal import tell

_UNITS = ("1", "1000", "1000000")
_file = click.Path(path_type=Path)


@click.group()
def base() -> None:
    """Make a reference base of quartiles, or look at one."""


def _sizes(
    context: click.Context, option: click.Parameter, value: str | None
) -> tuple[float, ...] | None:
    """Read three rising amounts in millions."""
    if value is None:
        return None
    try:
        bounds = tuple(float(part) * 1_000_000 for part in value.split(","))
    except ValueError:
        bounds = ()
    if len(bounds) != 3 or not 0 < bounds[0] < bounds[1] < bounds[2] < 1e15:
        raise click.BadParameter("write three rising amounts in millions, such as 120,800,2000")
    return bounds


def _letters(context: click.Context, option: click.Parameter, value: str) -> str:
    """Read the code of a currency or a country."""
    length = 3 if option.name == "currency" else 2
    if not re.fullmatch(rf"[A-Za-z]{{{length}}}", value):
        raise click.BadParameter(f"write {length} letters")
    return value.upper()


def _years(context: click.Context, option: click.Parameter, value: str | None) -> tuple[int, ...]:
    parts = value.split(",") if value else []
    if not all(re.fullmatch(r"\d{4}", part.strip()) for part in parts):
        raise click.BadParameter("write years such as 2023,2024")
    return tuple(int(part) for part in parts)


def _memory(context: click.Context, option: click.Parameter, value: str) -> str:
    if not re.fullmatch(r"[1-9]\d{0,5}(MB|GB)", value):
        raise click.BadParameter("write it as 500MB or 4GB")
    return value


@base.command()
@click.argument("statements", type=_file)
@click.option("--out", type=_file, required=True, help="The base to write (Parquet).")
@click.option("--source", default="", help="Where the figures come from, as reports name it.")
@click.option(
    "--built",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Date of the base; by default the day of the last change of STATEMENTS.",
)
@click.option("--synthetic", is_flag=True, help="The companies are invented; reports will say so.")
@click.option(
    "--unit",
    type=click.Choice(_UNITS),
    default="1000",
    show_default=True,
    help="Units of the currency per unit of the statements.",
)
@click.option(
    "--sizes",
    metavar="A,B,C",
    callback=_sizes,
    help="Highest revenue of micro, small and medium companies in millions; by default "
    "120,800,2000.",
)
@click.option(
    "--currency",
    default="RUB",
    show_default=True,
    callback=_letters,
    help="Currency of the statements and the bounds (three letters).",
)
@click.option(
    "--country",
    default="RU",
    show_default=True,
    callback=_letters,
    help="Country of the organisations (two letters).",
)
@click.option(
    "--years",
    metavar="YEAR,...",
    callback=_years,
    help="These years only; the year before is read all the same.",
)
@click.option(
    "--fewest",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Leave groups with fewer values out.",
)
@click.option("--ratios", type=_file, help="A ratios.yaml with further ratios.")
@click.option(
    "--memory",
    default="1GB",
    callback=_memory,
    show_default=True,
    help="Use the disk beyond this much memory.",
)
def build(
    statements: Path,
    out: Path,
    *,
    source: str,
    built: datetime | None,
    synthetic: bool,
    unit: str,
    sizes: tuple[float, ...] | None,
    currency: str,
    country: str,
    years: tuple[int, ...],
    fewest: int,
    ratios: Path | None,
    memory: str,
) -> None:
    """Compute quartiles of ratios from raw statements.

    STATEMENTS is a CSV or Parquet file, or a folder of Parquet files, with one row per
    organisation and year: inn, okved, year, line_1100 … as in the open Russian Financial
    Statements Database.  A build that was stopped goes on where it was.
    """
    from workbook.commands.console import say
    from workbook.diagnostics.financial_quartiles.reference_base.build import build_base
    from workbook.diagnostics.financial_quartiles.reference_base.options import BuildOptions
    from workbook.diagnostics.financial_quartiles.sizes import CURRENCY, SIZE_BOUNDS
    from workbook.diagnostics.financial_quartiles.sources.engagement_base import shipped_formulas

    if currency != CURRENCY and sizes is None:
        told = f"the bounds by default are in {CURRENCY}; give those in {currency}"
        raise click.BadParameter(told, param_hint="--sizes")
    _check_place(statements, out)
    if ratios is not None and not ratios.is_file():
        raise click.BadParameter(f"there is no file {ratios}", param_hint="--ratios")
    options = BuildOptions(
        source=source,
        built=built.date() if built else None,
        synthetic=synthetic,
        unit=int(unit),
        size_bounds=sizes or SIZE_BOUNDS,
        currency=currency,
        country=country,
        years=years,
        fewest=fewest,
        memory=memory,
    )
    formulas = shipped_formulas(options.unit, ratios)
    facts = build_base(statements, out, options, formulas=formulas, say=say)
    for reason, count in sorted(facts["refused"].items()):
        say(f"refused, {reason}: {count:,}")
    tell(str(out))


def _check_place(statements: Path, out: Path) -> None:
    """Refuse to write where there is no folder, or among the statements."""
    hint = "--out"
    if out.is_dir():
        raise click.BadParameter(f"{out} is a folder; name a file", param_hint=hint)
    if not out.absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder {out.parent}", param_hint=hint)
    place, source = out.resolve(), statements.resolve()
    if place == source or (source.is_dir() and place.is_relative_to(source)):
        raise click.BadParameter("the base would lie among the statements", param_hint=hint)


@base.command()
@click.argument("file", type=_file)
def info(file: Path) -> None:
    """Say what a base holds and where it comes from."""
    from workbook.commands.describe_base import show
    from workbook.diagnostics.financial_quartiles.reference_base.base_file import read_base

    show(read_base(file), file)
