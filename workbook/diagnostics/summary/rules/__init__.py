"""Rules across diagnostics: each looks at what no single report can see (the method, 4)."""

from workbook.diagnostics.summary.cross_facts import Rule
from workbook.diagnostics.summary.rules.unhappy_a_customers import unhappy_a_customers

RULES: tuple[Rule, ...] = (unhappy_a_customers,)
"""In the order in which equals are told."""
