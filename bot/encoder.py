"""A second reader of typed words, out of one file of weights. Never required.

A small transformer encoder, which `make encoder` teaches. Alone in knowing onnxruntime.
It is loaded soon after somebody came, who may type: before that nobody needs it, and it
takes long, and room.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cached_property
from math import exp
from pathlib import Path
from typing import Any

from bot.core.danger.pieces import Pieces
from bot.core.errors import Unreadable
from bot.tuning import give_room_back

_BETWEEN_TRIMS = 200  # texts; thousands of them would take four megabytes more

log = logging.getLogger(__name__)


class Encoder:
    """Reads a text as `signs/encoder.onnx` was taught to."""

    def __init__(self, path: Path) -> None:
        """Nothing is read before words are."""
        self._path = path
        self._failed = False
        self._texts = 0  # that were read

    def looked_at(self) -> Encoder:
        """Return the same, once it has been read. Raises Unreadable."""
        try:
            self.read("")
        except Exception as error:
            raise Unreadable(f"{self._path} cannot be used: {error}") from error
        return self

    def __call__(self, text: str) -> Mapping[str, float]:
        """Return how likely each kind of sign is, from 0 to 1; nothing where it fails.

        What failed once is not tried again, for to try takes long; it is told, without
        a word of what was typed.
        """
        if self._failed:
            return {}
        try:
            return self.read(text)
        except Exception as error:  # noqa: BLE001 the other reader is still there
            self._failed = True
            says = "%s cannot be used (%s): typed words are understood without it"
            log.error(says, self._path, type(error).__name__)  # noqa: TRY400 as it says
            return {}

    def read(self, text: str) -> Mapping[str, float]:
        """Return how likely each kind of sign is. Raises whatever goes wrong."""
        pieces, kinds, session = self._loaded
        (logits,), *_ = session.run(None, {"pieces": [pieces.numbers(text)]})
        self._texts += 1
        if self._texts % _BETWEEN_TRIMS == 0:
            give_room_back()
        return {
            kind: 1 / (1 + exp(-float(logit)))
            for kind, logit in zip(kinds, logits, strict=True)
        }

    @cached_property
    def _loaded(self) -> tuple[Pieces, tuple[str, ...], Any]:
        # It takes longer to import than all else, and most starts do without. Some
        # processors have no build of it.
        import onnxruntime  # type: ignore[import-untyped]

        options = onnxruntime.SessionOptions()
        # One text is read at a time, beside a bot that has the processor to itself.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        session = onnxruntime.InferenceSession(
            str(self._path), options, providers=["CPUExecutionProvider"]
        )
        give_room_back()  # five megabytes that only reading the file needed
        told = session.get_modelmeta().custom_metadata_map
        pieces = Pieces(json.loads(told["pieces"]))
        return pieces, tuple(json.loads(told["kinds"])), session
