"""What Telegram demands of a keyboard before it shows a message."""

from urllib.parse import urlsplit

from tests.telegram.json_types import Json, bad_request

_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}


def inline_keyboard(markup: Json | None) -> Json | None:
    """Give the keyboard that stays with a message; raise Refusal if it is bad."""
    if markup is None or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    for row in rows:
        for button in row:
            _check(button)
    return {"inline_keyboard": rows} if rows else None


def _check(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if len(_ACTIONS & button.keys()) != 1:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if "url" in button and not _can_open(button["url"]):
        raise bad_request("BUTTON_URL_INVALID")


def _can_open(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme in {"http", "https"}:
        return "." in parts.netloc or parts.hostname == "localhost"
    return parts.scheme == "tg" or (not parts.scheme and "." in parts.path)
