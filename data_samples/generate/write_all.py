"""Everything that the generator writes, below one folder."""

import json
from pathlib import Path

from data_samples.generate import coding, files, lost_customers
from data_samples.generate.build import Built, build
from data_samples.generate.churn_spec import Churn
from data_samples.generate.engagements import SPECS
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
    write_json(out / "truth.json", known)
    lines = (f' "{key}": {_one_per_line(value)}' for key, value in named.items())
    (out / "truth_themes.json").write_text(
        "{\n" + ",\n".join(lines) + "\n}\n", "utf-8", newline="\n"
    )


def _write(built: Built, out: Path) -> None:
    spec = built.spec
    data = _made(out / spec.id / "data")
    options = {"engagement": spec.id, "language": spec.language}
    files.write(data, spec.layouts, _typed(built.now.rows, spec.churn, options), **options)
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
    """Return the tables with the lists of reasons as the client typed them."""
    if churn is None:
        return rows
    name, language = options["engagement"], options["language"]
    lost = lost_customers.as_typed(rows["lost_customers"], churn, name=name, language=language)
    return rows | {"lost_customers": lost}


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_json(path: Path, content: Truth) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _one_per_line(named: Truth) -> str:
    rows = (f"  {json.dumps(k, ensure_ascii=False)}: {json.dumps(v)}" for k, v in named.items())
    return "{\n" + ",\n".join(rows) + "\n }"
