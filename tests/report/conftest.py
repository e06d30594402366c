"""Fixtures of the report's tests."""

from datetime import date

import pytest

from workbook.engagement.settings import Brand
from workbook.report.meta import ReportMeta


@pytest.fixture
def meta() -> ReportMeta:
    return ReportMeta(
        title="Customer loyalty",
        client="ООО «Акме»",
        language="ru",
        period="2025-Q4",
        as_of=date(2025, 12, 31),
        draft=True,
        brand=Brand(name="Consulting Ltd", author="Anna Kováčová"),
    )
