"""How the days and numbers of a table are written: by what its cells show, never guessed."""

from collections.abc import Sequence

from workbook.intake.cells.cell_kinds import NUMBER
from workbook.intake.cells.locale import Conventions
from workbook.intake.cells.nothing_words import say_nothing
from workbook.intake.cells.number_cells import NumberSyntax
from workbook.intake.cells.separators import separators_of
from workbook.intake.guess.assignment import Doubt
from workbook.intake.guess.candidates import Candidate
from workbook.intake.guess.grid import sampled
from workbook.intake.guess.naming import words_of
from workbook.intake.guess.profile import Profile, is_day, is_empty_day, number_in
from workbook.intake.guess.proposal import Entry, Facts
from workbook.intake.heading_units import heading_unit
from workbook.intake.schema import ColumnType
from workbook.language.languages import language_of
from workbook.language.spelling import spelling_keys

_NUMERIC = (ColumnType.NUMBER, ColumnType.DECIMAL)


def convention_entries(candidate: Candidate, facts: Facts) -> list[Entry]:
    """Return the lines on encoding, days, signs, units, scales, lists and words for nothing."""
    found: list[Entry | None] = [
        _encoding(candidate),
        _serial_days(candidate),
        _date_order(candidate, facts),
        *_signs(candidate, facts),
        _unit(candidate),
        _scale(candidate),
        _split(candidate),
        _missing(candidate),
        _join_ids(candidate),
    ]
    return [entry for entry in found if entry]


def _encoding(candidate: Candidate) -> Entry | None:
    if not candidate.grid.encoding:
        return None
    return Entry(key="encoding", value=candidate.grid.encoding, doubt=Doubt(code="encoding"))


def _of_kind(candidate: Candidate, kinds: Sequence[ColumnType]) -> list[Profile]:
    return [
        candidate.profiles[candidate.matches[column.name].at]
        for column in candidate.schema.columns
        if column.kind in kinds and column.name in candidate.matches
    ]


def _serial_days(candidate: Candidate) -> Entry | None:
    """Return the format of days that are written as Excel counts them."""
    found = [p for p in _of_kind(candidate, [ColumnType.DATE]) if p.serials >= 0.9]
    return Entry(key="date_formats", value=["serial"], example=found[0].example) if found else None


def _join_ids(candidate: Candidate) -> Entry | None:
    """Return a proposal for customers and the like that are spelt in several ways."""
    for column in candidate.schema.columns:
        match = candidate.matches.get(column.name)
        if column.kind is not ColumnType.ID or match is None or not column.thing:
            continue
        texts = sorted({li.cells[match.at].text for li in candidate.header.body} - {""})
        groups: dict[str, list[str]] = {}
        for text, key in zip(texts, spelling_keys(texts), strict=True):
            groups.setdefault(key, []).append(text)
        several = [group for group in groups.values() if len(group) > 1]
        if several:
            doubt = Doubt(code="spelt", facts={"words": [" = ".join(g[:3]) for g in several]})
            return Entry(key="join_ids", value=True, doubt=doubt)
    return None


def _date_order(candidate: Candidate, facts: Facts) -> Entry | None:
    own = [p for p in _of_kind(candidate, [ColumnType.DATE]) if p.sign]
    if not own:
        return None
    sign = own[0].sign
    if all(p.sign == "." for p in own) and facts.dotted_days:
        return None
    alike = [p for p in candidate.profiles if p.sign == sign and p.days > 0.6]
    shown = {p.order for p in (*own, *alike) if p.order in ("dmy", "mdy")}
    if len(shown) == 1:
        return Entry(key="date_order", value=shown.pop(), example=own[0].example)
    if not shown and not any(p.order == "?" for p in own):
        return None
    if not shown and sign == ".":
        return Entry(
            key="date_order", value="dmy", example=own[0].example, doubt=Doubt(code="dotted")
        )
    doubt = Doubt(code="order_open", facts={"day": own[0].example})
    return Entry(key="date_order", value="dmy", example=own[0].example, doubt=doubt, off=True)


def _signs(candidate: Candidate, facts: Facts) -> list[Entry | None]:
    """Return a choice where a comma or a point may set thousands or decimals apart."""
    own = language_of(facts.language).files.decimal
    syntax = NumberSyntax(own, Conventions(
        language=facts.language, decimal=own, decimal_declared=False, date_order="",
        currency=facts.currency,
    ))  # fmt: skip
    places = [
        candidate.matches[c.name].at for c in candidate.schema.columns
        if c.kind in _NUMERIC and c.name in candidate.matches
    ]  # fmt: skip
    places += candidate.wide.columns if candidate.wide and candidate.table != "satisfaction" else ()
    for at in places:
        texts = {
            line.cells[at].text for line in candidate.header.body
            if line.cells[at].kind != NUMBER and number_in(line.cells[at]) is not None
        }  # fmt: skip
        found = separators_of(
            ((syntax.bare(text), text) for text in sorted(texts)), own=own, spaced=False
        )
        if found.doubtful:
            sign = sorted(found.doubtful)[0]
            facts_ = {"value": found.examples[0] if found.examples else "", "sign": sign}
            return [
                Entry(
                    key="thousands",
                    value=sign,
                    off=True,
                    doubt=Doubt(code="sign_open", facts=facts_),
                )
            ]
    return []


def _unit(candidate: Candidate) -> Entry | None:
    for column in candidate.schema.columns:
        match = candidate.matches.get(column.name)
        if (
            column.money
            and match
            and heading_unit(candidate.header.headings[match.at]).factor is None
        ):
            heading = candidate.header.headings[match.at]
            doubt = Doubt(code="unit_open", facts={"heading": heading})
            return Entry(key="unit", value="thousand", off=True, doubt=doubt)
    return None


def _scale(candidate: Candidate) -> Entry | None:
    places = list(candidate.wide.columns) if candidate.wide else []
    if candidate.table != "satisfaction":
        return None
    if "mark" in candidate.matches:
        places.append(candidate.matches["mark"].at)
    profiles = [candidate.profiles[at] for at in places]
    if profiles and all(p.scores >= 0.9 for p in profiles) and max(p.highest for p in profiles) > 5:
        return Entry(key="scale", value="1-10", example=profiles[0].example)
    return None


def _split(candidate: Candidate) -> Entry | None:
    """Return the sign that joins several values in a cell when each is there alone, too."""
    for column in candidate.schema.columns:
        match = candidate.matches.get(column.name)
        if not column.lists or match is None:
            continue
        values = candidate.profiles[match.at].values
        if any(";" in text for text in values):
            return None
        for sign in (",", "|", "/", "+"):
            parts = [[p.strip().casefold() for p in text.split(sign)] for text in values]
            several = [one for one in parts if len(one) > 1]
            known = {one for part in parts for one in part}
            repeated = sum(len(part) for part in parts) > 1.3 * len(known)
            if several and repeated and max(map(len, known)) < 60:
                return Entry(key="split", value=sign, example=sign.join(values[:1]) or "")
    return None


def _missing(candidate: Candidate) -> Entry | None:
    """Return words for nothing among numbers and days."""
    words: dict[str, None] = {}
    for column in candidate.schema.columns:
        match = candidate.matches.get(column.name)
        if match is None or column.kind not in (
            *_NUMERIC,
            ColumnType.DATE,
            ColumnType.INTEGER,
            ColumnType.MARK,
            ColumnType.CHOICE,
        ):
            continue
        if column.dash_is_nil:
            continue
        for line in sampled(candidate.header.body):
            cell = line.cells[match.at]
            if (
                cell.text
                and not is_day(cell)
                and number_in(cell) is None
                and _says_nothing(cell.text)
            ):
                words.setdefault(words_of(cell.text))
    return Entry(key="missing", value=list(words)) if words else None


def _says_nothing(text: str) -> bool:
    return len(text) <= 30 and not is_empty_day(text) and say_nothing([text])[0]
