"""People who carry marks: in their names, their words and their taps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tests.canary.marks import Needle, needles
from tests.telegram.stand_in import Person, Telegram

TOKEN_SECRET = "KanarieTokenGeheim7"
TOKEN = f"424242:{TOKEN_SECRET}"
KEY = "Kanarieschluessel neben acht roten Kacheln"
HOOK_SECRET = "Kanariehakengeheimnis"
PASSWORD = "Kanariepasswort"
SAID = "Kanarieabsturz žluťoučký"  # what the errors hold when Waymark crashes
REPORTED = "Kanariebericht"  # what Telegram writes into its refusals
FORGED = "Kanariedaten"  # callback data that no button of ours has
FIRST_CHAT, APART = 7_310_000_000, 1_234_567
MOST_PEOPLE = 100

_CALLBACK = re.compile(r"""callback_data['"]: ?['"]([^'"]+)""")


def number(index: int) -> int:
    """Return the chat's and the account's number of a marked person."""
    return FIRST_CHAT + APART * (index + 1)


def names(index: int) -> tuple[str, str, str]:
    """Return the first name, last name and user name of a marked person."""
    mark = f"{index:02}kanarie"
    return f"Vorname{mark} Žluťoučký", f"Nachname{mark}", f"konto_{mark}"


def words(index: int) -> str:
    """Return what a marked person types: harmless, and found nowhere else."""
    return f"pfefferkuchen{index:02}kanarie & 'žluťoučký' <b>"


def marked(telegram: Telegram, index: int, group: int | None = None) -> Person:
    """Bring in a marked person."""
    first, last, account = names(index)
    person = telegram.person(
        number(index), first_name=first, username=account, group=group
    )
    more = {"last_name": last}
    return replace(
        person, about=person.about | more, chat_about=person.chat_about | more
    )


def everything(telegram: Telegram | None = None) -> Iterator[Needle]:
    """Give all that must be found nowhere; with a Telegram, its buttons' data too."""
    texts = [TOKEN_SECRET, KEY, HOOK_SECRET, PASSWORD, SAID, REPORTED, FORGED]
    people = range(MOST_PEOPLE)
    for index in people:
        texts += [*names(index), words(index), words(index).split()[0]]
    texts += ["Žluťoučký", *(SAID.split()[:1])]
    if telegram:
        shown = str([call.parameters for call in telegram.ledger.calls])
        buttons = set(_CALLBACK.findall(shown))
        assert buttons
        texts += buttons
    yield from needles(texts, map(number, people), (KEY.encode(),))
