"""A place in a flow to a screen: words and buttons that any channel can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bot.core.engine.conversation import Place
from bot.core.engine.directory import (
    isolated,
    numbers_isolated,
    service_block,
)
from bot.core.engine.standing import BACK, SEEN, standing
from bot.core.flow import (
    NATION,
    AnyStep,
    Flow,
    Kind,
    Outcome,
    Part,
    Question,
    Reference,
)
from bot.core.hours import Opening
from bot.core.service import Service

BULLET = "• "


# Names in braces that tell of a setting: the standing words for it when it is on, and
# when it is off.
SWITCHES: Mapping[str, tuple[str, str]] = {
    "typed_words": ("typed_deleted", "typed_kept"),
    "last_line": ("last_line_sent", "last_line_not_sent"),
    "counting": ("counting_on", "counting_off"),
}
AS_USUAL = frozenset({"typed_words"})


@dataclass(frozen=True, slots=True)
class Moment:
    """What a screen needs to know beside the place: the time, and settings in force.

    `on` are those of SWITCHES that are on.
    """

    now: datetime
    forget_after_minutes: int = 60
    on: frozenset[str] = AS_USUAL


@dataclass(frozen=True, slots=True)
class Button:
    """What can be tapped. `ticked` is None for what is not a tick."""

    id: str
    label: str
    ticked: bool | None = None


# A turn shows some ten, nearly always the same: they are made once. A flow has a few
# hundred; of what is no longer shown, the oldest go.
_button = lru_cache(maxsize=2048)(Button)


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees. `services` are the ids of all that is shown, route first."""

    version: str
    step: str
    kind: Kind
    text: str
    options: tuple[Button, ...]
    back: Button | None
    interrupts: tuple[Button, ...]
    services: tuple[str, ...]
    route: str | None


def show(
    flow: Flow, place: Place, moment: Moment, *, back: bool, note: str | None = None
) -> Screen:
    """Return the screen of a place. `note` names the standing words to put above it."""
    step = flow.steps[place.step]
    parts = _parts(step, place)
    named, below = _services(flow, place, moment, parts)
    paragraphs = [
        *([filled(flow, flow.words[note], moment)] if note else []),
        *(filled(flow, part, moment) for part in parts),
        *(service_block(flow, flow.services[name], moment.now) for name in below),
    ]
    return Screen(
        version=flow.version,
        step=step.id,
        kind=step.kind,
        text=_together(paragraphs),
        options=tuple(_options(flow, step, place)),
        back=_standing(flow, BACK) if back and SEEN not in standing(step) else None,
        interrupts=tuple(
            _button(interrupt.name, interrupt.button)
            for interrupt in flow.interrupts
            if interrupt.button
        ),
        services=(*named, *below),
        route=step.route if isinstance(step, Outcome) else None,
    )


def services_at(
    flow: Flow, place: Place, moment: Moment
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of the services named in a place's words, and of those below them.

    The route comes first, what is closed comes last, and nothing is shown that does not
    serve the person's nation.
    """
    return _services(flow, place, moment, _parts(flow.steps[place.step], place))


def _services(
    flow: Flow, place: Place, moment: Moment, parts: Iterable[Part]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    step = flow.steps[place.step]
    route = (step.route,) if isinstance(step, Outcome) else ()
    in_words = [
        name for part in parts for name in part.reaches if name in flow.services
    ]
    if not (route or in_words or step.also):  # most screens of a conversation
        return (), ()
    nation = next(iter(place.facts.get(NATION, ())), None)
    beside = [
        shown.service
        for shown in step.also
        if shown.when.holds(place.facts) and flow.services[shown.service].serves(nation)
    ]
    beside.sort(key=lambda name: _is_closed(flow.services[name], moment))
    named = [*(name for name in route if name in in_words), *in_words]
    below = [name for name in (*route, *beside) if name not in in_words]
    return tuple(dict.fromkeys(named)), tuple(dict.fromkeys(below))


def _is_closed(service: Service, moment: Moment) -> bool:
    return service.hours.at(moment.now) is Opening.CLOSED


def _together(paragraphs: Iterable[str]) -> str:
    """Join paragraphs, an empty line between; the points of a list stay together."""
    text = ""
    for paragraph in paragraphs:
        space = "\n" if paragraph.startswith(BULLET) else "\n\n"
        text += space + paragraph if text else paragraph
    return text


def _parts(step: AnyStep, place: Place) -> list[Part]:
    return [part for part in step.says if part.when.holds(place.facts)]


def _options(flow: Flow, step: AnyStep, place: Place) -> Iterator[Button]:
    fact = step.fact if isinstance(step, Question) and step.fact.any_of else None
    for option in step.options:
        is_tick = fact is not None and option.id in fact.values
        ticked = option.id in place.ticked if is_tick else None
        yield _button(option.id, option.label, ticked)
    yield from (_standing(flow, name) for name in standing(step) if name != BACK)


def _standing(flow: Flow, name: str) -> Button:
    return _button(name, flow.words[name].plain)


def words_at(flow: Flow, place: Place, moment: Moment) -> str:
    """Return the words of a place, without the services below them."""
    parts = _parts(flow.steps[place.step], place)
    return _together(filled(flow, part, moment) for part in parts)


def filled(flow: Flow, part: Part, moment: Moment) -> str:
    """Return a text with every name in braces filled in."""
    if len(part.pieces) == 1 and isinstance(part.pieces[0], str):  # most name nothing
        return part.pieces[0].strip()
    pieces = [
        piece if isinstance(piece, str) else _value(flow, piece, moment)
        for piece in part.pieces
    ]
    return "".join(pieces).strip()


def _value(flow: Flow, reference: Reference, moment: Moment) -> str:
    service = flow.services.get(reference.name)
    if reference.name in SWITCHES:
        on, off = SWITCHES[reference.name]
        told = on if reference.name in moment.on else off
        return filled(flow, flow.words[told], moment)
    if service is None:  # the only other name that the checker lets through
        return isolated(flow, str(moment.forget_after_minutes))
    if reference.field == "name":
        return numbers_isolated(flow, service.name)
    contacts = service.contacts
    contact = contacts[reference.field] if reference.field else service.main
    return isolated(flow, contact)
