"""Which rows are no data: previews, partial answers, deleted documents, other currencies, footers,
rows that only name a group.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from workbook.intake.guess.assignment import Doubt
from workbook.intake.guess.candidates import Candidate
from workbook.intake.guess.grid import Line
from workbook.intake.guess.heading_words import says, tokens
from workbook.intake.guess.naming import heading_name, words_of
from workbook.intake.guess.profile import Profile, is_day, is_empty_day, number_in
from workbook.intake.guess.proposal import Entry, Facts
from workbook.intake.heading_units import currency_codes
from workbook.intake.rows.total_words import Surety, total_label
from workbook.language.languages import RowWords, in_all
from workbook.language.nearest import plain

_FOOTERS = 15
_MOSTLY, _SLIPS = 0.95, 3
_FEW = 0.5


def where_entries(candidate: Candidate, facts: Facts) -> list[Entry]:
    """Return the rules of ``where``."""
    found: dict[str, Entry] = {}
    for at, profile in enumerate(candidate.profiles):
        heading = candidate.header.headings[at]
        name = heading_name(heading)
        if not name or plain(heading) in candidate.header.repeated or not profile.filled:
            continue
        entry = _state(name, heading, profile, candidate.table) or _currency(
            name, heading, profile, candidate, facts
        )
        if entry:
            found[name] = entry
    for entry in _not_blank(candidate, found):
        found.setdefault(entry.key, entry)
    return list(found.values())


def _state(name: str, heading: str, profile: Profile, table: str) -> Entry | None:
    """Leave out what a column of states says is no answer, or no document."""
    for of_tables, columns, values in _STATES:
        if table not in of_tables or not _is_called(heading, columns) or profile.distinct > 30:
            continue
        out = [text for text in profile.values if plain(text) in _plain(values)]
        if 0 < len(out) < profile.distinct:
            return _left_out(name, out, profile)
        if out and profile.blank > 0.02:
            return _left_out(name, out, profile)
    return None


def _left_out(name: str, out: Sequence[str], profile: Profile) -> Entry:
    rows = sum(count for text, count in profile.common if text in out)
    words = [words_of(text) for text in out]
    doubt = Doubt(code="left_out", facts={"rows": rows, "words": list(out)})
    return Entry(key=name, value={"not": words if len(words) > 1 else words[0]}, doubt=doubt)


def _is_called(heading: str, of_rows: Callable[[RowWords], Iterable[str]]) -> bool:
    words = _plain(in_all(lambda known: of_rows(known.rows)))
    return any(plain(part) in words for part in (heading, *heading.split(" / ")))


def _plain(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(plain, words))


_NO = (*in_all(lambda known: known.cells.no), "0")
_YES = (*in_all(lambda known: known.cells.yes), "1")
_TESTS = in_all(lambda known: (*known.rows.test_values, *known.mapping.previews))
_UNFINISHED = in_all(lambda known: known.rows.unfinished_values)
_ASKED, _BOOKED = ("survey", "satisfaction"), ("sales",)
_STATES: tuple[tuple[tuple[str, ...], Callable[[RowWords], Iterable[str]], Sequence[str]], ...] = (
    (_ASKED, lambda rows: rows.status_columns, (*_TESTS, *_UNFINISHED)),
    (_ASKED, lambda rows: rows.test_columns, (*_YES, *_TESTS)),
    (_ASKED, lambda rows: rows.finished_columns, (*_NO, *_UNFINISHED)),
    (_BOOKED, lambda rows: rows.posted_columns, _NO),
    (_BOOKED, lambda rows: rows.deleted_columns, _YES),
)


def _currency(
    name: str, heading: str, profile: Profile, candidate: Candidate, facts: Facts
) -> Entry | None:
    """Keep the engagement's currency where a column names several."""
    money = {"amount", "margin", "annual_revenue", "revenue"} & candidate.matches.keys()
    if not says(heading, "currency") or profile.distinct < 2 or profile.distinct > 40 or not money:
        return None
    own = [text for text in profile.values if is_currency(text, facts.currency)]
    others = [text for text in profile.values if text not in own]
    if not own or not others:
        return None
    rows = sum(count for text, count in profile.common if text in others)
    words = [words_of(text) for text in own]
    doubt = Doubt(code="other_currency", facts={"rows": rows, "words": others})
    return Entry(key=name, value=words if len(words) > 1 else words[0], doubt=doubt)


def is_currency(text: str, currency: str) -> bool:
    """Return whether a word means a currency.

    >>> is_currency("руб.", "RUB"), is_currency("USD", "RUB")
    (True, False)
    """
    return plain(text) == plain(currency) or currency in currency_codes(text)


def _not_blank(candidate: Candidate, known: Iterable[str]) -> list[Entry]:
    """Leave out rows without the value that makes a row an answer or a sale."""
    body = _data(candidate)
    if not body or (set(known) - {""} and _state_explains(candidate, known)):
        return []
    table = candidate.table
    if table == "survey" and {"date", "score"} <= candidate.matches.keys():
        return _blank_together(candidate, body, "date", "score", "partial")
    if table == "sales":
        return _basis_rows(candidate, body)
    if table == "statements" and candidate.wide and "line" in candidate.matches:
        return _blank_key(candidate, body, "line", "sections")
    return []


def _state_explains(candidate: Candidate, known: Iterable[str]) -> bool:
    """Return whether the rows without a date are those that a state leaves out already."""
    match = candidate.matches.get("date")
    if candidate.table != "survey" or match is None:
        return False
    names = set(known)
    places = [at for at, one in enumerate(candidate.header.headings) if heading_name(one) in names]
    states = {
        line.cells[at].text for at in places for line in candidate.header.body
        if not line.cells[match.at].text
    }  # fmt: skip
    return bool(states) and all(plain(one) in _plain((*_TESTS, *_UNFINISHED)) for one in states)


def _blank_together(
    candidate: Candidate, body: Sequence[Line], key: str, other: str, code: str
) -> list[Entry]:
    at, second = candidate.matches[key].at, candidate.matches[other].at
    blank = [line for line in body if not line.cells[at].text]
    if not blank or len(blank) > 0.9 * len(body):
        return []
    scored = [line for line in blank if line.cells[second].text]
    if len(scored) > 0.5 * len(blank) and len(blank) > 3:
        return []
    return _blank_key(candidate, body, key, code)


def _blank_key(candidate: Candidate, body: Sequence[Line], key: str, code: str) -> list[Entry]:
    at = candidate.matches[key].at
    rows = sum(not line.cells[at].text for line in body)
    heading = candidate.header.headings[at]
    if not rows or not heading or plain(heading) in candidate.header.repeated:
        return []
    doubt = Doubt(code=code, facts={"rows": rows})
    return [Entry(key=heading_name(heading), value={"not": ""}, doubt=doubt)]


def _basis_rows(candidate: Candidate, body: Sequence[Line]) -> list[Entry]:
    """Leave out rows below a document that repeat its amount without its customer."""
    customer = candidate.matches.get("customer_id")
    if customer is None or fill_down(candidate):
        return []
    days = [at for at, profile in enumerate(candidate.profiles) if profile.days > 0.9]
    neither = [
        line for line in body[:-1]
        if not line.cells[customer.at].text and not any(line.cells[at].text for at in days)
    ]  # fmt: skip
    if len(neither) < 1 or not days:
        return []
    return _blank_key(candidate, body, "customer_id", "basis")


def fill_down(candidate: Candidate) -> list[Entry]:
    """Return ``fill_down`` where a customer stands once above, or beside the first of, its rows."""
    customer, day = candidate.matches.get("customer_id"), candidate.matches.get("date")
    if candidate.table not in ("sales", "offers", "plans") or customer is None or day is None:
        return []
    body = _data(candidate)
    both = sum(bool(li.cells[customer.at].text and li.cells[day.at].text) for li in body)
    alone = sum(bool(li.cells[customer.at].text and not li.cells[day.at].text) for li in body)
    left = sum(bool(not li.cells[customer.at].text and li.cells[day.at].text) for li in body)
    if left < max(2, 0.3 * len(body)) or not (alone or both):
        return []
    if body and not body[0].cells[customer.at].text:
        return []
    heading = candidate.header.headings[customer.at]
    name = heading_name(heading) if heading else "customer_id"
    doubt = "groups" if alone >= both else "merged"
    return [Entry(key="fill_down", value=[name], doubt=Doubt(code=doubt))]


def _data(candidate: Candidate) -> tuple[Line, ...]:
    """Return the rows without those that are dropped."""
    gone = {line.number for line in footers(candidate)}
    return tuple(line for line in candidate.header.body if line.number not in gone)


def drop_entries(candidate: Candidate) -> list[Entry]:
    """Return ``drop_rows``: further headings, and what stands below the data."""
    rows: list[object] = list(candidate.header.extra)
    words: list[str] = []
    for line in footers(candidate):
        pattern = _pattern(line)
        if pattern and not _hits_data(pattern, candidate):
            words.append(pattern)
        else:
            rows.append(line.number)
    words += _contracts(candidate)
    repeated = [line.number for line in candidate.header.body[:3000] if _repeats(line, candidate)]
    rows += [number for number in repeated if number not in rows]
    value = [*sorted(rows, key=str), *dict.fromkeys(words)]
    return [Entry(key="drop_rows", value=_numbers_first(value))] if value else []


def _contracts(candidate: Candidate) -> list[str]:
    """Return patterns of contracts that stand below the customers and repeat their amounts."""
    match = candidate.matches.get("customer_id")
    if candidate.table != "sales" or match is None or "date" in candidate.matches:
        return []
    every = [line.cells[match.at].text for line in candidate.header.body]
    found = [text for text in every if text and says(text, "contracts")]
    if len(found) < 0.25 * len(every):
        return []
    first = dict.fromkeys(" ".join(_WORDS.findall(text)[:2]) for text in found)
    return [f"{begun}*" for begun in list(first)[:20] if begun]


_WORDS = re.compile(r"[^\W\d_]{3,}")


def _numbers_first(value: Sequence[object]) -> list[object]:
    numbers = sorted(one for one in value if isinstance(one, int))
    return [*numbers, *(one for one in value if not isinstance(one, int))]


def _repeats(line: Line, candidate: Candidate) -> bool:
    """Return whether a row is the headings once more, as printed lists have them on every page."""
    own = [plain(one) for one in candidate.header.headings]
    cells = [plain(cell.text) for cell in line.cells]
    return cells == own


def footers(candidate: Candidate) -> list[Line]:
    """Return rows at the end that are no data: signatures, totals with a word, notes."""
    body = candidate.header.body
    usual = _usual(body, len(candidate.profiles))
    found: list[Line] = []
    for line in reversed(body[-_FOOTERS:]):
        if not _is_footer(line, usual, candidate):
            break
        found.append(line)
    return [] if len(found) > _FEW * len(body) else found[::-1]


def _usual(body: Sequence[Line], width: int) -> list[int]:
    """Return columns that nearly every row fills."""
    core = body[: max(1, len(body) - _FOOTERS)] if len(body) > 2 * _FOOTERS else body
    least = min(_MOSTLY * len(core), len(core) - _SLIPS)
    return [at for at in range(width) if sum(bool(li.cells[at].text) for li in core) >= least]


def _is_footer(line: Line, usual: Sequence[int], candidate: Candidate) -> bool:
    if total_label(line.first).surety is Surety.SURE:
        return True
    labels = [line.cells[at].text for at in line.filled if number_in(line.cells[at]) is None]
    texts = [text for text in labels if not is_empty_day(text)]
    sure = [text for text in texts if total_label(text).surety is Surety.SURE]
    if sure and len(line.filled) < 0.8 * len(candidate.profiles) + 1 and len(texts) <= 2:
        return True
    there = [at for at in usual if line.cells[at].text]
    if not texts and len(usual) >= 3 and len(there) <= 1 and len(line.filled) <= 3:
        return True
    return len(line.filled) <= 2 and len(usual) >= 3 and len(there) <= 1 and bool(texts)


def _pattern(line: Line) -> str:
    """Return a pattern of the first words of a row, or an empty text where they say little."""
    first = line.cells[line.filled[0]]
    if is_day(first) or number_in(first) is not None:
        return ""
    words = re.split(r"[\d:(]", first.text, maxsplit=1)[0].split()
    begun = heading_name(" ".join(words[:4])).strip("* ")
    return f"{begun}*" if len(begun) >= 3 and tokens(begun) else ""


def _hits_data(pattern: str, candidate: Candidate) -> bool:
    begun = plain(pattern[:-1])
    rows = candidate.header.body[:-_FOOTERS]
    return any(plain(line.first).startswith(begun) for line in rows)
