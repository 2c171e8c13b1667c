"""The small flow with words promised not to be used, and what is found in it."""

from collections.abc import Mapping
from pathlib import Path

from bot.core.checker.reading import check_reading
from bot.core.checker.wording import check_wording
from bot.core.finding import Finding, Findings
from bot.core.flow import Flow
from tests.core.seeding import planted, read, without_mark

FLOWS = Path(__file__).parents[3] / "flows"
PROMISED = {
    "count: [who]": (
        "count: [who]\n"
        "never_say: [low risk, victim, why didn't you]\n"
        "first_words_never: [stalk, kill]"
    ),
    "minutes this is forgotten.": "minutes it is gone.",  # easy to read, as the rest
}


def read_with(edits: Mapping[str, str]) -> tuple[Flow, Mapping[str, str]]:
    """Return the small flow with its promised words and these edits, and its texts."""
    texts = planted({**edits, **PROMISED})
    flow = read(without_mark(texts)[0], Findings())
    assert flow is not None
    return flow, texts


def found(edits: Mapping[str, str]) -> list[Finding]:
    """Return what is found about the wording, each at the mark » where one stands."""
    flow, texts = read_with(edits)
    findings = Findings()
    check_wording(flow, findings)
    check_reading(flow, findings)
    for each in findings:
        assert each.at == without_mark(texts)[1], str(each)
    return list(findings)


def shipped() -> Flow:
    """Return the flow that is shipped, whatever else may still be wrong with it."""
    names = ("services.yaml", "signs.yaml", "stalking/flow.yaml")
    texts = {Path(name).name: (FLOWS / name).read_text("utf-8") for name in names}
    flow = read(texts, Findings())
    assert flow is not None
    return flow
