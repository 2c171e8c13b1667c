"""Names for what travels between Telegram and a bot: JSON objects, and refusals."""

from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """What Telegram answers instead of a result.

    `code` is the HTTP status, `description` the sentence bots read, and `parameters`
    what Telegram adds for machines (`retry_after` in seconds, `migrate_to_chat_id`).
    """

    def __init__(
        self, code: int, description: str, parameters: Json | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}

    def as_json(self) -> Json:
        """Give the body of the HTTP answer."""
        body: Json = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(description: str) -> Refusal:
    """Refuse a call the way Telegram refuses most: code 400."""
    return Refusal(400, f"Bad Request: {description}")


OTHER_POLLER = Refusal(
    409,
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
)
