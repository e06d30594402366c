"""Rules across diagnostics: each looks at what no single report can see (the method, 4)."""

from collections.abc import Callable

from workbook.diagnostics.summary.cross_facts import CrossFacts, Rule
from workbook.diagnostics.summary.rules.complaint_handling import complaint_handling
from workbook.diagnostics.summary.rules.drivers_of_loss import drivers_of_loss
from workbook.diagnostics.summary.rules.growth_and_losses import growth_and_losses
from workbook.diagnostics.summary.rules.liquidity import liquidity
from workbook.diagnostics.summary.rules.one_thread import one_thread
from workbook.diagnostics.summary.rules.promise_and_deed import promise_and_deed, promise_family
from workbook.diagnostics.summary.rules.sales_and_statement import sales_and_statement
from workbook.diagnostics.summary.rules.space_by_voice import space_by_voice
from workbook.diagnostics.summary.rules.unhappy_a_customers import unhappy_a_customers
from workbook.diagnostics.summary.rules.unmanaged_reasons import unmanaged_reasons
from workbook.stats import Family

RULES: tuple[Rule, ...] = (
    unhappy_a_customers,
    unmanaged_reasons,
    drivers_of_loss,
    space_by_voice,
    growth_and_losses,
    complaint_handling,
    one_thread,
    sales_and_statement,
    promise_and_deed,
)
"""In the order in which equals are told."""

AFTER_MONEY: tuple[Rule, ...] = (liquidity,)
"""Those that need to know what becomes of the revenue; they call no further customer at risk."""

FAMILIES: tuple[Callable[[CrossFacts], Family | None], ...] = (promise_family,)
"""What the rules tested together, each of them for itself."""
