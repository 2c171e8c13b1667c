"""signs.yaml becomes signs, with their phrases as the author wrote them."""

from bot.core.finding import Findings, Position
from bot.core.language.signs_file import read_signs
from tests.core.seeding import Fault, small


def test_signs_keep_their_order_and_phrases() -> None:
    """What people type is kept word for word, numbers included."""
    findings = Findings()

    danger, leave = read_signs(small()["signs.yaml"], "signs.yaml", findings)

    assert not len(findings)
    assert (danger.kind, danger.phrases) == ("danger_now", ("help me", "999"))
    assert danger.only_sounds_like == ("help me with my coursework",)
    assert (leave.kind, leave.phrases, leave.only_sounds_like) == (
        "leave",
        ("exit",),
        (),
    )
    assert danger.at == Position("signs.yaml", 5, 3)


FAULTS = (
    Fault(
        "under-two-signs",
        {"phrases: [exit]": "phrases: [exit, »help me]"},
        says="'help me' stands under danger_now and leave",
        cure="Keep one.",
        blocks=False,
    ),
    Fault(
        "missing-key",
        {"phrases: [exit]": "»only_sounds_like: [exit]"},
        says="'leave' lacks 'phrases'",
        cure="Add it: what people type",
    ),
    Fault(
        "no-signs",
        {small()["signs.yaml"]: "signs: »{}"},
        says="this file has no signs",
        cure="Write at least danger.",
    ),
    Fault(
        "unknown-key",
        {"phrases: [exit]": "phrases: [exit]\n    »sounds_like: [exit]"},
        says="'leave' has no 'sounds_like'",
        cure="Did you mean 'only_sounds_like'?",
    ),
)


def test_mistakes_are_found_where_they_stand() -> None:
    """Whoever adds a phrase is led to the line that went wrong."""
    for fault in FAULTS:
        fault.check()


def test_a_file_that_can_not_be_read_gives_no_signs() -> None:
    """The checker then finds that nothing would be recognised."""
    findings = Findings()

    assert read_signs("- a list", "signs.yaml", findings) == ()
    assert [found.rule for found in findings] == ["wrong-shape"]
