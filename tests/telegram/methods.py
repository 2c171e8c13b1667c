"""What each method of the Bot API does here."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.telegram.chats import BOT, Chats
from tests.telegram.entities import parse
from tests.telegram.json_types import Json, bad_request
from tests.telegram.keyboards import inline_keyboard
from tests.telegram.ledger import Ledger
from tests.telegram.profile import Profile
from tests.telegram.updates import Poll, Updates
from tests.telegram.webhook import Address, Answered, Webhook

_MOST_CHARACTERS = 4096
_MOST_DELETED = 100  # Bot API, deleteMessages
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Methods:
    """Performs calls that have passed the table's check."""

    def __init__(self, chats: Chats, updates: Updates, ledger: Ledger) -> None:
        self._chats, self._updates, self._ledger = chats, updates, ledger
        self.profile = Profile()
        self.webhook: Webhook | None = None
        self.webhook_goes_to = ""
        self._own: dict[str, Callable[[Json], object]] = {
            "getMe": lambda _: (
                BOT | {"can_join_groups": True, "supports_inline_queries": False}
            ),
            "sendMessage": self._send_message,
            "sendChatAction": lambda given: bool(self._chats.find(given["chat_id"])),
            "editMessageText": self._edit_message_text,
            "editMessageReplyMarkup": self._edit_message_reply_markup,
            "deleteMessage": self._delete_message,
            "deleteMessages": self._delete_messages,
            "answerCallbackQuery": self._answer_callback_query,
            "leaveChat": self._leave_chat,
            "getWebhookInfo": self._webhook_info,
        }

    async def perform(
        self, method: str, given: Json, poll: Poll, answered: Answered
    ) -> object:
        """Do what a call asks and give its result; raise Refusal as Telegram would.

        `answered` takes the calls a bot makes in its answers to a webhook's posts.
        """
        if method == "getUpdates":
            return await self._updates.poll(poll, given)
        if method in {"setWebhook", "deleteWebhook"}:
            return await self._set_webhook(given, answered)
        if method in self._own:
            return self._own[method](given)
        try:
            return self.profile.perform(method, given)
        except KeyError:
            raise bad_request(f"the stand-in does not do {method}") from None

    def _send_message(self, given: Json) -> Json:
        chat = self._chats.find(given["chat_id"])
        keyboard = inline_keyboard(given.get("reply_markup"))
        return self._chats.writes(chat, BOT, _said(given), keyboard).as_json()

    def _edit_message_text(self, given: Json) -> Json:
        chat = self._chats.find(given.get("chat_id"))
        keyboard = inline_keyboard(given.get("reply_markup"))
        return self._chats.edits(
            chat, given.get("message_id"), _said(given), keyboard
        ).as_json()

    def _edit_message_reply_markup(self, given: Json) -> Json:
        chat = self._chats.find(given.get("chat_id"))
        keyboard = inline_keyboard(given.get("reply_markup"))
        return self._chats.edits(
            chat, given.get("message_id"), None, keyboard
        ).as_json()

    def _delete_message(self, given: Json) -> bool:
        self._chats.deletes(self._chats.find(given["chat_id"]), given["message_id"])
        return True

    def _delete_messages(self, given: Json) -> bool:
        if not 1 <= len(given["message_ids"]) <= _MOST_DELETED:
            raise bad_request("too many message identifiers specified")
        self._chats.deletes_many(
            self._chats.find(given["chat_id"]), given["message_ids"]
        )
        return True

    def _answer_callback_query(self, given: Json) -> bool:
        self._chats.answers(given["callback_query_id"], given)
        return True

    def _leave_chat(self, given: Json) -> bool:
        chat = self._chats.find(given["chat_id"])
        chat.closed = "bot is not a member of the group chat"
        return True

    async def _set_webhook(self, given: Json, answered: Answered) -> bool:
        address = self._address(given) if given.get("url") else None
        if self._is_set_already(address, given):
            return True
        if self.webhook:
            await self.webhook.stop()
        self._updates.asks_for(given.get("allowed_updates"))
        if given.get("drop_pending_updates"):
            self._updates.drop()
        self.webhook = self._updates.push = None
        if address:
            self.webhook = Webhook(address, self._updates, self._ledger, answered)
            self._updates.push = self.webhook
            self._updates.ends_poll()
            self._updates.offer()
        return True

    def _is_set_already(self, address: Address | None, given: Json) -> bool:
        # As Telegram's own server has it: what is posted just then is not disturbed.
        if not self.webhook or self.webhook.address != address:
            return False
        self._updates.asks_for(given.get("allowed_updates"))
        return not given.get("drop_pending_updates")

    def _address(self, given: Json) -> Address:
        url, secret = urlsplit(given["url"]), given.get("secret_token", "")
        # Telegram wants HTTPS; a test's bot on this machine has no certificate to show.
        if url.scheme != "https" and url.hostname not in _LOOPBACK:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")
        if self.webhook_goes_to:
            inner = urlsplit(self.webhook_goes_to)
            url = url._replace(scheme=inner.scheme, netloc=inner.netloc)
        return Address(
            given["url"], url.geturl(), secret, given.get("max_connections", 40)
        )

    def _webhook_info(self, _: Json) -> Json:
        info: Json = {"url": "", "has_custom_certificate": False}
        info["pending_update_count"] = len(self._updates.pending)
        if self._updates.allowed:
            info["allowed_updates"] = sorted(self._updates.allowed)
        if self.webhook:
            info["url"] = self.webhook.address.told
            info["max_connections"] = self.webhook.address.connections
        if self.webhook and self.webhook.last_error:
            info["last_error_message"] = self.webhook.last_error
        return info


def _said(given: Json) -> Json:
    text, entities = given.get("text", ""), given.get("entities", [])
    if mode := given.get("parse_mode"):
        text, entities = parse(text, mode)
    if not entities:
        text = text.strip()
    if not text.strip():
        raise bad_request("message text is empty")
    if len(text) > _MOST_CHARACTERS:
        raise bad_request("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})
