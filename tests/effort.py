"""How much is tried: little in the suite, as much as one likes with `make fuzz`."""

import os

CASES = int(os.environ.get("WAYMARK_FUZZ_CASES", "0"))
THOROUGH = CASES > 0


def cases(few: int, cost: int = 1) -> int:
    """Return how many cases to try: a few, or WAYMARK_FUZZ_CASES of them.

    `cost`: how many of the cheapest cases take as long as one of these.
    """
    return max(few, CASES // cost)
