"""What people send that is not text, as the Bot API tells it to a bot."""

from tests.telegram.json_types import Json

_FILE: Json = {"file_id": "AgADstandin", "file_unique_id": "AQADstandin"}

ATTACHMENTS: Json = {
    "photo": [_FILE | {"width": 90, "height": 90}],
    "voice": _FILE | {"duration": 3},
    "video_note": _FILE | {"duration": 3, "length": 240},
    "sticker": _FILE
    | {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
    "document": _FILE | {"file_name": "notes.pdf"},
    "location": {"latitude": 51.5, "longitude": -0.1},
    "contact": {"phone_number": "+440000000000", "first_name": "Kay"},
    "poll": {
        "id": "1",
        "question": "?",
        "options": [],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    },
}


def attachment(kind: str, caption: str = "") -> Json:
    """Give the content of a message that carries an attachment."""
    return {kind: ATTACHMENTS[kind]} | ({"caption": caption} if caption else {})
