"""The rooms of the house: who may import whom, and who knows which library."""

# Who may import whom. A file is held to the most exact row that speaks of it.
PLAIN = tuple(
    f"bot/core/{name}"
    for name in (
        "finding",
        "errors",
        "hours",
        "person",
        "service",
        "flow",
        "migration",
        "promise",
        "translation",
    )
)
LANGUAGE, ENGINE = "bot/core/language", "bot/core/engine"
STORES = (
    *("bot/core/errors", "bot/core/finding", "bot/core/person"),
    *("bot/core/counting/cell", "bot/quick_json", "bot/stores"),
)
CHANNEL = (
    "bot/core/checker/told",
    "bot/core/errors",
    "bot/core/flow",
    "bot/core/person",
    ENGINE,
    "bot/reply",
)
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "bot": (),
    "bot/core": (),
    "bot/core/finding": (),
    "bot/core/bank_holidays": (),
    "bot/core/hours": ("bot/core/bank_holidays",),
    "bot/core/person": (),
    "bot/core/errors": ("bot/core/finding",),
    "bot/core/service": ("bot/core/finding", "bot/core/hours"),
    "bot/core/danger": ("bot/core/finding", "bot/core/errors", "bot/core/danger"),
    "bot/core/flow": (
        "bot/core/migration",
        "bot/core/finding",
        "bot/core/service",
        "bot/core/danger",
    ),
    "bot/core/migration": ("bot/core/finding",),
    "bot/core/promise": ("bot/core/finding", "bot/core/service", "bot/core/flow"),
    "bot/core/translation": ("bot/core/finding", "bot/core/service", "bot/core/flow"),
    "bot/core/captions": ("bot/core/flow",),
    "bot/core/diagram": ("bot/core/flow", "bot/core/captions"),
    "bot/core/mermaid": ("bot/core/flow", "bot/core/diagram"),
    LANGUAGE: (*PLAIN, "bot/core/danger", LANGUAGE),
    ENGINE: (*PLAIN, "bot/core/danger", ENGINE),
    "bot/core/checker": (
        *PLAIN,
        "bot/core/danger",
        LANGUAGE,
        ENGINE,
        "bot/core/counting",
        "bot/core/checker",
    ),
    "bot/core/counting": (*PLAIN, ENGINE, "bot/core/counting"),
    "bot/tally": ("bot/core",),
    "bot/keeping": ("bot/core", "bot/stores/base"),
    "bot/reply": ("bot/core", "bot/keeping"),
    "bot/settings": ("bot/core/errors", "bot/core/finding", "bot/setting_forms"),
    "bot/setting_forms": ("bot/core/errors",),
    "bot/logs": ("bot/settings",),
    "bot/encoder": ("bot/core/danger", "bot/core/errors", "bot/tuning"),
    "bot/learnt": ("bot/core", "bot/encoder"),
    "bot/folder": ("bot/core", "bot/learnt"),
    "bot/library": ("bot/core", "bot/folder"),
    "bot/proved": (
        *("bot/core", "bot/folder", "bot/learnt", "bot/library", "bot/quick_json"),
    ),
    "bot/built_in": ("bot/core",),
    "bot/learning": (
        *("bot/core", "bot/encoder", "bot/folder", "bot/learning", "bot/learnt"),
    ),
    "bot/shelf": ("bot/core", "bot/folder", "bot/proved", "bot/built_in"),
    "bot/stores": STORES,
    "bot/in_time": (ENGINE, "bot/faults"),
    "bot/recent_words": ("bot/core/engine/conversation", "bot/core/person"),
    "bot/frontdesk": (
        *("bot/core", "bot/library", "bot/stores/base"),
        *("bot/faults", "bot/in_time", "bot/keeping", "bot/recent_words", "bot/reply"),
        *("bot/beforehand", "bot/tally"),
    ),
    "bot/beforehand": ("bot/core/flow",),
    "bot/faults": (ENGINE, "bot/reply"),
    "bot/measured_desk": (
        *("bot/core", "bot/frontdesk", "bot/recent_words", "bot/reply"),
        *("bot/stores", "bot/tally"),
    ),
    "bot/web": ("bot/core/errors", "bot/quick_json", "bot/web"),
    "bot/channels": ("bot/frontdesk", *CHANNEL),
    "bot/channels/preview": (
        *("bot/frontdesk", "bot/channels/json_lines", "bot/core/hours", *CHANNEL),
    ),
    "bot/channels/telegram": (
        *("bot/frontdesk", *CHANNEL, "bot/channels/telegram"),
        *("bot/in_time", "bot/quick_json"),
    ),
    "bot/operations": ("bot/core", "bot/stores/base", "bot/operations"),
    "bot/running": (
        *("bot/core", "bot/logs", "bot/operations", "bot/stores/base"),
        *("bot/frontdesk", "bot/shelf", "bot/tally", "bot/web"),
    ),
    "bot/sites": (
        *("bot/operations", "bot/running", "bot/settings", "bot/shelf"),
        *("bot/stores/base", "bot/web"),
    ),
    "bot/workbench": (
        *("bot/built_in", "bot/channels/preview", "bot/core", "bot/folder"),
        *("bot/library", "bot/operations"),
    ),
    "bot/bootstrap": tuple(
        f"bot/{name}"
        for name in (
            *("core", "stores", "frontdesk", "library", "channels", "operations"),
            *("recent_words", "running", "settings", "logs", "shelf", "tally"),
            *("measured_desk", "proved", "sites", "web", "workbench"),
        )
    ),
    "bot/doctor": (
        *("bot/bootstrap", "bot/channels", "bot/core", "bot/doctor", "bot/library"),
        *("bot/operations", "bot/settings", "bot/shelf", "bot/stores", "bot/web"),
    ),
    "bot/tuning": (),
    "bot/quick_json": (),
    "bot/bench": (
        *("bot/core/errors", "bot/settings", "bot/bench", "bot/bootstrap", ENGINE),
        *("bot/core/person", "bot/frontdesk"),
    ),
    "bot/cli": ("bot",),
    "bot/__main__": ("bot/cli",),
}

# Each outside library, and the only place that knows it.
OWNERS = {
    # What Waymark is measured beside knows what it is made of.
    "telegram": ("bot/channels/telegram", "bot/bench/conversation_handler"),
    "aiohappyeyeballs": ("bot/channels/telegram/direct",),
    "httptools": ("bot/channels/telegram/connection",),
    "aiohttp": ("bot/channels/telegram/proxied", "bot/bench/bare_client"),
    "orjson": ("bot/quick_json",),
    "transitions": ("bot/core/engine/machine",),
    "yaml": ("bot/core/language/lines",),
    "holidays": ("bot/core/bank_holidays",),
    "syllapy": ("bot/core/checker/reading",),
    "aiosqlite": ("bot/stores/sqlite_file",),
    "psycopg": ("bot/stores/postgres_connection",),
    "cryptography": ("bot/stores/sealing",),
    "starlette": ("bot/web",),
    "uvicorn": ("bot/web/serving",),
    "uvloop": ("bot/cli/operators", "bot/cli/bench"),
    "prometheus_client": ("bot/operations/metrics",),
    "dotenv": ("bot/settings",),
    "click": ("bot/cli",),
    "resvg_py": ("bot/operations/drawing",),
    # Whoever teaches it writes its file, and the bot reads that.
    "onnxruntime": ("bot/encoder", "bot/learning/encoder_training"),
    "onnx": ("bot/learning/encoder_training",),
    "torch": ("bot/learning/encoder_training",),
    "transformers": ("bot/learning/encoder_training",),
    "sklearn": ("bot/learning/training",),
    "scipy": ("bot/learning/training",),
    "numpy": ("bot/learning/training",),
    # It draws for the person in the terminal, and for the operator.
    "rich": (
        *("bot/channels/terminal", "bot/operations/directory"),
        *("bot/operations/statistics", "bot/cli"),
    ),
}

# All that the core may use of Python: nothing that reads, waits, logs, or rolls dice.
CORE_LIBRARIES = {
    *("array", "bisect", "collections", "dataclasses", "datetime", "difflib", "enum"),
    *("functools", "graphlib", "hashlib", "heapq", "hmac", "itertools", "json"),
    *("math", "operator", "re", "shlex", "types", "typing", "unicodedata", "zlib"),
    "zoneinfo",
}
CORE_NEVER = {
    *("open", "print", "input", "eval", "exec", "compile", "__import__", "breakpoint"),
    *("now", "utcnow", "today", "fromtimestamp", "time_ns", "read_text", "write_text"),
}
