"""Says why a file can't be read as YAML, in words of an author, not of a parser."""

from __future__ import annotations

from collections.abc import Sequence

IN_QUOTES = "A text that begins with {, [, *, &, !, %, @ or a quote stands in quotes."
CURLY = "\u201c\u201d\u2018"  # what some editors make of a straight quote
STRAIGHT = "Use straight quotes, not curly ones."


def explain(
    lines: Sequence[str], number: int, begins: int, problem: str
) -> tuple[str, str]:
    """Return what is wrong and how to mend it.

    `number` is the line where the parser stopped, `begins` the one where the part that
    it was reading begins, both from 0; `problem` are its words.
    """
    line = lines[number] if number < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "this line begins with a tab.", "Use spaces."
    says, cure = _why(number, begins, problem)
    if any(quote in line for quote in CURLY):
        cure = f"{cure} {STRAIGHT}"
    return says, cure


def _why(number: int, begins: int, problem: str) -> tuple[str, str]:
    if "mapping values" in problem:
        says = "here stands a ': ' too many."
        cure = (
            "If it belongs to a text, put the whole text in quotes. If this is a line"
            " of its own, let it begin just below the one that it belongs with."
        )
    elif "quoted" in problem or "flow" in problem:
        says = f"this part begins on line {begins + 1} and has no end."
        cure = (
            "Look for a quote or bracket that is not closed, from line"
            f" {begins + 1} to line {number + 1}. {IN_QUOTES}"
        )
    else:
        says = "this line cannot be read."
        cure = (
            "Look at this line and the one above: indent with spaces, close every quote"
            f" and bracket, and put a text that holds ': ' or ' #' in quotes."
            f" {IN_QUOTES}"
        )
    return says, cure
