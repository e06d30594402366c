"""Every kind of chart bears extreme data: words never touch, leave the figure or fade."""

from dataclasses import replace

import numpy as np
import pytest
from measured import WIDTHS, faults

from workbook.charts.axis_ticks import ticks
from workbook.charts.bars import Bars, ChangeBars
from workbook.charts.chart import GREY, PALE, SKY, WIDTH, Palette, figure_of, house_style
from workbook.charts.concentration import Concentration
from workbook.charts.curves import StepCurve, StepCurves
from workbook.charts.dot_plot import DotPlot
from workbook.charts.estimates import Estimate
from workbook.charts.heat import HeatCell, HeatMarks, HeatRow, Shade
from workbook.charts.number_format import NumberFormat
from workbook.charts.plot import Freehand, Plot
from workbook.charts.quartile_bands import BandRow, QuartileBand, QuartileBands
from workbook.charts.score_columns import ScoreClass, ScoreColumns
from workbook.charts.score_zones import ScoreLine, ScoreLines, ScoreRow, ScoreRows, Zone
from workbook.charts.scores import ScoreBar, ScoreBars, ScorePairs, TwoScores
from workbook.charts.shaded_fields import ShadedFields
from workbook.charts.stacked_bars import StackedBars, StackedPart
from workbook.charts.time_points import TimePoints
from workbook.charts.trends import Trend, TrendPanels
from workbook.charts.upset import Upset
from workbook.charts.waterfall import Waterfall, falling
from workbook.language.numbers import NumberFormats

PALETTE = Palette()
NUMBERS = NumberFormats("ru", "RUB")
LONG = (
    "Obchodná spoločnosť Východoslovenské strojárne a zlievárne a. s.",
    "Нежелание сотрудников отдела послепродажного обслуживания отвечать на вопросы",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
)
VALUES = {
    "one": [3.0],
    "forty long labels": [float(i % 7 + 1) for i in range(40)],
    "all equal": [5.0] * 6,
    "nothing": [0.0] * 3,
    "negative": [-3.0, 12.0, -250.0, 40.0],
    "huge": [9.87e11, 1.0, 3.2e9],
    "tiny": [0.001, 0.0012, 0.0009],
    "unknown": [None, 4.0, None],
}
ALL = list(VALUES)


def fmt(name):
    return NumberFormat(name, NUMBERS.write)


def names_of(data):
    values = VALUES[data]
    if data == "forty long labels":
        return [f"{LONG[i % 3]} {i}" for i in range(40)]
    return [f"Пункт {i}" for i in range(len(values))]


def words_of(data):
    return ["нет данных" if v is None else NUMBERS.write(v, "money") for v in VALUES[data]]


def positive(data):
    return [abs(v or 0.0) for v in VALUES[data]]


def shares(data):
    most = max(positive(data)) or 1.0
    return [v / most for v in positive(data)]


def bars(data):
    colours = [PALETTE.primary, PALETTE.secondary, GREY] * 14
    return Bars(labels=names_of(data), values=VALUES[data], texts=words_of(data),
                colours=colours[: len(VALUES[data])], fmt="money")  # fmt: skip


def change_bars(data):
    changes = [v or 0.0 for v in VALUES[data]]
    return ChangeBars(labels=names_of(data), changes=changes, texts=words_of(data),
                      good=[(True, False, None)[i % 3] for i in range(len(changes))],
                      palette=PALETTE, fmt="pct")  # fmt: skip


def rows(data):
    return [
        Estimate(label=name, value=v, low=None if v is None else v - abs(v) / 2,
                 high=None if v is None else v + abs(v) / 3, text=f"{text} n = 1 234",
                 strong=i % 2 == 0)
        for i, (name, v, text) in enumerate(
            zip(names_of(data), VALUES[data], words_of(data), strict=True))
    ]  # fmt: skip


def dot_plot(data):
    return DotPlot(rows=rows(data), palette=PALETTE, write=fmt("dec1"),
                   reference=(1.0, "столько даёт один лишь случай"))  # fmt: skip


def time_points(data):
    short = [replace(row, text=row.text.split(" n")[0]) for row in rows(data)]
    return TimePoints(rows=short, palette=PALETTE, write=fmt("count"))


def stacked(data):
    parts = [StackedPart(name=f"{n} часть", colour=c)
             for n, c in (("Первая", PALETTE.primary), ("Вторая длинная", SKY), ("Третья", PALE),
                          ("Четвёртая совсем длинная", PALETTE.secondary))]  # fmt: skip
    sizes = [(v, v / 2, 0.0, v / 9) for v in positive(data)]
    texts = [[NUMBERS.write(s, "money") for s in row] for row in sizes]
    return StackedBars(labels=names_of(data), parts=parts, sizes=sizes, texts=texts,
                       right=words_of(data), fmt="money")  # fmt: skip


def score_columns(data):
    counts = ([int(min(v, 9_999_999)) for v in positive(data)] * 11)[:11]
    classes = [ScoreClass(first=a, last=b, name=n, share="33 %", colour=c)
               for a, b, n, c in ((0, 6, "Критики", PALETTE.secondary), (7, 8, "Нейтралы", PALE),
                                  (9, 10, "Промоутеры", PALETTE.primary))]  # fmt: skip
    return ScoreColumns(counts=counts, classes=classes, write=fmt("count"), under=dot_plot("one"))


def shaded(data):
    columns = [f"Услуга {LONG[i % 3] if i == 1 else i}" for i in range(3)]
    return ShadedFields(
        shares=[[s, 1 - s, None] for s in shares(data)],
        texts=[["12 из 345", "4 из 7", "–"] for _ in shares(data)],
        rows=names_of(data), columns=columns, palette=PALETTE,
        framed=[[True, False, False] for _ in shares(data)],
    )  # fmt: skip


def shaded_wide(data):
    """Many columns, every shade."""
    n = min(len(VALUES[data]) + 3, 9)
    return ShadedFields(
        shares=[[(i + j) / (2 * n) for j in range(n)] for i in range(n)],
        texts=[["5 из 7"] * n for _ in range(n)], rows=[LONG[i % 3] for i in range(n)],
        columns=[LONG[i % 3] for i in range(n)], palette=PALETTE,
    )  # fmt: skip


def curves(data):
    own = [
        StepCurve(name=name, times=[1.0, 2.5, 4.0], shares=[s * 0.2, s * 0.4, s * 0.5],
                  low=[0.0, None, s * 0.4], high=[s * 0.3, None, s * 0.6],
                  colour=(PALETTE.primary, PALETTE.secondary, SKY, GREY, PALE)[i % 5])
        for i, (name, s) in enumerate(zip(names_of(data)[:5], shares(data), strict=False))
    ]  # fmt: skip
    return StepCurves(curves=own, write_time=fmt("count"), write_share=fmt("pct"),
                      time_name="Годы", start=0.0, from_zero=False)  # fmt: skip


def concentration(data):
    n = len(VALUES[data])
    a = max(1, n // 9)
    classes = [(f"A: {a}", a), (f"B: {min(1, n - a)}", min(1, n - a)),
               (f"C: {max(0, n - a - 1)}", max(0, n - a - 1))]  # fmt: skip
    sizes = np.sort(np.array(positive(data)))[::-1]
    return Concentration(cumulative=np.cumsum(sizes) / (sizes.sum() or 1.0), classes=classes,
                         bounds=[0.5, 0.8], names=("клиенты, от крупных к мелким", "доля оборота"),
                         palette=PALETTE, write=fmt("pct"))  # fmt: skip


ZONES = [Zone(low=low, high=high, name=name) for low, high, name in (
    (-3, -1, "значительно хуже отрасли"), (-1, -0.25, "хуже"), (-0.25, 0.25, "примерно так же"),
    (0.25, 1, "лучше"), (1, 3, "значительно лучше отрасли"))]  # fmt: skip


def score_lines(data):
    values = [None if v is None else 4 * s - 2
              for v, s in zip(VALUES[data], shares(data), strict=True)][:7]  # fmt: skip
    lines = [ScoreLine(name="против отрасли", values=values, strong=True),
             ScoreLine(name="против всех компаний",
                       values=[None if v is None else v * 0.9 for v in values],
                       strong=False)]  # fmt: skip
    return ScoreLines(years=list(range(2019, 2019 + len(values))), lines=lines, zones=ZONES,
                      palette=PALETTE, write=fmt("signed2"))  # fmt: skip


def score_rows(data):
    own = [ScoreRow(label=name, strong=4 * s - 2, other=None if i % 2 else 1 - s,
                    text="отрасль +0,50, все −0,11")
           for i, (name, s) in enumerate(
               zip(names_of(data), shares(data), strict=True))]  # fmt: skip
    return ScoreRows(rows=own, zones=ZONES, names=("отрасль", "все"), palette=PALETTE,
                     write=fmt("count"))  # fmt: skip


def score_bars(data):
    own = [ScoreBar(label=name, value=s, text="63,4 %   + 16 · +/− 15 · − 10",
                    reference=None if i % 3 else 1 - s, strong=i > 0)
           for i, (name, s) in enumerate(
               zip(names_of(data), shares(data), strict=True))]  # fmt: skip
    return ScoreBars(rows=own, palette=PALETTE, write=fmt("pct"), bounds=(1 / 3, 2 / 3),
                     reference_name="Неуправляемый процесс (пример)")  # fmt: skip


def score_pairs(data):
    own = [TwoScores(label=name, first=s, second=1 - s, text="0,38 → 0,50 ▲")
           for name, s in zip(names_of(data), shares(data), strict=True)]  # fmt: skip
    return ScorePairs(rows=own, palette=PALETTE, write=fmt("dec2"), bounds=(1 / 3, 2 / 3),
                      names=("исполнители отдела продаж", "руководство компании"))  # fmt: skip


def quartiles(data):
    def row(i, name, v):
        texts = tuple(NUMBERS.write(q, "money") for q in (v / 2, v, v * 2))
        band = QuartileBand(q1=v / 2, median=v, q3=v * 2, texts=texts, right="отрасль −1")
        return BandRow(label=name, value=VALUES[data][i], text=words_of(data)[i],
                       bands=(band, None if i % 2 else band), begins_group=i % 3 == 0)  # fmt: skip

    own = [row(i, *pair) for i, pair in enumerate(
        zip(names_of(data), positive(data), strict=True))]  # fmt: skip
    return QuartileBands(rows=own, palette=PALETTE)


def heat(data):
    n = min(3 + len(VALUES[data]), 12)
    shades = list(Shade)
    cells = [HeatCell(text=("+", "+/−", "−", "")[i % 4], shade=shades[i % 4]) for i in range(n)]
    own = [HeatRow(label=LONG[1])]
    own += [HeatRow(label=name, cells=cells, figure="0,50") for name in names_of(data)]
    columns = [f"{LONG[i % 2]}" if n > 6 else "+/−" for i in range(n)]
    return HeatMarks(rows=own, columns=columns, figure_name="Среднее", palette=PALETTE)


def trends(data):
    values = VALUES[data][:8]
    panels = [
        Trend(title=LONG[i % 3], periods=[f"II кв. {2018 + j}" for j in range(len(values))],
              values=values, lows=[None if v is None else v - 1 for v in values],
              highs=[None if v is None else v + 1 for v in values], write=fmt("money"))
        for i in range(min(len(values), 5))
    ]  # fmt: skip
    return TrendPanels(trends=panels, palette=PALETTE)


def upset(data):
    n = min(len(VALUES[data]), 10)
    sets = [frozenset({i, (i + 1) % n}) for i in range(n)]
    return Upset(names=names_of(data)[:n], sets=sets, counts=[int(v) for v in positive(data)][:n],
                 palette=PALETTE, write=fmt("count"))  # fmt: skip


def waterfall(data):
    parts = [(name, v, text, PALETTE.secondary) for name, v, text in zip(
        names_of(data), positive(data), words_of(data), strict=True)]  # fmt: skip
    total = sum(positive(data))
    whole = ("Выручка", total, NUMBERS.write(total, "money"))
    return Waterfall(bars=falling(whole, parts, colour=PALETTE.primary), fmt="money")


KINDS = [
    bars, change_bars, dot_plot, time_points, stacked, score_columns, shaded, shaded_wide, curves,
    concentration, score_lines, score_rows, score_bars, score_pairs, quartiles, heat, trends,
    upset, waterfall,
]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("data", ALL)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_bears_extreme_data(kind, data, width):
    assert faults(kind(data), WIDTHS[width]) == []


def test_the_gallery_holds_every_kind():
    shown = {type(kind("one")).__name__ for kind in KINDS}
    assert {c.__name__ for c in Plot.__subclasses__()} - {"Freehand"} == shown


@pytest.mark.parametrize("name", ["count", "pct", "dec1", "dec2"])
@pytest.mark.parametrize(
    ("low", "high"),
    [
        (0.9, 1.2),
        (0.0, 0.02),
        (-100, 100),
        (1e9, 1.0001e9),
        (0.1234, 0.1239),
        (0, 1e12),
        (0.0, 1.0),
    ],
)
def test_ticks_read_differently_and_say_their_value(low, high, name):
    with house_style():
        found = ticks(low, high, room=5.0, write=fmt(name))
    labels = [tick.label for tick in found]
    assert len(set(labels)) == len(labels)
    steps = np.diff([tick.value for tick in found])
    assert np.allclose(steps, steps[:1])


def test_a_value_that_is_not_known_has_no_bar_and_no_dot():
    with house_style():
        bar = figure_of(bars("unknown"), WIDTH).axes[0]
        dots = figure_of(dot_plot("unknown"), WIDTH).axes[0]
    assert [round(p.get_width(), 6) > 0 for p in bar.patches] == [False, True, False]
    marked = [line for line in dots.lines if line.get_marker() == "o"]
    assert sum(len(line.get_xdata()) for line in marked) == 1


def test_what_touches_leaves_or_fades_is_found():
    def plot(figure):
        figure.text(0.5, 0.5, "One", fontsize=9)
        figure.text(0.51, 0.5, "Another", fontsize=7)
        figure.text(0.97, 0.2, "Too far to the right")
        figure.text(0.1, 0.8, "Pale", color="#cccccc")

    found = " ".join(faults(Freehand(plot=plot, tall=1.0), WIDTH))
    assert all(word in found for word in ("overlaps", "outside", "cannot be read", "7.0 pt"))
