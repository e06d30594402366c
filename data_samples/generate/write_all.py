"""Everything that the generator writes, below one folder."""

import json
from pathlib import Path

from data_samples.generate import (
    business,
    coding,
    files,
    filing,
    filled_forms,
    lost_customers,
    segmentation,
    staff_answers,
    statements,
)
from data_samples.generate.answers_spec import Answers
from data_samples.generate.build import Built, build
from data_samples.generate.business_spec import Business
from data_samples.generate.churn_spec import Churn
from data_samples.generate.engagements import BUSINESSES, FILINGS, SPECS
from data_samples.generate.filing import Filing
from data_samples.generate.rows import Row
from data_samples.generate.truth import Truth, truth


def write_all(out: Path) -> None:
    """Write the data of all engagements and ``truth.json`` below ``out``."""
    known: Truth = {}
    named: Truth = {}
    for spec in SPECS:
        built = build(spec)
        _write(built, out)
        known[spec.id] = truth(built)
        named[spec.id] = {name: list(themes) for name, themes in built.now.themes.items()}
    for business_spec in BUSINESSES:
        rows = business.build(business_spec)
        _write_business(business_spec, rows, out)
        known[business_spec.id] = business.truth(business_spec, rows)
    for filing_spec in FILINGS:
        rows = filing.build(filing_spec)
        _write_filing(filing_spec, rows, out)
        known[filing_spec.id] = filing.truth(filing_spec, rows)
    write_json(out / "truth.json", known)
    lines = (f' "{key}": {_one_per_line(value)}' for key, value in named.items())
    (out / "truth_themes.json").write_text(
        "{\n" + ",\n".join(lines) + "\n}\n", "utf-8", newline="\n"
    )


def _write_business(spec: Business, rows: dict[str, list[Row]], out: Path) -> None:
    options = {"engagement": spec.id, "language": spec.language}
    data = _made(out / spec.id / "data")
    typed = segmentation.as_typed(rows, name=spec.id, language=spec.language)
    files.write(data, spec.layouts, _answered(typed, spec.answers, data, options), **options)


def _write_filing(spec: Filing, rows: dict[str, list[Row]], out: Path) -> None:
    typed = {"statements": statements.as_typed(rows["statements"])}
    options = {"engagement": spec.id, "language": spec.language}
    files.write(_made(out / spec.id / "data"), spec.layouts, typed, **options)


def _write(built: Built, out: Path) -> None:
    spec = built.spec
    data = _made(out / spec.id / "data")
    options = {"engagement": spec.id, "language": spec.language}
    typed = _typed(built.now.rows, spec.churn, options)
    files.write(data, spec.layouts, _answered(typed, spec.answers, data, options), **options)
    if spec.coders:
        coding.write(_made(out / spec.id / "coding"), built)
    if spec.earlier is not None and built.before is not None:
        data = _made(out / "previous" / spec.earlier.id / "data")
        options["engagement"] = spec.earlier.id
        rows = _typed(built.before.rows, spec.earlier.churn, options)
        files.write(data, spec.earlier.layouts, rows, **options)


def _typed(
    rows: dict[str, list[Row]], churn: Churn | None, options: dict[str, str]
) -> dict[str, list[Row]]:
    """Return the tables with lists of reasons, yes and no as the client typed them."""
    name, language = options["engagement"], options["language"]
    rows = segmentation.as_typed(rows, name=name, language=language) if "segments" in rows else rows
    if churn is None:
        return rows
    lost = lost_customers.as_typed(rows["lost_customers"], churn, name=name, language=language)
    return rows | {"lost_customers": lost}


def _answered(
    rows: dict[str, list[Row]], plan: Answers | None, data: Path, options: dict[str, str]
) -> dict[str, list[Row]]:
    """Write the filled forms; return the tables with every mark as somebody typed it."""
    if plan is None:
        return rows
    name, language = options["engagement"], options["language"]
    filled_forms.write(data / "forms", plan, name=name, language=language)
    return rows | {"answers": staff_answers.as_typed(rows["answers"], plan, name=name)}


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_json(path: Path, content: Truth) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _one_per_line(named: Truth) -> str:
    rows = (f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps(v)}" for k, v in named.items())
    return "{\n" + ",\n".join(rows) + "\n }"
