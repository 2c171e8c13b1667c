"""No library for bots at all: aiohttp's client, two calls a tap, nothing remembered.

It answers every tap with the next question, and is what any bot on this client, however
good, cannot be faster than. Started with the API's address and token.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from aiohttp import ClientSession

from bot.bench.questions import QUESTIONS

Json = dict[str, Any]


def _shown(number: int) -> Json:
    text, options = QUESTIONS[number]
    rows = [
        [{"text": option, "callback_data": f"{number}:{place}"}]
        for place, option in enumerate(options)
    ]
    return {"text": text, "reply_markup": {"inline_keyboard": rows}}


async def _serve(base: str, token: str) -> None:
    tasks: set[asyncio.Task[None]] = set()
    async with ClientSession() as session:

        async def call(method: str, given: Json) -> Any:  # noqa: ANN401 - JSON
            url = f"{base}/bot{token}/{method}"
            async with session.post(url, json=given) as answer:
                return json.loads(await answer.read())["result"]

        async def serve(update: Json) -> None:
            query = update.get("callback_query")
            if query is None:
                chat = {"chat_id": update["message"]["chat"]["id"]}
                await call("sendMessage", chat | _shown(0))
                return
            await call("answerCallbackQuery", {"callback_query_id": query["id"]})
            screen = query["message"]
            place = {
                "chat_id": screen["chat"]["id"],
                "message_id": screen["message_id"],
            }
            following = (int(query["data"].partition(":")[0]) + 1) % len(QUESTIONS)
            await call("editMessageText", place | _shown(following))

        offset = 0
        while True:
            given = {"offset": offset, "timeout": 20}
            for update in await call("getUpdates", given):
                offset = update["update_id"] + 1
                task = asyncio.create_task(serve(update))
                tasks.add(task)
                task.add_done_callback(tasks.discard)


if __name__ == "__main__":
    asyncio.run(_serve(*sys.argv[1:]))
