"""The operator's key is made once, kept private, and never shown."""

from __future__ import annotations

import logging
import subprocess
import sys
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest

from bot.core.errors import SettingsError
from bot.stores.keys import KEY_FILE, load_keys

SENTENCE = "four red buses wait behind the old library"


def test_the_first_start_makes_a_key_for_good(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Without a thought of the operator's, all is sealed, and opens after a restart."""
    caplog.set_level(logging.INFO)
    folder = tmp_path / "data"

    (key,) = load_keys(folder, None)

    assert len(urlsafe_b64decode(key)) == 32
    assert load_keys(folder, None) == (key,)
    assert (folder / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]
    assert len(caplog.messages) == 1
    assert "apart from the database" in caplog.messages[0]
    assert key.decode() not in caplog.text


def test_the_setting_comes_first(tmp_path: Path) -> None:
    """Replicas share the key they are given, and make none."""
    assert load_keys(tmp_path, SENTENCE) == (SENTENCE.encode(),)
    assert not list(tmp_path.iterdir())


def test_a_made_key_may_be_moved_into_the_setting(tmp_path: Path) -> None:
    """To take the advice and keep the key apart costs nobody their conversation."""
    keys = load_keys(tmp_path, None)

    assert load_keys(tmp_path, (tmp_path / KEY_FILE).read_text()) == keys


@pytest.mark.parametrize("key", ["", "hunter2 hunter2", "changeme" * 3, "x" * 44])
def test_a_weak_key_is_refused_with_the_cure(tmp_path: Path, key: str) -> None:
    """A key that can be guessed is worse than none: it looks safe."""
    with pytest.raises(SettingsError, match=r"WAYMARK_KEY .*token_urlsafe") as told:
        load_keys(tmp_path, key)

    assert not key or key not in str(told.value)


@pytest.mark.parametrize("content", [b"", b"\xff" * 44, b"short"])
def test_a_damaged_key_file_is_named(tmp_path: Path, content: bytes) -> None:
    """A new key must not quietly take the place of one that can be restored."""
    path = tmp_path / KEY_FILE
    path.write_bytes(content)

    with pytest.raises(SettingsError, match=KEY_FILE):
        load_keys(tmp_path, None)

    assert path.read_bytes() == content


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The operator reads one line with the path, the user, and what to do."""
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match=r"WAYMARK_DATA: .*file.* uid \d+ .*Give"):
        load_keys(tmp_path / "file", None)


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    """Two that each made a key could not open what the other one sealed."""
    code = (
        "import sys; from pathlib import Path; from bot.stores.keys import load_keys;"
        "sys.stdin.read(); print(load_keys(Path(sys.argv[1]), None)[0].decode())"
    )
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", code, tmp_path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(6)
    ]
    for start in starts:
        assert start.stdin
        start.stdin.close()  # all go on at this moment
    keys = set()
    for start in starts:
        assert start.stdout
        keys.add(start.stdout.read())
        start.stdout.close()
        start.wait()

    assert keys == {load_keys(tmp_path, None)[0] + b"\n"}
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_lines_below_the_first_are_keys_from_before(tmp_path: Path) -> None:
    """A key is changed by writing a new one above it, in its file or in the setting."""
    old = load_keys(tmp_path, None)
    path = tmp_path / KEY_FILE
    both = f"{SENTENCE}\n\n{path.read_text()}"
    path.write_text(both)

    assert load_keys(tmp_path, None) == (SENTENCE.encode(), *old)
    assert load_keys(tmp_path / "elsewhere", both) == (SENTENCE.encode(), *old)
    assert load_keys(tmp_path, f"{SENTENCE}\n{SENTENCE}") == (SENTENCE.encode(),)


def test_a_weak_key_among_several_is_named_by_its_line(tmp_path: Path) -> None:
    """The operator finds the line to mend, and no key is shown."""
    with pytest.raises(SettingsError, match=r"WAYMARK_KEY, line 2, is") as told:
        load_keys(tmp_path, f"{SENTENCE}\nshort and old")

    assert "short and old" not in str(told.value)
