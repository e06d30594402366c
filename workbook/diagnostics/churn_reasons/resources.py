"""What the churn-reasons diagnostic needs beside the client's tables."""

from dataclasses import dataclass

from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The reasons a customer may have."""

    taxonomy: Taxonomy
