"""The table ``lost_customers`` and how people type its lists of reasons."""

from random import Random

from data_samples.generate.chance import draw, stream
from data_samples.generate.churn_spec import Churn
from data_samples.generate.leavers import Leaver
from data_samples.generate.rows import Row
from data_samples.generate.words import reasons

SEPARATOR = "; "
LISTS = ("reasons", "stated_reasons")


def build(churn: Churn, leavers: list[Leaver], name: str) -> list[Row]:
    """Return the clean rows by day of loss; reasons and destinations are ids still."""
    chance = stream(name, "lost_customers")
    rows = [_row(churn, leaver, chance) for leaver in leavers]
    return sorted(rows, key=lambda row: (row["lost_date"], row["customer_id"]))


def _row(churn: Churn, leaver: Leaver, chance: Random) -> Row:
    story, customer = leaver.story, leaver.customer
    interviewed = chance.random() < churn.interviewed[str(customer["segment"])]
    verified = chance.random() < (0.85 if interviewed else 0.12)
    verified = verified and story.reasons != ("unknown",)
    said = story.said or story.reasons
    offered = chance.random() < (0.9 if leaver.returned else 0.14)
    rival = leaver.destination == "competitor" and chance.random() < 0.85
    return {
        "customer_id": customer["customer_id"],
        "lost_date": leaver.lost,
        "reasons": SEPARATOR.join(story.reasons if verified else said),
        "stated_reasons": None if chance.random() < 0.05 else SEPARATOR.join(said),
        "verified": "yes" if verified else "no",
        "start_date": customer["registered_date"],
        "manager": customer["manager"],
        "region": customer["region"],
        "segment": customer["segment"],
        "stage": _or_blank(draw(churn.stages, chance), 0.06, chance),
        "destination": _or_blank(leaver.destination, 0.04, chance),
        "competitor": draw(churn.competitors, chance) if rival else None,
        "annual_revenue": _revenue(churn, leaver, chance),
        "complained": "yes" if leaver.complained else "no",
        "exit_interview": "yes" if interviewed else _or_blank("no", 0.05, chance),
        "returned_date": leaver.returned,
        "offer_used": draw(churn.offers, chance) if offered else None,
    }


def _revenue(churn: Churn, leaver: Leaver, chance: Random) -> float | None:
    """Return the revenue of a year, now and then unknown for a small customer without sales."""
    small = leaver.customer["segment"] == list(churn.revenue)[-1]
    unknown = chance.random() < 0.12 and small and not churn.in_books
    return None if unknown else float(leaver.annual)


def _or_blank(text: str, share: float, chance: Random) -> str | None:
    return None if chance.random() < share else text


def ids(row: Row, column: str = "reasons") -> tuple[str, ...]:
    """Return the reasons of a clean row."""
    return tuple(str(row[column]).split(SEPARATOR)) if row[column] else ()


def as_typed(rows: list[Row], churn: Churn, *, name: str, language: str) -> list[Row]:
    """Return the rows in the client's words, the lists as different people type them."""
    chance = stream(name, "dirt", "reasons")
    wordings = reasons(language)
    slips = dict(churn.slips)
    typed: list[Row] = []
    for row in rows:
        lists: Row = {}
        for column in LISTS:
            own = slips if column == "reasons" else {}
            parts = [_slip(reason, wordings, own) for reason in ids(row, column)]
            lists[column] = _list(parts, chance) if parts else None
        typed.append(row | lists)
    return typed


def _slip(reason: str, wordings: dict[str, str], slips: dict[str, str]) -> str:
    """Return the wording, the first time the wrong spelling that is planned for it."""
    return slips.pop(reason, wordings[reason])


def _list(parts: list[str], chance: Random) -> str:
    parts = [_cased(part, chance) for part in parts]
    if chance.random() < 0.07:
        parts.insert(chance.randint(1, len(parts)), " ")
    text = chance.choices((";", "; ", " ; "), weights=(3, 6, 1))[0].join(parts)
    return f"{text};" if chance.random() < 0.06 else text


def _cased(text: str, chance: Random) -> str:
    fate = chance.random()
    if fate < 0.25:
        return text[0].lower() + text[1:]
    return text.upper() if fate < 0.29 else text
