"""A person's name here is a keyed hash: the same each time, and back to nobody."""

import hmac
from hashlib import sha256

from bot.core.person import PersonKey, person_key

SECRET = b"a secret of this test, of no use"


def test_a_person_is_known_again() -> None:
    """Whoever comes back an hour later stands where they stood."""
    first = person_key(SECRET, "telegram", 1234567)

    assert person_key(SECRET, "telegram", 1234567) == first
    assert first.name == hmac.new(SECRET, b"telegram:1234567", sha256).digest()


def test_no_two_people_share_a_name() -> None:
    """Nobody sees another person's answers."""
    keys = {
        person_key(SECRET, channel, number).name
        for channel in ("telegram", "terminal")
        for number in (1, 11, 111, -1)
    }

    assert len(keys) == 8
    assert {len(name) for name in keys} == {32}


def test_without_the_secret_no_number_can_be_tried() -> None:
    """A stolen database can't be searched by chat numbers."""
    name = person_key(SECRET, "telegram", 1234567).name

    assert person_key(b"another secret", "telegram", 1234567).name != name
    assert sha256(b"telegram:1234567").digest() != name


def test_a_name_is_never_shown() -> None:
    """A log or an error that prints a person prints nothing of them."""
    key = person_key(SECRET, "telegram", 1234567)

    for shown in (repr(key), str(key), f"{key}", repr([key]), repr({"of": key})):
        assert "PersonKey(…)" in shown
        assert repr(key.name)[2:-1] not in shown
    assert repr(PersonKey(b"canary")).count("canary") == 0
