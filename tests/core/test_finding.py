"""A finding is one line that leads to the mistake and says how to mend it."""

from bot.core.finding import MOST_OF_A_RULE, Finding, Findings, Position, did_you_mean


def test_a_finding_reads_as_one_line_with_its_place() -> None:
    """Editors and terminals make a link of file:line:column."""
    found = Finding("rule", Position("flow.yaml", 42, 7), "It is wrong.", "Mend it.")

    assert str(found) == "flow.yaml:42:7 It is wrong. Mend it."


def test_findings_come_file_by_file_in_the_order_of_their_places() -> None:
    """An author mends a file from its top to its bottom; line 10 is after line 9."""
    findings = Findings()
    places = [("b", 1, 1), ("a", 10, 1), ("a", 9, 12), ("a", 9, 2)]
    for place in places:
        findings.add("rule", Position(*place), "It is wrong.", "Mend it.")

    assert [str(found.at) for found in findings] == [
        "a:9:2",
        "a:9:12",
        "a:10:1",
        "b:1:1",
    ]
    assert len(findings) == 4


def test_two_findings_at_one_place_keep_the_order_in_which_they_were_found() -> None:
    """What was wrong first is told first."""
    findings = Findings()
    for rule in ("z", "a"):
        findings.add(rule, Position("a", 1, 1), "It is wrong.", "Mend it.")

    assert [found.rule for found in findings] == ["z", "a"]


def test_one_blocking_finding_blocks() -> None:
    """Advice alone stops nobody; a mistake does."""
    findings = Findings()
    findings.add("advice", Position("a", 1, 1), "It may be.", "Look.", blocks=False)
    assert not findings.block

    findings.add("mistake", Position("a", 1, 1), "It is wrong.", "Mend it.")
    assert findings.block


def test_the_nearest_word_is_offered() -> None:
    """A slip of the keyboard is mended by looking at one word."""
    assert did_you_mean("call_99", ["talk", "call_999"]) == "Did you mean 'call_999'?"


def test_all_words_are_offered_where_none_is_near() -> None:
    """Whoever has no idea sees what there is."""
    assert did_you_mean("zzz", ["talk", "call_999"]) == "Known here: talk, call_999."
    assert did_you_mean("zzz", []) == "Nothing is known here."


def test_a_word_that_is_only_a_little_alike_is_not_offered() -> None:
    """A wrong guess sends an author the wrong way."""
    assert did_you_mean("hom", ["who", "four"]) == "Known here: who, four."
    assert did_you_mean("wed", ["call", "web"]) == "Did you mean 'web'?"


def test_of_very_many_known_words_ten_are_told() -> None:
    """Nobody looks through fifty names."""
    told = did_you_mean("zzz", [f"step_{number}" for number in range(56)])

    assert told.endswith("step_9 and 46 more.")


def test_of_very_many_alike_only_the_first_are_told() -> None:
    """Nobody reads ten thousand lines; how many there are is said once."""
    findings = Findings()
    for line in range(1, MOST_OF_A_RULE + 31):
        blocks = line == MOST_OF_A_RULE + 30
        findings.add("same", Position("a", line, 1), "No.", "Mend.", blocks=blocks)
    findings.add("other", Position("a", 1, 2), "No.", "Mend.", blocks=False)
    findings.add("same", Position("b", 1, 1), "No.", "Mend.", blocks=False)

    told = [found for found in findings if (found.rule, found.at.file) == ("same", "a")]
    assert len(told) == MOST_OF_A_RULE + 1
    assert "30 more" in told[-1].says
    assert str(told[-1].at) == f"a:{MOST_OF_A_RULE + 1}:1"
    assert len(findings) == MOST_OF_A_RULE + 3
    assert findings.block, "what is not told still keeps a flow from being published"


def test_a_cure_is_only_looked_for_when_it_is_told() -> None:
    """Looking for the nearest of many words takes time."""
    findings = Findings()
    looked: list[int] = []

    def cure() -> str:
        looked.append(1)
        return "Mend."

    for line in range(1, MOST_OF_A_RULE + 31):
        findings.add("same", Position("a", line, 1), "No.", cure)

    assert len(looked) == MOST_OF_A_RULE
