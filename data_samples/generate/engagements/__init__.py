"""The sample engagements: one module each, an explicit tuple of them."""

from data_samples.generate.engagements import northbridge, tatra_servis, ural_tekhnika
from data_samples.generate.spec import Spec

SPECS: tuple[Spec, ...] = (ural_tekhnika.SPEC, tatra_servis.SPEC, northbridge.SPEC)
