"""An invented firm: Halden & Partners, with a look, words and fonts of its own."""

import io

from fontTools.ttLib import TTFont

from workbook.language.package_data import templates

BRAND = """\
meta:
  name:
    full: Halden & Partners
    short: Halden
  link: https://halden.example
logo:
  images:
    wide: {path: look/logo.png, alt: Halden}
  medium: wide
color:
  palette:
    plum: "#5b1a3a"
    amber: "#c98a1b"
  primary: plum
  secondary: amber
  foreground: "#222"
typography:
  fonts:
    - family: Halden Sans
      source: file
      files:
        - look/Regular.ttf
        - path: look/Bold.ttf
          weight: bold
  base:
    family: Halden Sans
    size: 1rem
defaults:
  workbook:
    author: Ingrid Halden
    cover: look/cover.png
  bootstrap:
    anything: 1
"""
DEFAULTS = '''\
[report]
footer = {en = "Registered in England", ru = "Рег. № 1", sk = "IČO 1"}
contact = """Ingrid Halden
ingrid@halden.example"""
disclaimer = "For the client only. <b>No</b> promise = 1+1."

[report.loyalty]
hide = ["touchpoints"]
order = ["reasons"]
titles.waves = "From wave to wave: now {nps.value}"

[params.loyalty]
min_n = 12
'''
ENGAGEMENT = """\
schema_version = 1
id = "acme"
client = "Acme Ltd"
language = "en"
currency = "EUR"
period = "2025"
as_of = 2025-12-31
"""


def font_bytes(weight: str = "Regular", **changed: int) -> bytes:
    """Return a font that is none of ours: its names are another's."""
    font = TTFont(templates() / "fonts" / f"Inter-{weight}.ttf", recalcTimestamp=False)
    for number in (1, 4, 6, 16):
        font["name"].setName("Foundry", number, 3, 1, 0x409)
    for field, value in changed.items():
        setattr(font["OS/2"], field, value)
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()
