"""What is said: words promised not to be used, first words, length; and dated facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from bot.core.checker.telling import promised_words, telling_words
from bot.core.checker.written import Written, everything_written, names_of, plain
from bot.core.danger.folding import fold
from bot.core.engine.directory import isolated, numbers_isolated
from bot.core.engine.screen import SWITCHES
from bot.core.finding import Findings
from bot.core.flow import ALWAYS, AnyStep, Flow, Outcome, Part, Reference
from bot.core.service import Service

FIRST_CHARACTERS = 40  # what a locked phone shows of a message, and some more
LONGEST_TEXT = 4096  # Telegram's Bot API, sendMessage, in units of UTF-16
NOTES = ("unclear", "people", "cannot_read")  # put above a screen
LONGEST_TIME = "00:00"
LONGEST_SETTING = "1440"  # minutes in a day: answers are never kept longer
LONGEST_REVIEW = timedelta(days=366)

_SENTENCE_ENDS = re.compile(r"[.!?…]\s|\n")
_TIMES = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b|\b\d{1,2}:\d\d\b|\b24 ?(?:/ ?7|hours?\b)"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun|week)days?\b|\bweekends?\b"
    r"|\bday and night\b|\baround the clock\b|\b(?:noon|midnight)\b",
    re.IGNORECASE,
)


def check_wording(flow: Flow, findings: Findings) -> None:
    """Find what must not be said, and screens that do not fit into one message."""
    names = names_of(flow.services.values())
    promised = promised_words(flow.never_say)
    for written in everything_written(flow):
        _never_said(written, names, promised, findings)
    telling = telling_words(flow.first_words_never)
    for part in _beginnings(flow):
        _first_words(part, telling, findings)
    for step in flow.steps.values():
        _too_long(flow, step, findings)


def check_services(
    services: Mapping[str, Service], today: date, findings: Findings
) -> None:
    """Find services whose facts are due, or whose dates and hours contradict them."""
    for service in services.values():
        if date.min in (service.checked, service.review_by):
            continue  # a day that could not be read is found where it is read
        _dates(service, today, findings)
        _hours(service, findings)


def _never_said(
    written: Written,
    names: Iterable[str],
    promised: re.Pattern[str],
    findings: Findings,
) -> None:
    """Find words promised not to be used; a service's own name may hold them."""
    text = written.text
    for name in names:
        text = text.replace(name, ". ")
    sentences = (fold(sentence) for sentence in _SENTENCE_ENDS.split(text))
    said = (phrase for each in sentences for phrase in promised.findall(each))
    for phrase in dict.fromkeys(said):
        findings.add(
            "never-say",
            written.at,
            f"{written.where} says '{phrase}', which no text here may use.",
            "Say it in other words; under never_say stands why.",
        )


def _beginnings(flow: Flow) -> Iterator[Part]:
    """Give every text that a screen may begin with."""
    yield from (flow.words[note] for note in NOTES if note in flow.words)
    for step in flow.steps.values():
        for part in step.says:
            yield part
            if part.when == ALWAYS:
                break


def _first_words(part: Part, telling: re.Pattern[str], findings: Findings) -> None:
    start = plain(part)[:FIRST_CHARACTERS]
    found = telling.search(fold(start))
    if found:
        findings.add(
            "first-words",
            part.at,
            f"a screen begins with '{start}', and '{found[0]}' would show on a locked"
            " phone.",
            "Put a sentence before it that anyone may see.",
        )


def _too_long(flow: Flow, step: AnyStep, findings: Findings) -> None:
    size = longest_screen(flow, step)
    if size > LONGEST_TEXT:
        findings.add(
            "long-screen",
            step.at,
            f"step '{step.id}' can take {size:,} characters with everything that may be"
            f" shown together; one message carries {LONGEST_TEXT:,}.",
            "Say it shorter, or move some services to a step of their own.",
        )


def longest_screen(flow: Flow, step: AnyStep) -> int:
    """Return a length, in units of UTF-16, that no screen of this step exceeds.

    Every conditional text and every service is counted as if shown at once, with the
    longest line of opening times and the longest note above.
    """
    named = {
        piece.name
        for part in step.says
        if part.when == ALWAYS
        for piece in part.pieces
        if isinstance(piece, Reference)
    }
    below = dict.fromkeys(shown.service for shown in step.also)
    if isinstance(step, Outcome):
        below = {step.route: None, **below}
    paragraphs = [
        max((_standing(flow, note) for note in NOTES), key=_size),
        *(_filled(flow, part) for part in step.says),
        *(
            _block(flow, flow.services[name])
            for name in below
            if name in flow.services and name not in named
        ),
    ]
    return _size("\n\n".join(paragraphs))


def _filled(flow: Flow, part: Part) -> str:
    return "".join(
        piece if isinstance(piece, str) else _longest_value(flow, piece)
        for piece in part.pieces
    ).strip()


def _longest_value(flow: Flow, reference: Reference) -> str:
    if reference.name in SWITCHES:
        return max((_standing(flow, n) for n in SWITCHES[reference.name]), key=_size)
    service = flow.services.get(reference.name)
    if service is None:
        return isolated(flow, LONGEST_SETTING)
    contacts = (isolated(flow, contact) for contact in service.contacts.values())
    return max((numbers_isolated(flow, service.name), *contacts), key=_size)


def _block(flow: Flow, service: Service) -> str:
    text_to = _standing(flow, "text_to")
    contacts = service.contacts.values()
    lines = [text_to + isolated(flow, contact) for contact in contacts]
    about = (service.name, service.whom, service.how)
    lines += [*(numbers_isolated(flow, line) for line in about), _longest_hours(flow)]
    return "\n".join(lines)


def _longest_hours(flow: Flow) -> str:
    day = max(_standing(flow, "days").split(","), key=_size)
    time = isolated(flow, LONGEST_TIME)
    opens = _standing(flow, "opens") + _standing(flow, "at") + day + time
    others = ("always_open", "open_now", "closed", "check_hours")
    return max((opens, *(_standing(flow, name) for name in others)), key=_size)


def _standing(flow: Flow, name: str) -> str:
    return _filled(flow, flow.words[name]) if name in flow.words else ""


def _size(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _dates(service: Service, today: date, findings: Findings) -> None:
    where = f"service '{service.id}' ({service.name}, {service.main})"
    if service.checked > today:
        findings.add(
            "checked-in-future",
            service.at,
            f"{where} was checked on {service.checked}, a day that is still to come.",
            "Write into `checked` the day when somebody last read the pages.",
        )
    if not service.checked <= service.review_by <= service.checked + LONGEST_REVIEW:
        findings.add(
            "review-too-far",
            service.at,
            f"{where} was checked on {service.checked} and is to be looked at again on"
            f" {service.review_by}.",
            "Write into `review_by` the day six months after `checked`.",
        )
    if service.is_due(today):
        findings.add(
            "due-for-review",
            service.at,
            f"{where} is due since {service.review_by}.",
            f"{service.review or 'Read every line of it on its own page.'} Then mend in"
            f" services.yaml what is wrong, put today into `checked` and the day six"
            " months on into `review_by`, and take `review` out.",
            blocks=False,
        )


def _hours(service: Service, findings: Findings) -> None:
    said = _TIMES.search(f"{service.whom}\n{service.how}")
    if said and not (service.hours.always or service.hours.spans):
        findings.add(
            "unproved-hours",
            service.at,
            f"service '{service.id}' says '{said[0]}', and its opening times are not"
            " proved.",
            "Write them under `open` if its own page says so; else take them out here.",
        )
