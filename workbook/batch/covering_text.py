"""The three sentences that go with a pack: what was studied, the answer, what is asked."""

from datetime import date

from workbook.engagement.manifest import SUMMARY, Manifest
from workbook.language.catalog import load_texts


def covering_text(manifest: Manifest) -> str:
    """Return the sentences in the client's language.

    The subjects are those of the diagnostics; the summary is one only where it is alone.
    """
    texts, reports = load_texts("pack", manifest.language), manifest.to_read
    first = next(iter(reports.values()))
    subjects = [entry for name, entry in reports.items() if name != SUMMARY] or [first]
    named = ", ".join(texts("pack.subject", title=entry.title) for entry in subjects)
    studied = texts(
        "pack.studied",
        n=len(subjects),
        client=manifest.client,
        period=manifest.period,
        day=date.fromisoformat(manifest.as_of),
        subjects=named,
    )
    answer = texts("pack.answer", answer=first.answer.rstrip(" ."))
    asked = "pack.ask_draft" if manifest.status == "draft" else "pack.ask"
    return f"{studied} {answer} {texts(asked, title=first.title)}\n"
