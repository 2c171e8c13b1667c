"""Puts the flow's own words on the bot: name, descriptions, commands, each language."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from telegram import Bot, BotCommand

from bot.channels.telegram.refusals import refusals_told
from bot.channels.telegram.requests import SendingRequest, base_url
from bot.core.engine.profile import Profile

# What no bot can set of itself.
BY_HAND = (
    "Write to @BotFather in Telegram, send /mybots and choose this bot. Only there:",
    "- Edit Botpic: a plain picture. It shows in the list of chats.",
    "- Edit Privacy Policy: the address of your privacy notice.",
    "- Bot Settings, Inline Mode: off.",
    "- Bot Settings, Allow Groups: off. It answers in private chats only.",
    "- Bot Settings, Group Privacy: on.",
)


async def set_up(
    token: str, api_base: str | None, proxy: str | None, profiles: Iterable[Profile]
) -> AsyncIterator[str]:
    """Put each profile on the bot, the first for everyone; give a line for each change.

    What is there already is left alone: Telegram lets a name be changed a few times a
    day only. Raises ChannelError with a cure.
    """
    bot = Bot(token, base_url(api_base), request=SendingRequest(proxy))
    with refusals_told("Telegram did not do it: {}. Try again.".format):
        async with bot:
            for number, profile in enumerate(profiles):
                language = profile.language[:2] if number else ""
                async for line in _put(bot, profile, language):
                    yield line


async def _put(bot: Bot, profile: Profile, language: str) -> AsyncIterator[str]:
    where = language or "every language"
    name = (await bot.get_my_name(language)).name
    short = (await bot.get_my_short_description(language)).short_description
    long = (await bot.get_my_description(language)).description
    commands = await bot.get_my_commands(language_code=language)
    wanted = [BotCommand(name, says) for name, says in profile.commands]
    for what, there, words, put in (
        ("name", name, profile.name, bot.set_my_name),
        (
            "short description",
            short,
            profile.short_description,
            bot.set_my_short_description,
        ),
        ("description", long, profile.description, bot.set_my_description),
    ):
        if words and words != there:
            await put(words, language_code=language)
            yield f"{what}, {where}: set"
    if wanted and list(commands) != wanted:
        await bot.set_my_commands(wanted, language_code=language)
        yield f"{len(wanted)} commands, {where}: set"
