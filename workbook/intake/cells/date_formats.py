"""How days are written: the formats that engagement.toml may declare."""

import re

_KNOWN = frozenset("dmyYbBHMSIpfzZ%")


def format_problem(text: str) -> str:
    """Return the code of ``strptime`` that is not known, or what is missing; empty when good.

    >>> format_problem("%d.%m.%Y"), format_problem("%d.%m"), format_problem("%d %Q")
    ('', '%Y', '%Q')
    """
    codes = re.findall(r"%(.?)", text)
    strange = next((code for code in codes if code not in _KNOWN or not code), None)
    if strange is not None:
        return f"%{strange}"
    for wanted in ("d", "mbB", "yY"):
        if sum(codes.count(code) for code in wanted) != 1:
            return f"%{wanted[-1]}"
    return ""
