"""A small correct flow, and mistakes to plant in it: what an author may get wrong.

A planted text marks with » the place where its finding must point. Without a mark it
must point at the top of flow.yaml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.core.checker.limits import check_limits
from bot.core.checker.names import check_names
from bot.core.checker.profile import check_profile
from bot.core.checker.safety import check_safety
from bot.core.checker.ways import check_ways
from bot.core.danger.recogniser import Recogniser
from bot.core.finding import Finding, Findings, Position
from bot.core.flow import Flow
from bot.core.language.flow_file import read_flow
from bot.core.language.services_file import read_services
from bot.core.language.signs_file import read_signs

SMALL = Path(__file__).parent / "small"
CHECKS = (check_names, check_ways, check_safety, check_limits, check_profile)
MARK = "»"

Texts = Mapping[str, str]


def small() -> dict[str, str]:
    """Return the texts of the small flow by file name."""
    names = ("services.yaml", "signs.yaml", "flow.yaml")
    return {name: (SMALL / name).read_text(encoding="utf-8") for name in names}


def planted(edits: Mapping[str, str]) -> dict[str, str]:
    """Return the small flow with some of its text replaced, each piece only once."""
    texts = small()
    for old, new in edits.items():
        holding = [name for name, text in texts.items() if old in text]
        assert len(holding) == 1, f"{old!r} stands in {holding}"
        text = texts[holding[0]]
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        texts[holding[0]] = text.replace(old, new)
    return texts


def read(texts: Texts, findings: Findings) -> Flow | None:
    """Read a flow from its texts and check how it is built; nothing is proved here."""
    services = read_services(texts["services.yaml"], "services.yaml", findings)
    signs = read_signs(texts["signs.yaml"], "signs.yaml", findings)
    recogniser = Recogniser(signs)
    flow = read_flow(texts["flow.yaml"], "flow.yaml", services, recogniser, findings)
    if flow is not None:
        for check in CHECKS:
            check(flow, findings)
    return flow


def found_in(texts: Texts) -> list[Finding]:
    """Return all findings about these texts, in the order an author sees them."""
    findings = Findings()
    read(texts, findings)
    return list(findings)


def flow_of(texts: Texts) -> Flow:
    """Return the flow of texts that hold no mistake."""
    findings = Findings()
    flow = read(texts, findings)
    assert flow is not None, list(map(str, findings))
    assert not len(findings), list(map(str, findings))
    return flow


def without_mark(texts: Texts) -> tuple[dict[str, str], Position]:
    """Return the texts without the mark, and the place where it stood."""
    for name, text in texts.items():
        before, mark, after = text.partition(MARK)
        if mark:
            line = before.count("\n") + 1
            column = len(before) - (before.rfind("\n") + 1) + 1
            return {**texts, name: before + after}, Position(name, line, column)
    return dict(texts), Position("flow.yaml", 1, 1)


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake, and what its finding must say: the thing by name, and the cure.

    `beside` are the rules of further findings that the same mistake brings along.
    """

    rule: str
    edits: Mapping[str, str]
    says: str
    cure: str
    beside: tuple[str, ...] = ()
    blocks: bool = True

    def __str__(self) -> str:
        """Name the case in a list of tests."""
        return f"{self.rule}: {self.says}"

    def check(self) -> None:
        """Plant it, and fail unless exactly the expected is found, just there."""
        texts, at = without_mark(planted(self.edits))
        found = found_in(texts)
        every = "\n".join(f"{each.rule}: {each}" for each in found)
        assert sorted(each.rule for each in found) == sorted(
            (self.rule, *self.beside)
        ), every
        here = [each for each in found if (each.rule, each.at) == (self.rule, at)]
        assert len(here) == 1, f"expected at {at}:\n{every}"
        assert self.says in here[0].says, every
        assert self.cure in here[0].cure, every
        assert here[0].blocks is self.blocks
        assert str(here[0]).startswith(f"{at} "), every
