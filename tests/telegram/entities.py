"""Telegram's formatting rules: MarkdownV2 and HTML turned into text and entities.

The part of both that people write: what must be escaped, and marks that open and close.
Nested quotes, custom emoji and dates are left out.
"""

import html
import re

from tests.telegram.json_types import Json, Refusal, bad_request

_MARKS = {
    "*": "Bold",
    "_": "Italic",
    "__": "Underline",
    "~": "Strikethrough",
    "||": "Spoiler",
}
_TAGS = {
    "b": "Bold",
    "strong": "Bold",
    "i": "Italic",
    "em": "Italic",
    "u": "Underline",
    "ins": "Underline",
    "s": "Strikethrough",
    "strike": "Strikethrough",
    "del": "Strikethrough",
    "tg-spoiler": "Spoiler",
    "span": "Spoiler",
    "a": "TextLink",
    "code": "Code",
    "pre": "Pre",
    "blockquote": "Blockquote",
}
_MARKDOWN = re.compile(
    r"\\(?P<escaped>[\x01-\x7e])|(?P<quote>^>)|(?P<pre>```(?:\w*\n)?)|(?P<code>`)"
    r"|(?P<mark>__|\|\||[*_~])|(?P<link>\[)|(?P<url>\]\((?:[^)\\]|\\.)*\))"
    r"|(?P<reserved>[\]()>#+\-=|{}.!])|(?P<plain>.)",
    re.DOTALL | re.MULTILINE,
)
_HTML = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<rest>[^<>]*)>|(?P<broken><)"
    r"|(?P<escaped>&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);)|(?P<plain>.)",
    re.DOTALL,
)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""")


def parse(text: str, mode: str) -> tuple[str, list[Json]]:
    """Read text in a parse mode; raise Refusal where Telegram cannot."""
    readers = {"markdownv2": _markdown, "html": _html}
    if mode.lower() not in readers:
        raise bad_request("unsupported parse_mode")
    return readers[mode.lower()](text)


class _Writer:
    """Gathers plain text, and remembers which marks are open and since where."""

    def __init__(self) -> None:
        self.text = ""
        self.entities: list[Json] = []
        self.open: list[
            tuple[str, int, int]
        ] = []  # kind, offset in the text, byte in the source

    @property
    def inside(self) -> str:
        return self.open[-1][0] if self.open else ""

    def opens(self, kind: str, byte: int) -> None:
        self.open.append((kind, _units(self.text), byte))

    def closes(self, **more: str) -> None:
        kind, offset, _ = self.open.pop()
        length = _units(self.text) - offset
        name = {"TextLink": "text_link"}.get(kind, kind.lower())
        if length:
            self.entities.append(
                {"type": name, "offset": offset, "length": length} | more
            )

    def done(self) -> tuple[str, list[Json]]:
        if self.open:
            kind, _, byte = self.open[-1]
            raise _unparsed(f"Can't find end of {kind} entity at byte offset {byte}")
        return self.text, sorted(
            self.entities, key=lambda entity: int(entity["offset"])
        )


def _markdown(source: str) -> tuple[str, list[Json]]:
    writer = _Writer()
    for found in _MARKDOWN.finditer(source):
        kind, token = str(found.lastgroup), found[0]
        if kind == "escaped":
            writer.text += found["escaped"]
        elif writer.inside in {"Code", "Pre"}:
            _inside_code(writer, kind, token)
        elif kind == "mark":
            _toggle(writer, _MARKS[token], _byte(source, found.start()))
        elif kind in {"code", "pre"}:
            writer.opens(kind.title(), _byte(source, found.start()))
        elif kind == "link":
            writer.opens("TextLink", _byte(source, found.start()))
        elif kind == "url" and writer.inside == "TextLink":
            writer.closes(url=re.sub(r"\\(.)", r"\1", token[2:-1]))
        elif kind == "plain":
            writer.text += token
        elif kind != "quote":
            raise _unparsed(
                f"Character '{token[0]}' is reserved "
                "and must be escaped with the preceding '\\'"
            )
    return writer.done()


def _inside_code(writer: _Writer, kind: str, token: str) -> None:
    closes = kind == writer.inside.lower()
    if not closes:
        writer.text += token
        return
    writer.closes()
    writer.text += token.removeprefix("```").lstrip("`")


def _toggle(writer: _Writer, kind: str, byte: int) -> None:
    if writer.inside == kind:
        writer.closes()
    else:
        writer.opens(kind, byte)


def _html(source: str) -> tuple[str, list[Json]]:
    writer, links = _Writer(), [""]
    for found in _HTML.finditer(source):
        if not found["tag"]:
            if found["broken"]:
                byte = _byte(source, found.start())
                raise _unparsed(f'Unsupported start tag "" at byte offset {byte}')
            writer.text += html.unescape(found[0])
        else:
            _tag(writer, found, links, _byte(source, found.start()))
    return writer.done()


def _tag(writer: _Writer, found: re.Match[str], links: list[str], byte: int) -> None:
    tag = found["tag"].lower()
    kind = _TAGS.get(tag)
    if kind is None:
        side = "end" if found["close"] else "start"
        raise _unparsed(f'Unsupported {side} tag "{tag}" at byte offset {byte}')
    if not found["close"]:
        href = _HREF.search(found["rest"])
        links.append(href[1] if href else "")
        writer.opens(kind, byte)
    elif writer.inside != kind:
        raise _unparsed(f'Unmatched end tag at byte offset {byte}, found "</{tag}>"')
    else:
        url = html.unescape(links.pop())
        writer.closes(**({"url": url} if kind == "TextLink" else {}))


def _unparsed(problem: str) -> Refusal:
    return bad_request(f"can't parse entities: {problem}")


def _byte(source: str, index: int) -> int:
    return len(source[:index].encode())


def _units(text: str) -> int:
    """Count as Telegram counts offsets: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2
