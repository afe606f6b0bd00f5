"""The encoder that the thorough statement network has for itself: MPNet (Song et al. 2020), a larger one that read more before, taught
whole but for its words and lowest layers. Behind those it is told of each word what the attribution networks are told, and what the word
is of any statement. The other statement networks learn from it.

It mirrors `OwnEncoder` in `crates/onrecord-models/src/encoder.rs`.
"""

import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from transformers import MPNetModel

from network import NARROW, Drop

# Behind this folder, whose own modules have the same names.
sys.path.append(str(Path(__file__).resolve().parent.parent / "attribution"))
from layers import chunks  # noqa: E402  (the attribution network's)
from rounding import byte_rows  # noqa: E402

# MPNet's word pieces are BERT's, four places on; the pieces that open and close a chunk stand at these places of BERT's.
BEHIND, ENDS = 4, (101, 102)
OPENS, PAD, CLOSES, MASK = 0, 1, 2, 30526
ROLES = 4
# The most word pieces in a chunk, its two ends apart.
MOST = 500
# How many codes there are for each thing told of a word (`crates/onrecord-models/src/features.rs`).
TOLD = (6, 4, 4)
# Pieces farther apart than this are as far as can be for MPNet.
FAR = 128
# The names of a layer's parts in Hugging Face's MPNet, and ours.
PARTS = {
    "attention.attn.q": "query",
    "attention.attn.k": "key",
    "attention.attn.v": "value",
    "attention.attn.o": "mixed",
    "attention.LayerNorm": "mixed_norm",
    "intermediate.dense": "wide",
    "output.dense": "narrow",
    "output.LayerNorm": "narrow_norm",
}


class Encoder(nn.Module):
    """`folder`: MPNet as Hugging Face has it; its layers from number `kept` on are taught, in this run those from number `still` on."""

    def __init__(self, folder, kept=4, still=0):
        super().__init__()
        self.mpnet = MPNetModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
        self.kept, self.still, self.drop = kept, max(still, kept), Drop(0.1)
        width = self.mpnet.config.hidden_size
        self.roles = nn.Embedding(ROLES, width)
        # How a word is written, what lies before it, and its place with respect to quotation marks.
        self.told = nn.ModuleList([nn.Embedding(16, width) for _ in TOLD])
        for table in (self.roles, *self.told):
            nn.init.zeros_(table.weight)
        self.mpnet.embeddings.requires_grad_(False)
        self.mpnet.encoder.relative_attention_bias.requires_grad_(False)
        for layer in self.mpnet.encoder.layer[: self.still]:
            layer.requires_grad_(False)
        if still > kept:
            self.roles.requires_grad_(False)
            self.told.requires_grad_(False)

    def layer(self, layer, x, bias):
        """As Hugging Face's layers, with nothing in wider numbers than must be."""
        attn = layer.attention.attn
        split = lambda v: v.view(*v.shape[:2], self.mpnet.config.num_attention_heads, -1).transpose(1, 2)
        q, k, v = (split(part(x)) for part in (attn.q, attn.k, attn.v))
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias).transpose(1, 2).reshape(x.shape)
        some = self.drop
        norm = lambda m, y: F.layer_norm(y, m.normalized_shape, m.weight.to(y.dtype), m.bias.to(y.dtype), m.eps)
        x = norm(layer.attention.LayerNorm, some(attn.o(mixed)) + x)
        return norm(layer.output.LayerNorm, some(layer.output.dense(F.gelu(layer.intermediate.dense(x), approximate="tanh"))) + x)

    def taught(self):
        """What has been taught, in this run or before."""
        upper = tuple(f"mpnet.encoder.layer.{i}." for i in range(self.kept, len(self.mpnet.encoder.layer)))
        own = ((name, value) for name, value in self.named_parameters() if name.startswith((*upper, "roles.", "told.")))
        return {"encoder." + name: value.detach().clone() for name, value in own}

    def load_taught(self, state):
        own = dict(self.named_parameters())
        with torch.no_grad():
            for name, value in state.items():
                if name.startswith("encoder."):
                    own[name.removeprefix("encoder.")].copy_(value)

    def tensors(self):
        """All of it by our names, and the words, which go to a file of their own."""
        numbers = lambda value: value.detach().float().numpy()
        out, words = {}, {}
        for i, layer in enumerate(self.mpnet.encoder.layer):
            own = dict(layer.named_parameters())
            for theirs, ours in PARTS.items():
                name, weight = f"encoder.{i}.{ours}", numbers(own[theirs + ".weight"])
                if weight.ndim == 2:
                    byte_rows(out, name + ".weight", weight)
                else:
                    out[name + ".weight"] = weight
                out[name + ".bias"] = numbers(own[theirs + ".bias"])
        embeddings = self.mpnet.embeddings
        for kind in ("weight", "bias"):
            out[f"encoder.norm.{kind}"] = numbers(getattr(embeddings.LayerNorm, kind))
        # MPNet's places begin with its padding's number and one more.
        out["encoder.positions"] = numbers(embeddings.position_embeddings.weight)[PAD + 1 : PAD + 1 + MOST + 2]
        out["encoder.roles"] = numbers(self.roles.weight)
        for i, size in enumerate(TOLD):
            out[f"encoder.told.{i}"] = numbers(self.told[i].weight)[:size]
        bias = self.mpnet.encoder.relative_attention_bias
        buckets = self.mpnet.encoder.relative_position_bucket(torch.arange(-FAR, FAR + 1), num_buckets=bias.num_embeddings)
        out["encoder.distances"] = numbers(bias(buckets)).T
        pieces = numbers(embeddings.word_embeddings.weight)
        ours = pieces[BEHIND:MASK].copy()
        ours[list(ENDS)] = pieces[[OPENS, CLOSES]]
        byte_rows(words, "encoder.words", ours)
        return out, words

    def facts(self):
        """What the program is to know of it."""
        config = self.mpnet.config
        numbers = {"kept": self.kept, "layers": config.num_hidden_layers, "heads": config.num_attention_heads}
        numbers |= {"chunk": MOST, "least": config.layer_norm_eps}
        return {name: str(value) for name, value in numbers.items()}

    def forward(self, articles, hide=0.0):
        """As the other encoder's; of tokens in chunks that no statement is seen with there is nothing."""
        rows = []
        for k, it in enumerate(articles):
            near = np.zeros(len(it), dtype=bool)
            for s in it.statements:
                near[s.first : s.first + len(s.roles)] = True
            for first, last in chunks(it.piece_starts, it.gap >= 2, MOST):
                rows.append((k, first, last, near[first:last].any()))
        read = [r for r in rows if r[3]]
        # Short chunks are read apart from long ones, so that little is read of what only fills a row.
        size = lambda row: min(MOST, int(articles[row[0]].piece_starts[row[2]] - articles[row[0]].piece_starts[row[1]]))
        order = sorted(read, key=size)
        cut = min(range(len(order)), key=lambda i: i * size(order[i - 1]) + (len(order) - i) * size(order[-1]))
        states, places, base = [], {}, 0
        for some in (order[:cut], order[cut:]):
            if not some:
                continue
            x, own = self.read(articles, some, size(some[-1]), hide)
            places |= {key: base + at for key, at in own.items()}
            states.append(x)
            base += len(x)
        x = torch.cat([*states, states[0].new_zeros(1, states[0].shape[1])])
        picked = [places[k, first] if near else np.full(last - first, base) for k, first, last, near in rows]
        return x[torch.from_numpy(np.concatenate(picked))]

    def read(self, articles, rows, longest, hide):
        """The states of all pieces of some chunks, the longest of so many, and where among them those of their tokens stand, by article and
        first token."""
        shape = (len(rows), longest + 2)
        ids = np.full(shape, PAD, dtype=np.int64)
        mask, roles = (np.zeros(shape, dtype=np.int64) for _ in range(2))
        told = np.zeros((*shape, 3), dtype=np.int64)
        places = {}
        for r, (k, first, last, _) in enumerate(rows):
            it = articles[k]
            start = int(it.piece_starts[first])
            own = it.pieces[start : int(it.piece_starts[last])][:longest] + BEHIND
            token = np.repeat(np.arange(first, last), np.diff(it.piece_starts[first : last + 1]))[:longest]
            if hide:
                own = np.where((np.random.rand(last - first) < hide)[token - first], MASK, own)
            n = len(own)
            ids[r, 0], ids[r, 1 : 1 + n], ids[r, 1 + n] = OPENS, own, CLOSES
            mask[r, : n + 2] = 1
            told[r, 1 : 1 + n], roles[r, 1 : 1 + n] = it.columns[token], it.roles[token]
            places[k, first] = r * shape[1] + 1 + np.minimum(it.piece_starts[first:last] - start, longest - 1)
        ids, mask, roles, told = map(torch.from_numpy, (ids, mask, roles, told))
        unseen = torch.zeros(shape).masked_fill(mask == 0, -1e4)[:, None, None, :]
        with torch.no_grad():
            x = self.mpnet.embeddings(input_ids=ids)
            bias = (self.mpnet.encoder.compute_position_bias(x) + unseen).to(NARROW)
            x = x.to(NARROW)
            for layer in self.mpnet.encoder.layer[: self.kept]:
                x = self.layer(layer, x, bias)
        # Told here, and not with the words: no change goes back through layers that stay as they are.
        x = x + self.roles(roles).to(x.dtype)
        for i, table in enumerate(self.told):
            x = x + table(told[..., i]).to(x.dtype)
        for layer in self.mpnet.encoder.layer[self.kept :]:
            x = self.layer(layer, x, bias)
        return x.reshape(-1, x.shape[-1]).float(), places
