"""A bot of one question, made with the real library, to try the stand-in with."""

from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from tests.telegram.stand_in import Telegram

PATIENCE = 60.0  # seconds
Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]


def keyboard(*options: tuple[str, str]) -> InlineKeyboardMarkup:
    """Make a keyboard of one column."""
    buttons = [
        InlineKeyboardButton(label, callback_data=data) for label, data in options
    ]
    return InlineKeyboardMarkup([[button] for button in buttons])


QUESTION = keyboard(("Yes, right now", "1:danger:now"), ("No", "1:danger:no"))


async def asks(update: Update, context: Context) -> None:
    """Ask the one question of the bot under test."""
    assert update.effective_chat is not None
    await context.bot.send_message(
        update.effective_chat.id, "Are you in danger?", reply_markup=QUESTION
    )


async def hears(update: Update, _: Context) -> None:
    """Take a tap and show where it led, in the same message."""
    assert update.callback_query is not None
    await update.callback_query.answer()
    await update.callback_query.edit_message_text(
        f"Call 999 ({update.callback_query.data})"
    )


def _request() -> HTTPXRequest:
    return HTTPXRequest(
        read_timeout=PATIENCE, connect_timeout=PATIENCE, pool_timeout=PATIENCE
    )


def patient_bot(telegram: Telegram) -> Bot:
    """Give a bot that only calls, and waits for as long as a busy machine takes."""
    return Bot(
        telegram.token,
        f"{telegram.base}/bot",
        request=_request(),
        get_updates_request=_request(),
    )


def small_bot(telegram: Telegram) -> App:
    """Put the bot together."""
    app = (
        ApplicationBuilder()
        .token(telegram.token)
        .base_url(f"{telegram.base}/bot")
        .request(_request())
        .get_updates_request(_request())
        .build()
    )
    app.add_handler(CommandHandler("start", asks))
    app.add_handler(CallbackQueryHandler(hears))
    app.add_handler(MessageHandler(filters.ALL, asks))
    return app
