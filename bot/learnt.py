"""What recognition has learnt: two files in the folder `signs`, neither required."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock

from bot.core.danger.blend import Blend
from bot.core.danger.model import Model, from_bytes
from bot.core.errors import Unreadable
from bot.core.finding import Findings, Position, check_command
from bot.encoder import Encoder

WEIGHTS, ENCODER = "weights.bin", "encoder.onnx"

log = logging.getLogger(__name__)


class Learnt:
    """Gives it to a recogniser, read when it is first asked for.

    That takes long, and room, and whoever starts a bot has not been asked anything.
    """

    def __init__(self, folder: Path) -> None:
        """Nothing is read yet. `folder` is the flow's."""
        self._folder = folder
        self._read: Model | Blend | None = None
        self._lock = Lock()  # whoever asks meanwhile waits, and does not read it, too

    def __call__(self) -> Model | Blend | None:
        """Return it. None: there is none, or it cannot be read, which is tried again.

        That is told in the log, without a word of what was typed.
        """
        with self._lock:
            if self._read is None:
                findings = Findings()
                self._read = self._blend(findings, looks=False)
                for finding in findings:
                    log.error("%s", finding)
            return self._read

    def look(self, findings: Findings) -> None:
        """Read all of it now. What cannot be read is a finding."""
        self._read = self._blend(findings, looks=True)

    def _blend(self, findings: Findings, *, looks: bool) -> Model | Blend | None:
        model, encoder = self._model(findings), encoder_of(self._folder)
        if model is None or encoder is None:
            return model
        try:
            if looks:
                encoder.looked_at()
            else:
                encoder("")  # raises nothing, and without it the model decides alone
            return Blend(model, encoder)
        except Unreadable as error:
            findings.add(
                "encoder-unreadable",
                Position(str(beside(self._folder, "signs") / ENCODER), 1, 1),
                f"{error}. Until then, typed words are understood without it.",
                "Restore the file, install onnxruntime, or remove the file to do"
                " without.",
                blocks=False,
            )
            return model

    def _model(self, findings: Findings) -> Model | None:
        path = beside(self._folder, "signs") / WEIGHTS
        try:
            return from_bytes(path.read_bytes()).looked_at()
        except FileNotFoundError:
            return None
        except (OSError, Unreadable) as error:
            findings.add(
                "weights-unreadable",
                Position(str(path), 1, 1),
                f"what recognition has learnt cannot be read ({type(error).__name__})."
                " Until then, whatever is typed and is no phrase is asked about.",
                "Restore the file, or remove it. What learns anew:"
                f" {check_command(str(self._folder))}",
                blocks=False,
            )
            return None


def encoder_of(folder: Path) -> Encoder | None:
    """Return the encoder of a flow's folder; None where there is none."""
    path = beside(folder, "signs") / ENCODER
    return Encoder(path) if path.exists() else None


def beside(folder: Path, name: str) -> Path:
    """Return where a shared file or folder stands: in a flow's folder, or beside it."""
    own = folder / name
    return own if own.exists() else folder.parent / name
