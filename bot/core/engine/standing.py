"""The standing buttons: those that a step has without its author naming them."""

from __future__ import annotations

from bot.core.flow import AnyStep, Notice, Question

BACK, SKIP, DONE, SEEN = "back", "skip", "done", "seen"
STANDING = (BACK, SEEN, SKIP, DONE)
DANGER, LEAVE = "danger", "leave"  # the interrupts that every flow has, by their names


def standing(step: AnyStep) -> tuple[str, ...]:
    """Return the names of those that a step has, in the order of its screen.

    Each works as typed words, too. "Back" does something where there is a place before;
    on a page it is no button: there "seen" leads back.
    """
    if isinstance(step, Notice) and step.is_page:
        return (SEEN, BACK)
    return (*leading_on(step), BACK)


def leading_on(step: AnyStep) -> tuple[str, ...]:
    """Return those that lead on from a step."""
    if not isinstance(step, Question):
        return ()
    done = (DONE,) if step.fact.any_of else ()
    return done if step.required else (*done, SKIP)
