"""Prints the table of docs/scale.md: `python -m tests.scale`."""

from __future__ import annotations

from random import Random

from tests.scale.waiting import waits

PEOPLE, READING = (50, 100, 200, 300, 400, 600), (5.0, 10.0, 20.0)


def main() -> None:
    """Print how long people wait, by how many there are and how long they read."""
    print("| people at once |", *(f"reading {each:.0f} s |" for each in READING))  # noqa: T201 a table to read
    print("|--:|" + "--:|" * len(READING))  # noqa: T201 the same
    for people in PEOPLE:
        told = (waits(people, reading, 10, Random(7)) for reading in READING)
        cells = (f"{each.median:.1f} / {each.slowest:.1f} |" for each in told)
        print(f"| {people} |", *cells)  # noqa: T201 the same


if __name__ == "__main__":
    main()
