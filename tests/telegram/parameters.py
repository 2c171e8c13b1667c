"""Reads a call's parameters from wherever Telegram lets a bot put them."""

import json
from urllib.parse import parse_qsl

from starlette.requests import Request

from tests.telegram.json_types import Json, bad_request
from tests.telegram.method_table import Upload


async def read(request: Request) -> Json:
    """Give a call's parameters from query, form, JSON or multipart, not yet typed."""
    kind = request.headers.get("content-type", "").partition(";")[0]
    given: Json = dict(request.query_params)
    if kind == "multipart/form-data":
        async with request.form() as form:
            for name, value in form.items():
                given[name] = value if isinstance(value, str) else _upload(value)
        return given
    body = await request.body()
    if kind == "application/json":
        return given | _json(body)
    return given | dict(parse_qsl(body.decode(), keep_blank_values=True))


def _upload(file: object) -> Upload:
    return Upload(
        str(getattr(file, "filename", "")), int(getattr(file, "size", 0) or 0)
    )


def _json(body: bytes) -> Json:
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise bad_request("can't parse JSON object")
    return given
