"""Settings: what an operator sets is what holds, and a slip is told with its cure."""

from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.errors import SettingsError
from bot.settings import DEFAULT_FLOW, Settings, read_settings

TOKEN = "424242:CANARY-6"


def test_nothing_has_to_be_set() -> None:
    """A stranger can start with an empty environment and gets what the docs promise."""
    settings = read_settings({})

    assert settings == Settings(flow=settings.flow)
    assert settings.forget_after == timedelta(minutes=60)
    assert settings.health == ("127.0.0.1", 8081)
    assert settings.data == Path("data")


def test_the_shipped_flow_is_found_from_any_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Started from elsewhere, Waymark still has the flow of its own checkout."""
    monkeypatch.chdir(tmp_path)
    beside_the_package = read_settings({}).flow
    (tmp_path / DEFAULT_FLOW).mkdir(parents=True)

    assert beside_the_package.is_absolute()
    assert beside_the_package.parts[-2:] == DEFAULT_FLOW.parts
    assert read_settings({}).flow == DEFAULT_FLOW


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """One value can be tried out without touching the file that serves every day."""
    file = tmp_path / "waymark.env"
    file.write_text("WAYMARK_FORGET_AFTER=2h\nWAYMARK_DATA=/srv/${HOME}\n")

    settings = read_settings(
        {"WAYMARK_ENV_FILE": str(file), "WAYMARK_FORGET_AFTER": "90s"}
    )

    assert settings.forget_after == timedelta(seconds=90)
    assert settings.data == Path("/srv/${HOME}")


@pytest.mark.parametrize(
    "kept", [f'"{TOKEN}"', f"'{TOKEN}'", f"{TOKEN}\n", f" {TOKEN}\r\n", f"“{TOKEN}”"]
)
def test_r09_quotes_and_line_ends_around_a_token_are_trimmed(
    kept: str, tmp_path: Path
) -> None:
    """R09: copying a token leaves quotes and line ends; the bot must still start."""
    secret = tmp_path / "token"
    secret.write_text(kept)
    env_file = tmp_path / "waymark.env"
    env_file.write_text(f"WAYMARK_TELEGRAM_TOKEN={kept}")

    from_environment = read_settings({"WAYMARK_TELEGRAM_TOKEN": kept})
    from_file = read_settings({"WAYMARK_TELEGRAM_TOKEN_FILE": str(secret)})
    from_env_file = read_settings({"WAYMARK_ENV_FILE": str(env_file)})

    assert from_environment.telegram_token == TOKEN
    assert from_file.telegram_token == TOKEN
    assert from_env_file.telegram_token == TOKEN


def test_a_secret_in_the_environment_wins_over_a_secret_file_in_the_file(
    tmp_path: Path,
) -> None:
    """The environment wins in whichever of its two forms a secret stands there."""
    env_file = tmp_path / "waymark.env"
    env_file.write_text("WAYMARK_TELEGRAM_TOKEN_FILE=/nowhere\n")

    settings = read_settings(
        {"WAYMARK_ENV_FILE": str(env_file), "WAYMARK_TELEGRAM_TOKEN": TOKEN}
    )

    assert settings.telegram_token == TOKEN


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("WAYMARK_TELEGRAM_TOKEN", "SECRET in two", "BotFather"),
        ("WAYMARK_TELEGRAM_TOKEN", "SECRET", "BotFather"),
        ("WAYMARK_TELEGRAM_TOKEN_FILE", "424242:SECRET", "path of a text file"),
        ("WAYMARK_ENV_FILE", "/nowhere/SECRET", "path of a text file"),
        ("WAYMARK_PROXY", "user:SECRET@proxy:3128", "http://"),
        ("WAYMARK_PROXY", "http://[SECRET", "http://"),
        ("WAYMARK_TELEGRAM_API", "127.0.0.1:8082", "http://"),
        ("WAYMARK_FORGET_AFTER", "60", "60m"),
        ("WAYMARK_KEEP_COUNTS", "90", "60m"),
        ("WAYMARK_COUNT", "yes", "on or off"),
        ("WAYMARK_FORGET_AFTER", "0m", "60m"),
        ("WAYMARK_HEALTH", "8081", "127.0.0.1:8081"),
        ("WAYMARK_HEALTH", "localhost:99999", "127.0.0.1:8081"),
        ("WAYMARK_WEBHOOK_URL", "bot.example/SECRET", "https://"),
        ("WAYMARK_WEBHOOK_SECRET", "a SECRET", "openssl rand -hex 32"),
        ("WAYMARK_WEBHOOK_SECRET", "SECRET" * 50, "openssl rand -hex 32"),
        ("WAYMARK_LISTEN", "off", "127.0.0.1:8081"),
        ("WAYMARK_LOG_FORMAT", "xml", "text or json"),
        ("WAYMARK_LOG_LEVEL", "loud", "debug or info"),
    ],
)
def test_a_wrong_value_names_its_setting_and_the_cure(
    name: str, value: str, cure: str
) -> None:
    """An operator reads one sentence and knows what to mend; no secret is repeated."""
    with pytest.raises(SettingsError) as error:
        read_settings({name: value})

    assert name in str(error.value)
    assert cure in str(error.value)
    assert "SECRET" not in str(error.value).replace(name, "")


def test_a_secret_set_twice_is_not_guessed_about(tmp_path: Path) -> None:
    """With two tokens set, starting with the wrong one would answer as another bot."""
    secret = tmp_path / "token"
    secret.write_text(TOKEN)

    with pytest.raises(SettingsError, match="Remove one"):
        read_settings(
            {
                "WAYMARK_TELEGRAM_TOKEN": "1:another",
                "WAYMARK_TELEGRAM_TOKEN_FILE": str(secret),
            }
        )


def test_an_empty_secret_file_is_told(tmp_path: Path) -> None:
    """A secret that was never filled in must not look like one that was never set."""
    secret = tmp_path / "token"
    secret.write_text("\n")

    with pytest.raises(SettingsError, match=r"WAYMARK_TELEGRAM_TOKEN_FILE.*empty"):
        read_settings({"WAYMARK_TELEGRAM_TOKEN_FILE": str(secret)})


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    """Whoever prints the settings to look for a fault does not print a secret."""
    shown = repr(
        read_settings(
            {
                "WAYMARK_TELEGRAM_TOKEN": "1:SECRET",
                "WAYMARK_KEY": "SECRET",
                "WAYMARK_STORE": "postgresql://waymark:SECRET@db/waymark",
                "WAYMARK_PROXY": "http://waymark:SECRET@proxy:3128",
                "WAYMARK_WEBHOOK_URL": "https://bot.example/SECRET",
                "WAYMARK_WEBHOOK_SECRET": "SECRET",
            }
        )
    )

    assert "SECRET" not in shown
    assert all(field.name in shown for field in fields(Settings) if field.repr)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("off", None),
        ("0.0.0.0:9000", ("0.0.0.0", 9000)),  # noqa: S104 what a container needs
        ("[::1]:8081", ("::1", 8081)),
    ],
)
def test_where_health_is_served(value: str, address: tuple[str, int] | None) -> None:
    """Health can be moved, opened to a container's network, or switched off."""
    assert read_settings({"WAYMARK_HEALTH": value}).health == address


@pytest.mark.parametrize("value", ["http://api:8082", "http://api:8082/bot/"])
def test_the_address_of_a_bot_api_server_of_ones_own(value: str) -> None:
    """A slash or Telegram's own /bot at the end changes nothing."""
    assert read_settings({"WAYMARK_TELEGRAM_API": value}).telegram_api == (
        "http://api:8082"
    )


def test_a_slip_in_a_name_is_told() -> None:
    """A misspelt setting would otherwise be passed over, and a default would hold."""
    (told,) = read_settings({"WAYMARK_FORGET_AFTR": "5m"}).unknown

    assert "WAYMARK_FORGET_AFTR" in told
    assert "'WAYMARK_FORGET_AFTER'" in told
