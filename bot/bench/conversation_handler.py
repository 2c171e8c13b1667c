"""What python-telegram-bot's own handbook leads to: a ConversationHandler, in memory.

Its HTTP client and all else are as they come. Started with the API's address and token.
"""

from __future__ import annotations

import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ConversationHandler,
)

from bot.bench.questions import QUESTIONS

Context = Any  # the library's type has six parameters


def _keyboard(number: int) -> InlineKeyboardMarkup:
    _, options = QUESTIONS[number]
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(option, callback_data=f"{number}:{place}")]
            for place, option in enumerate(options)
        ]
    )


async def _start(update: Update, context: Context) -> int:
    context.user_data.clear()
    if update.message:
        await update.message.reply_text(QUESTIONS[0][0], reply_markup=_keyboard(0))
    return 0


async def _answer(update: Update, context: Context) -> int:
    query = update.callback_query
    if query is None or query.data is None:
        return ConversationHandler.END
    await query.answer()
    number, _, answer = query.data.partition(":")
    context.user_data[number] = answer
    following = int(number) + 1
    if following == len(QUESTIONS):
        await query.edit_message_text("Thank you.")
        return ConversationHandler.END
    keyboard = _keyboard(following)
    await query.edit_message_text(QUESTIONS[following][0], reply_markup=keyboard)
    return following


def main() -> None:
    """Serve until it is ended."""
    base, token = sys.argv[1:]
    app = Application.builder().token(token).base_url(f"{base}/bot").build()
    start: Any = CommandHandler("start", _start)
    app.add_handler(
        ConversationHandler(
            entry_points=[start],
            states={
                number: [CallbackQueryHandler(_answer, pattern=f"^{number}:")]
                for number in range(len(QUESTIONS))
            },
            fallbacks=[start],
            allow_reentry=True,
        )
    )
    app.run_polling()


if __name__ == "__main__":
    main()
