"""A calendar of all-day events: read back by the rules of RFC 5545, whatever the texts are."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.report.calendar_file import CalendarDay, calendar_file

STAMP = date(2025, 12, 31)
LINE = re.compile(r"([A-Z-]+)((?:;[A-Z]+=[^:;]+)*):(.*)", re.DOTALL)
TEXTS = st.text(max_size=200)


def made(*days, stamp=STAMP, domain="acme"):
    return calendar_file(days, stamp=stamp, domain=domain)


def event(summary="Call", **facts):
    return CalendarDay(**({"day": date(2026, 1, 5), "summary": summary, "key": ("a",)} | facts))


def unescaped(value):
    signs = {"n": "\n", "N": "\n", "\\": "\\", ";": ";", ",": ","}
    return re.sub(r"\\(.)", lambda found: signs[found[1]], value)


def read(content):
    """Return the events of a file as mappings of name and value, unfolded and unescaped."""
    assert content.endswith(b"\r\n")
    lines = content.replace(b"\r\n ", b"").decode("utf-8").removesuffix("\r\n").split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events = []
    for line in lines[1:-1]:
        name, _, value = LINE.fullmatch(line).groups()
        if (name, value) == ("BEGIN", "VEVENT"):
            events.append({})
        elif name != "END" and events:
            assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), "a separator is not escaped"
            events[-1][name] = unescaped(value)
    return events


def shown(text):
    """Return what of a text a file carries: no controls, one kind of line break."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    hidden = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
    return re.sub(hidden, "", plain)


@given(summary=TEXTS, description=TEXTS.filter(shown), category=TEXTS.filter(shown))
def test_texts_come_back_as_they_were(summary, description, category):
    found = made(event(summary, description=description, category=category))
    (one,) = read(found)
    assert one["SUMMARY"] == shown(summary)
    assert one["DESCRIPTION"] == shown(description)
    assert one["CATEGORIES"] == shown(category)


@given(TEXTS)
def test_no_line_is_longer_than_75_octets_and_none_cuts_a_character(summary):
    for line in made(event(summary)).split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
        assert b"\r" not in line
        assert b"\n" not in line


def test_a_line_of_75_octets_is_whole_and_one_of_76_is_folded():
    """``SUMMARY:`` takes eight of them."""
    assert b"SUMMARY:" + b"a" * 67 + b"\r\n" in made(event("a" * 67))
    assert b"SUMMARY:" + b"a" * 67 + b"\r\n a\r\n" in made(event("a" * 68))


def test_two_octets_of_a_letter_stay_together():
    """Eight and 33 times two are 74: the next letter does not fit any more."""
    found = made(event("я" * 34))
    assert ("SUMMARY:" + "я" * 33).encode() + b"\r\n " + "я".encode() + b"\r\n" in found


def test_an_event_is_a_whole_day_with_a_stamp_of_the_day_of_the_data():
    (one,) = read(made(event(day=date(2026, 2, 28))))
    assert (one["DTSTART"], one["DTEND"]) == ("20260228", "20260301")
    assert one["DTSTAMP"] == "20251231T000000Z"
    assert b"DTSTART;VALUE=DATE:20260228\r\n" in made(event(day=date(2026, 2, 28)))


def test_the_last_day_there_is_has_no_day_after():
    (one,) = read(made(event(day=date.max)))
    assert one["DTSTART"] == "99991231"
    assert "DTEND" not in one


def test_identifiers_are_those_of_the_event_and_never_the_same_twice():
    again = read(made(event("Call"), event("Write"), event(key=("b",))))
    ids = [one["UID"] for one in again]
    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"[0-9a-f]{32}@acme", uid) for uid in ids)
    (alone,) = read(made(event("Other words"), stamp=date(2026, 3, 31)))
    assert alone["UID"] == ids[0]


def test_keys_that_only_join_to_the_same_text_are_two_events():
    ids = {read(made(event(key=key)))[0]["UID"] for key in (("a", "b"), ("ab",), ("", "ab"))}
    assert len(ids) == 3


def test_an_event_without_a_description_or_category_says_nothing_of_them():
    (one,) = read(made(event()))
    assert {"DESCRIPTION", "CATEGORIES"}.isdisjoint(one)


def test_a_calendar_without_events_is_a_calendar():
    assert read(made()) == []


@pytest.mark.parametrize("text", ["BEGIN:VEVENT", "x\r\nEND:VCALENDAR", "a\nATTENDEE:mailto:x@y"])
def test_text_of_a_client_is_no_line_of_the_calendar(text):
    found = made(event(text))
    assert found.count(b"\r\nBEGIN:VEVENT\r\n") == 1
    assert found.count(b"\r\nEND:VCALENDAR\r\n") == 1
    assert b"\r\nATTENDEE" not in found
