"""Flows on disk to a flow that may run, or to findings that say why it must not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.core.checker.check import check_flow
from bot.core.danger.recogniser import Recogniser
from bot.core.engine.machine import FlowMachine
from bot.core.errors import FlowUnfit
from bot.core.finding import Finding, Findings, Position
from bot.core.flow import Flow
from bot.core.language.flow_file import read_flow
from bot.core.language.services_file import read_services
from bot.core.language.signs_file import read_signs


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a folder: the flow, if it has an outline, and findings."""

    flow: Flow | None
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> bool:
        """Whether the flow must not be published as it is."""
        return self.flow is None or any(found.blocks for found in self.findings)


def read_folder(folder: Path) -> Reading:
    """Read and check the flow in a folder.

    services.yaml and signs.yaml stand in the folder itself, or else beside it, where
    several flows share them.
    """
    findings = Findings()
    services = read_services(*_file(folder, "services.yaml", findings), findings)
    signs = read_signs(*_file(folder, "signs.yaml", findings), findings)
    text, name = _file(folder, "flow.yaml", findings)
    flow = read_flow(text, name, services, Recogniser(signs), findings)
    if flow is not None:
        check_flow(flow, findings)
    return Reading(flow, tuple(findings))


def load_flow(folder: Path) -> FlowMachine:
    """Return the flow in a folder, ready to run. Raises FlowUnfit where it must not."""
    reading = read_folder(folder)
    if reading.flow is None or reading.blocked:
        raise FlowUnfit(reading.findings)
    return FlowMachine(reading.flow)


def _file(folder: Path, name: str, findings: Findings) -> tuple[str, str]:
    places = (
        [folder / name]
        if name == "flow.yaml"
        else [folder / name, folder.parent / name]
    )
    path = next((place for place in places if place.is_file()), places[0])
    try:
        return path.read_text(encoding="utf-8"), str(path)
    except (OSError, UnicodeDecodeError) as error:
        findings.add(
            "cannot-read",
            Position(str(path), 1, 1),
            f"this file cannot be read ({type(error).__name__}).",
            "Restore it, and save it as plain UTF-8 text.",
        )
        return "", str(path)
