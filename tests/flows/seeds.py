"""Faults that a tired author makes in the shipped flow, and how each can be seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Screen = dict[str, Any]
Edits = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Seed:
    """A fault, what must be found, and what is wrong on the last screen."""

    fault: str
    edits: Edits
    found: str
    seen: Callable[[Screen], bool]

    def __str__(self) -> str:
        """Name the case in a list of tests."""
        return self.fault


def lost(service: str, step: str) -> Callable[[Screen], bool]:
    """Tell of a screen that a service is missing at a step."""
    return lambda screen: screen["step"] == step and service not in screen["services"]


def wrong(service: str, step: str) -> Callable[[Screen], bool]:
    """Tell of a screen that a service stands at a step where it must not."""
    return lambda screen: screen["step"] == step and service in screen["services"]


def at(step: str) -> Callable[[Screen], bool]:
    """Tell of a screen that it is the wrong one."""
    return lambda screen: bool(screen["step"] == step)


SHOWN = (
    Seed(
        "a rule is dropped",
        {
            "changes_seen}\n      - {when: {who: my_own_behaviour}, goes_to:"
            " which_nation}\n      - {otherwise: which_of_four}": (
                "changes_seen}\n      - {otherwise: which_of_four}"
            )
        },
        "“He nearly went to her house, and has turned back”: stands at 'which_of_four'",
        at("which_of_four"),
    ),
    Seed(
        "two rules change places",
        {
            "{when: {nation: elsewhere}, goes_to: outside_uk}\n"
            "      - {when: {who: my_own_behaviour}, goes_to: own_behaviour}": (
                "{when: {who: my_own_behaviour}, goes_to: own_behaviour}\n"
                "      - {when: {nation: elsewhere}, goes_to: outside_uk}"
            )
        },
        "nothing shown serves the nation of whoever stands here",
        lambda screen: (
            screen["facts"]["nation"] == "elsewhere"
            and screen["services"] == ["police_999", "respect"]
        ),
    ),
    Seed(
        "an option leads elsewhere",
        {
            "goes_to: help_life}\n      phone": "goes_to: help_not_heard}\n      phone",
        },
        "is not sent to the lines of those they frighten",
        wrong("stalking_helpline", "help_not_heard"),
    ),
    Seed(
        "an interrupt no longer hears a sign",
        {"silent: {signs: [cannot_speak]": "silent: {signs: [danger_now]"},
        "“She hides in the bathroom and cannot speak”: arrives at 'talk_to_someone'",
        at("talk_to_someone"),
    ),
    Seed(
        "an interrupt no longer sets its fact",
        {"    set: {danger: now}\n": ""},
        "Pressing 55 is told only on the 999 card",
        lambda screen: "silent_solution" in screen["services"] and not screen["facts"],
    ),
    Seed(
        "a service is mixed up with another",
        {"{sms_999.text} only": "{shout.text} only"},
        "'sms_999' is not shown",
        lambda screen: "Text 85258 only if you registered" in screen["text"],
    ),
    Seed(
        "a condition is too wide",
        {
            "{when: {happened: [threats, came_in, weapon]}, show: paladin}": (
                "{when: {happened: [threats, came_in, weapon, followed]},"
                " show: paladin}"
            )
        },
        "Paladin cannot take everyone",
        lambda screen: (
            "paladin" in screen["services"]
            and screen["facts"]["happened"] == ["followed"]
        ),
    ),
    Seed(
        "a service is added that breaks a promise",
        {
            "    route: crimestoppers\n    also:\n": (
                "    route: crimestoppers\n    also:\n      - report_online\n"
            )
        },
        "Whoever must stay unknown is never sent where they are asked who they are",
        wrong("report_online", "stay_unknown"),
    ),
    Seed(
        "another word for an option is lost",
        {"yep, y, not sure, maybe, dont know]": "yep, y, maybe, dont know]"},
        "“He does not know whether it is danger, and types that he is not sure”",
        at("talk_to_someone"),
    ),
    Seed(
        "one nation's help is shown in another",
        {
            "[england, wales, unknown]}\n        say: |\n          A non-molestation": (
                "[england, wales, scotland, unknown]}\n        say: |\n"
                "          A non-molestation"
            )
        },
        "Scotland is shown no other nation's help",
        wrong("ncdv", "court_orders"),
    ),
    Seed(
        "nobody is there at night",
        {
            "who thinks about suicide.\n    nations: uk\n    open: always": (
                "who thinks about suicide.\n    nations: uk\n"
                "    open: {daily: 08:00-22:00, bank_holidays: as_usual}"
            )
        },
        "nothing shown is {open: now} at",
        lambda screen: (
            "Closed now. Opens" in screen["text"]
            and "Open now." not in screen["text"]
            and "Open day and night." not in screen["text"]
        ),
    ),
    Seed(
        "the number is taken out of the words",
        {"      - If it is happening now, call {police_999}.\n": ""},
        "999 stands in the words wherever danger may first be thought of",
        lost("police_999", "what_else"),
    ),
    Seed(
        "what holds abroad is taken out",
        {'"Outside the UK, call {emergency_112} now, or': '"Call'},
        "Outside the UK, danger and thoughts of suicide bring 112",
        lost("emergency_112", "call_999"),
    ),
)
AT_ITS_LINE = {
    "digits in a text": (
        {"press {silent_solution}. If": "press 55. If"},
        "'55' looks like a number to call",
    ),
    "an interrupt is lost": (
        {
            "  anonymous: {signs: [anonymous], goes_to: tell_unknown,"
            " returns: yes}\n": ""
        },
        "nothing leads to step 'tell_unknown'",
    ),
    "danger no longer returns": (
        {"goes_to: call_999\n    returns: yes": "goes_to: call_999"},
        "'danger' does not return",
    ),
    "a step is out of reach": (
        {"      children: {label: I am under nineteen, goes_to: help_children}\n": ""},
        "nothing leads to step 'help_children'",
    ),
}
