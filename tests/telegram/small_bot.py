"""A bot of one question, made with the real library, to try the stand-in with."""

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from tests.telegram.stand_in import Telegram

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


def small_bot(telegram: Telegram) -> App:
    """Put the bot together."""
    app = (
        ApplicationBuilder()
        .token(telegram.token)
        .base_url(f"{telegram.base}/bot")
        .build()
    )
    app.add_handler(CommandHandler("start", asks))
    app.add_handler(CallbackQueryHandler(hears))
    app.add_handler(MessageHandler(filters.ALL, asks))
    return app
