"""What a bot says of itself in each language: name, descriptions, commands, menu."""

import json

from tests.telegram.json_types import Json

_TEXTS = {
    "MyName": "name",
    "MyDescription": "description",
    "MyShortDescription": "short_description",
}


class Profile:
    """Keeps what was set and gives it back as Telegram does."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, str], object] = {}

    def perform(self, method: str, given: Json) -> object:
        """Do a profile method; raise KeyError if it is not one."""
        verb, what = (
            (method[:6], method[6:])
            if method[:6] == "delete"
            else (method[:3], method[3:])
        )
        language, scope = given.get("language_code", ""), json.dumps(given.get("scope"))
        if what in _TEXTS:
            return self._text(verb, what, given)
        if what == "MyCommands":
            key = (what, language, scope)
            return self._keep(verb, key, given.get("commands", []), [])
        if what == "ChatMenuButton":
            key = (what, "", str(given.get("chat_id", "")))
            return self._keep(verb, key, given.get("menu_button"), {"type": "default"})
        raise KeyError(method)

    def _text(self, verb: str, what: str, given: Json) -> object:
        field, language = _TEXTS[what], given.get("language_code", "")
        key = (what, language, "")
        if verb == "set":
            return self._keep(verb, key, given.get(field, ""), "")
        # Someone whose language has no text of its own is shown the one for everybody.
        return {field: self.kept.get(key) or self.kept.get((what, "", ""), "")}

    def _keep(
        self, verb: str, key: tuple[str, str, str], value: object, empty: object
    ) -> object:
        if verb == "get":
            return self.kept.get(key, empty)
        if verb == "set" and value:
            self.kept[key] = value
        else:
            self.kept.pop(key, None)
        return True
