"""A small flow in English, Welsh and Urdu, and mistakes put into a copy of it."""

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.core.engine.machine import FlowMachine
from bot.core.finding import Finding
from bot.library import Reading, load_flow, read_folder

IN_LANGUAGES = Path(__file__).parent / "flows_in_languages" / "small"
WELSH, URDU = "cy", "ur"


@cache
def in_languages() -> FlowMachine:
    """Return the flow with all its languages, ready to run."""
    return load_flow(IN_LANGUAGES)


def changed(folder: Path, edits: Mapping[str, Mapping[str, str]]) -> Path:
    """Return a copy of the flow in which texts of some files were replaced."""
    copy = folder / "changed"
    shutil.copytree(IN_LANGUAGES, copy)
    for name, replaced in edits.items():
        text = (copy / name).read_text(encoding="utf-8")
        for old, new in replaced.items():
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        (copy / name).write_text(text, encoding="utf-8")
    return copy


def in_file(reading: Reading, name: str) -> list[Finding]:
    """Return what is found in one file."""
    return [each for each in reading.findings if Path(each.at.file).name == name]


def welsh_with(folder: Path, old: str, new: str) -> Reading:
    """Return what comes of reading the flow with one text of cy.yaml replaced."""
    return read_folder(changed(folder, {"cy.yaml": {old: new}}))
