"""The sample engagements: one module each, an explicit tuple of them."""

from data_samples.generate.business_spec import Business
from data_samples.generate.engagements import (
    northbridge,
    severstroy,
    tatra_servis,
    ural_tekhnika,
    vektor_it,
)
from data_samples.generate.filing import Filing
from data_samples.generate.spec import Spec

SPECS: tuple[Spec, ...] = (ural_tekhnika.SPEC, tatra_servis.SPEC, northbridge.SPEC)
BUSINESSES: tuple[Business, ...] = (vektor_it.BUSINESS,)
"""Engagements without a survey."""
FILINGS: tuple[Filing, ...] = (severstroy.FILING,)
"""Engagements with financial statements alone."""
