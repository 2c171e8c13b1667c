"""What marked people meet: every step, every kind of update, all that goes wrong."""

from __future__ import annotations

import asyncio
import json
import resource
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import httpx

from tests.canary.people import FORGED, HOOK_SECRET, REPORTED, marked, words
from tests.canary.updates import every_kind
from tests.canary.ways import Way, goes, ways_to_every_step
from tests.postgres import do
from tests.process import Process
from tests.telegram.stand_in import Person, Telegram

PATIENCE = 120.0  # seconds that anything may take on a busy machine
CODES = (400, 403, 500, 502)
SHOWING = ("sendMessage", "editMessageText", "answerCallbackQuery", "deleteMessages")


@dataclass
class Scenario:
    """Plays it against a running process, and keeps every page that was served."""

    telegram: Telegram
    process: Process
    webhook: str
    database: str
    pages: dict[str, bytes] = field(default_factory=dict)
    _people: Iterator[int] = field(default_factory=count)

    async def plays(self) -> None:
        """Let everything happen."""
        await self._everyone_goes_everywhere()
        await self._every_kind_of_update()
        await self._telegram_refuses()
        await self._the_store_fails()
        if self.webhook:
            await self._strangers_post()
        await self._pages_are_read("at the end")

    def _someone(self) -> tuple[Person, str]:
        index = next(self._people)
        return marked(self.telegram, index), words(index)

    async def _everyone_goes_everywhere(self) -> None:
        machine, ways = ways_to_every_step()

        async def one(way: Way) -> None:
            person, says = self._someone()
            await goes(person, machine, way)
            await person.types(says, waits=False)
            await person.edits(f"{says} again", waits=False)
            await person.taps("danger", waits=False)
            await person.taps("leave", waits=False)
            await self.telegram.until(lambda: self._has_left(person))

        await asyncio.gather(*map(one, ways))

    def _has_left(self, person: Person) -> bool:
        """Tell whether nothing is in their chat, but the last line where that is on."""
        last = {"Closed."} if self.database else set()  # as `settings_for` has it
        return {message.content.get("text") for message in person.chat} == last

    async def _every_kind_of_update(self) -> None:
        person, _ = self._someone()
        await self._arrives(person)
        for index, update in enumerate(every_kind(person, person.id % 10)):
            await person.sends_update(update, waits=False)
            if not index % 8:  # not all in one batch
                await self._all_is_taken()
        group = marked(self.telegram, next(self._people), group=-100)
        await group.types(words(1), waits=False)
        await person.blocks()
        await person.unblocks()
        await self._all_is_taken()

    async def _telegram_refuses(self) -> None:
        orders: list[Callable[[int], None]] = [
            lambda chat: self.telegram.misbehaves.floods(1, chat=chat),
            lambda chat: self.telegram.misbehaves.cuts_off(chat=chat, times=2),
            lambda chat: self.telegram.misbehaves.garbles(chat=chat, times=2),
            lambda chat: self.telegram.misbehaves.leaves_unanswered(chat=chat),
        ]
        orders += [self._refuses(method, code) for method in SHOWING for code in CODES]
        await asyncio.gather(*map(self._meets, orders))
        self.telegram.misbehaves.refuses("getUpdates", REPORTED, code=500)
        self.telegram.misbehaves.garbles("getUpdates")
        self.telegram.misbehaves.conflicts(0.2)
        person, says = self._someone()
        await person.types(says, waits=False)
        await self.telegram.until(lambda: any(each.by_bot for each in person.chat))

    def _refuses(self, method: str, code: int) -> Callable[[int], None]:
        def order(chat: int) -> None:
            says = f"{REPORTED} {words(7)} {chat}"
            self.telegram.misbehaves.refuses(method, says, code=code, chat=chat)

        return order

    async def _meets(self, order: Callable[[int], None]) -> None:
        person, says = self._someone()
        await self._arrives(person)
        order(person.id)
        await person.taps_data(f"1:welcome:{FORGED}", waits=False)
        await person.taps("me", waits=False)
        await person.types(says, waits=False)
        await person.types("/exit", waits=False)

    async def _arrives(self, person: Person) -> None:
        await person.starts(waits=False)
        await self.telegram.until(lambda: any(each.by_bot for each in person.chat))

    async def _the_store_fails(self) -> None:
        people = [self._someone() for _ in range(3)]
        await asyncio.gather(*(self._arrives(person) for person, _ in people))
        with self._nothing_can_be_kept():
            for person, says in people:
                await person.types(says, waits=False)
                await person.taps("danger", waits=False)
            await self._until(lambda: self._is_served("/ready", "degraded"))
            await self._pages_are_read("while nothing can be kept")
        await self._until(lambda: self._is_served("/ready", "ready"))

    @contextmanager
    def _nothing_can_be_kept(self) -> Iterator[None]:
        pid = self.process.process.pid
        if not self.database:
            _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (1000, most))
            yield
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))
        else:
            do(self.database, "ALTER TABLE conversation RENAME TO away")
            yield
            do(self.database, "ALTER TABLE away RENAME TO conversation")

    async def _strangers_post(self) -> None:
        header = "X-Telegram-Bot-Api-Secret-Token"
        body = {"update_id": 1, "message": {"text": words(3)}}
        async with httpx.AsyncClient(trust_env=False) as client:
            for number, (secret, content) in enumerate(
                (
                    (f"{HOOK_SECRET}x", json.dumps(body)),
                    (HOOK_SECRET, words(3)),
                    (HOOK_SECRET, json.dumps([words(3)])),
                    (HOOK_SECRET, json.dumps({"update_id": words(3)})),
                )
            ):
                answer = await client.post(
                    f"{self.webhook}?said={FORGED}",
                    headers={header: secret, "Content-Type": "application/json"},
                    content=content.encode(),
                )
                self.pages[f"answer to a stranger {number}"] = _whole(answer)

    async def _pages_are_read(self, when: str) -> None:
        for path in ("/live", "/ready", "/metrics", f"/{FORGED}", f"/ready?{FORGED}"):
            answer = await self.process.page(path)
            self.pages[f"{path.replace(FORGED, 'unknown')} {when}"] = _whole(answer)

    async def _is_served(self, path: str, text: str) -> bool:
        return (await self.process.page(path)).text.startswith(text)

    async def _all_is_taken(self) -> None:
        await self.telegram.until(
            lambda: not self.telegram.updates.pending, within=PATIENCE
        )

    async def _until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await holds():  # noqa: ASYNC110 another process tells nobody
                await asyncio.sleep(0.05)


def _whole(answer: httpx.Response) -> bytes:
    return f"{answer.status_code} {answer.headers}".encode() + answer.content
