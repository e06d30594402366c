"""What a sample engagement is made of: facts only, no randomness."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data_samples.generate.answers_spec import Answers
from data_samples.generate.churn_spec import Churn
from data_samples.generate.segmentation_spec import Segmentation
from data_samples.generate.statements_spec import Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of satisfaction and what is planted in it."""

    name: str
    mean: float
    """Mean mark of the customers before effects, 1-5."""
    weight: float
    """Points of the recommendation score per mark: the largest is the planted driver."""
    staff: float
    """Mean mark that the staff give themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product line: its models in the answers, its tickets in the sales."""

    name: str
    models: tuple[str, ...]
    low: int
    high: int
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manager:
    """A manager, the territories served and the effect on the score."""

    name: str
    territories: tuple[str, ...]
    effect: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An open answer that must be in the data as it stands."""

    question: str
    text: str
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """One survey round."""

    label: str
    start: date
    end: date
    answers: int
    base: float
    """Recommendation score of a respondent with average marks."""
    missing: int
    """Respondents who left the score blank."""
    worries: Mapping[str, float]
    """Weights of the themes that the critics name."""
    joys: Mapping[str, float]
    """Weights of the themes that the fans name."""
    effects: Mapping[str, float] = field(default_factory=dict)
    """Territory -> marks added to the planted driver."""
    scores: tuple[int | None, ...] = ()
    """Given scores by customer, for a survey too small to leave to chance; None: no answer."""
    planned: tuple[Planned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """The client's customers and how they buy."""

    count: int
    id_format: str
    territories: Mapping[str, float]
    segments: tuple[str, ...]
    """From the largest customers to the smallest."""
    industries: tuple[str, ...]
    names: tuple[str, ...]
    """Given names in order of size; empty: built from the two lists below."""
    name_forms: tuple[str, ...] = ()
    name_stems: tuple[str, ...] = ()
    concentration: float = 0.8
    """Exponent of the rank-size law of revenue."""
    orders_per_year: tuple[float, float] = (2.0, 12.0)
    """Of the smallest and the largest customer."""
    ticket: tuple[float, float] = (1.0, 1.0)
    """Multiplier of the ticket of the smallest and the largest customer."""
    season: tuple[float, ...] = (1.0,) * 12
    new_share: float = 0.15
    """Customers whose first purchase lies in the two years."""
    lost_share: float = 0.08
    recommended_share: float = 0.35
    round_to: int = 100
    household: str = ""
    """Industry of every customer of the last segment; empty: any."""
    people: tuple[int, int] = (1, 1)
    """Respondents per customer, least and most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A touchpoint audit: who rated, when, and how each point leans (-1 poor … 1 wow)."""

    raters: tuple[str, ...]
    day: date
    points: tuple[tuple[str, str, float, str], ...]
    """(category, touchpoint, lean, comment)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The complaint register."""

    count: int
    start: date
    categories: Mapping[str, float]
    steps: tuple[float, float, float, float]
    """Chance of each step given the one before: registered … process mended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How one table is written: ``sheet`` for a workbook, ``encoding`` for a CSV file."""

    table: str
    file: str
    columns: tuple[str, ...]
    encoding: str = "utf-8"
    sheet: str = ""
    title: str = ""
    """Line above the header."""
    total: str = ""
    """Label of a total line under the table (of the column ``amount``)."""
    duplicates: int = 0
    """Rows that are there twice, exactly."""
    blank_rows: int = 0
    untidy: float = 0.0
    """Share of text cells with outer spaces."""
    iso_dates: bool = False
    text_dates: float = 0.0
    """Share of days in a workbook that somebody typed as text."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """Columns that this client heads otherwise than ``words.yaml`` says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The engagement of the previous period, in a folder of its own."""

    id: str
    wave: Wave
    layouts: tuple[Layout, ...]
    audit: Audit | None = None
    churn: Churn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One sample engagement."""

    id: str
    language: str
    as_of: date
    market: Market
    managers: tuple[Manager, ...]
    products: tuple[Product, ...]
    parameters: tuple[Parameter, ...]
    waves: tuple[Wave, ...]
    """The last one is the headline."""
    channels: Mapping[str, float]
    survey_segment: str
    """Column of ``customers`` that the survey's segment repeats."""
    respondent_format: str
    comment_share: float
    """Respondents who answer an open question."""
    marked_share: float
    """Respondents who also gave marks."""
    staff_count: int
    audit: Audit
    register: Register
    churn: Churn
    layouts: tuple[Layout, ...]
    expected_verdict: str
    segmentation: Segmentation | None = None
    answers: Answers | None = None
    """Questionnaires that the client's own people filled in."""
    statements: Statements | None = None
    earlier: Earlier | None = None
    coders: tuple[str, ...] = ()
    """Names of the people who coded a part of the answers."""
    coded_share: float = 0.0
    plain_ascii: float = 0.0
    """Share of answers typed without diacritics."""

    @property
    def driver(self) -> str:
        """Parameter that moves the recommendation score most."""
        return max(self.parameters, key=lambda p: p.weight).name

    @property
    def weakest(self) -> str:
        """Parameter planted with the lowest mean mark."""
        return min(self.parameters, key=lambda p: p.mean).name
