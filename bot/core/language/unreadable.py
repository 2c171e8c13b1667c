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
        return (
            "here stands a ': ' too many.",
            "If it belongs to a text, put the whole text in quotes. If this is a line"
            " of its own, let it begin just below the one that it belongs with.",
        )
    if "quoted" in problem or "flow" in problem:
        return (
            f"this part begins on line {begins + 1} and has no end.",
            "Look for a quote or bracket that is not closed, from line"
            f" {begins + 1} to line {number + 1}. {IN_QUOTES}",
        )
    return (
        "this line cannot be read.",
        "Look at this line and the one above: indent with spaces, close every quote and"
        f" bracket, and put a text that holds ': ' or ' #' in quotes. {IN_QUOTES}",
    )
