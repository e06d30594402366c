"""The workshop of the command line: the shipped diagnostics, readers and publisher.

What a finished engagement does not need is imported only when it is needed.
"""

from workbook.batch.execution import ENGINES, Notebook
from workbook.batch.workshop import Case, Diagnostic, Published, Workshop
from workbook.engagement import Engagement


def standard(engine: str = "papermill") -> Workshop:
    """Return the workshop of the shipped diagnostics with the named engine."""
    from workbook.intake.engagement_file import load_engagement
    from workbook.registry import DIAGNOSTICS, param_types

    return Workshop(
        diagnostics=DIAGNOSTICS,
        load=lambda folder: load_engagement(folder, param_types()),
        read=_read_when_needed,
        engine=ENGINES[engine],
        engine_name=engine,
        publish=_publish_when_needed,
    )


def _read_when_needed(engagement: Engagement) -> Case:
    """Read the tables; what this imports is not needed where all is up to date."""
    from workbook.case import read_case

    return read_case(engagement)


def _publish_when_needed(
    notebook: Notebook,
    *,
    engagement: Engagement,
    diagnostic: Diagnostic,
    formats: tuple[str, ...],
) -> Published:
    from workbook.batch.publishing import publish

    return publish(notebook, engagement=engagement, diagnostic=diagnostic, formats=formats)
