"""The encoder that the accurate statement network has for itself: the attribution network's (MiniLM) up to some layer, then layers
taught anew, which are told what each token is of any statement.

It mirrors `crates/onrecord-models/src/encoder.rs`.
"""

import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
from safetensors.torch import load_file
from transformers import BertConfig, BertModel

# Behind this folder, whose own modules have the same names.
sys.path.append(str(Path(__file__).resolve().parent.parent / "attribution"))
from network import Drop  # noqa: E402
from layers import PARTS, chunks  # noqa: E402  (the attribution network's)

OPENS, CLOSES, MASK = 101, 102, 103
ROLES = 4


class Encoder(nn.Module):
    """`attribution`: the attribution network's weight file; its layers from number `kept` on are taught."""

    def __init__(self, attribution, kept, layers=6):
        super().__init__()
        tensors = load_file(attribution)

        def tensor(name):
            scale = tensors.get(name + ".scale")
            return tensors[name].float() if scale is None else tensors[name].float() * scale[:, None]

        words, positions = tensor("encoder.words"), tensor("encoder.positions")
        width = words.shape[1]
        config = BertConfig(
            vocab_size=len(words), hidden_size=width, num_hidden_layers=layers, num_attention_heads=12, intermediate_size=4 * width,
            attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.1, layer_norm_eps=1e-12,
        )
        self.bert, self.kept, self.most = BertModel(config, add_pooling_layer=False), kept, len(positions) - 2
        for part in list(self.bert.modules()):
            for name, own in part.named_children():
                if isinstance(own, nn.Dropout):
                    setattr(part, name, Drop(own.p))
        state = self.bert.state_dict()
        state["embeddings.word_embeddings.weight"].copy_(words)
        state["embeddings.position_embeddings.weight"].zero_()[: len(positions)].copy_(positions)
        state["embeddings.token_type_embeddings.weight"].zero_()
        for kind in ("weight", "bias"):
            state[f"embeddings.LayerNorm.{kind}"].copy_(tensor(f"encoder.norm.{kind}"))
            for i in range(layers):
                for theirs, ours in PARTS.items():
                    state[f"encoder.layer.{i}.{theirs}.{kind}"].copy_(tensor(f"encoder.{i}.{ours}.{kind}"))
        self.told = nn.ModuleList([nn.Embedding.from_pretrained(tensor(f"encoder.told.{i}")) for i in range(3)])
        self.roles = nn.Embedding(ROLES, width)
        nn.init.zeros_(self.roles.weight)
        for part in (self.bert.embeddings, self.told, *self.bert.encoder.layer[:kept]):
            part.requires_grad_(False)

    def taught(self):
        """What there is to write down: the layers taught anew and the roles, by our names."""
        state = {"encoder.roles": self.roles.weight}
        for i in range(self.kept, len(self.bert.encoder.layer)):
            own = dict(self.bert.encoder.layer[i].named_parameters())
            for theirs, ours in PARTS.items():
                for kind in ("weight", "bias"):
                    state[f"encoder.{i}.{ours}.{kind}"] = own[f"{theirs}.{kind}"]
        return {name: value.detach().clone() for name, value in state.items()}

    def facts(self):
        """What the program is to know of it."""
        config = self.bert.config
        return {"kept": str(self.kept), "layers": str(config.num_hidden_layers), "heads": str(config.num_attention_heads)}

    def load_taught(self, state):
        with torch.no_grad():
            for name, value in self.taught_parameters().items():
                value.copy_(state[name])

    def taught_parameters(self):
        found = {"encoder.roles": self.roles.weight}
        for i in range(self.kept, len(self.bert.encoder.layer)):
            own = dict(self.bert.encoder.layer[i].named_parameters())
            found |= {f"encoder.{i}.{ours}.{kind}": own[f"{theirs}.{kind}"] for theirs, ours in PARTS.items() for kind in ("weight", "bias")}
        return found

    def forward(self, articles, hide=0.0):
        """The state of each token's first piece, all articles' tokens one behind another. Now and then (`hide`) a word is hidden."""
        rows = [(k, first, last) for k, it in enumerate(articles) for first, last in chunks(it.piece_starts, it.gap >= 2, self.most)]
        longest = min(self.most, max(int(articles[k].piece_starts[last] - articles[k].piece_starts[first]) for k, first, last in rows))
        shape = (len(rows), longest + 2)
        ids, mask, roles = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        told = np.zeros((*shape, 3), dtype=np.int64)
        picked = []
        for r, (k, first, last) in enumerate(rows):
            it = articles[k]
            start = int(it.piece_starts[first])
            own = it.pieces[start : int(it.piece_starts[last])][:longest]
            token = np.repeat(np.arange(first, last), np.diff(it.piece_starts[first : last + 1]))[:longest]
            if hide:
                own = np.where((np.random.rand(last - first) < hide)[token - first], MASK, own)
            ids[r, 0], ids[r, 1 : 1 + len(own)], ids[r, 1 + len(own)] = OPENS, own, CLOSES
            mask[r, : len(own) + 2] = 1
            told[r, 1 : 1 + len(own)], roles[r, 1 : 1 + len(own)] = it.columns[token], it.roles[token]
            # Chunks follow each other as the tokens do.
            picked.append(r * shape[1] + 1 + np.minimum(it.piece_starts[first:last] - start, longest - 1))
        ids, mask, roles, told = map(torch.from_numpy, (ids, mask, roles, told))
        unseen = torch.zeros(shape).masked_fill(mask == 0, -1e4)[:, None, None, :]
        with torch.no_grad():
            x = self.bert.embeddings.word_embeddings(ids)
            for i, table in enumerate(self.told):
                x = x + table(told[..., i])
            x = self.bert.embeddings(inputs_embeds=x)
            for layer in self.bert.encoder.layer[: self.kept]:
                x = layer(x, unseen)
        x = x + self.roles(roles)
        for layer in self.bert.encoder.layer[self.kept :]:
            x = layer(x, unseen)
        return x.reshape(-1, x.shape[-1])[torch.from_numpy(np.concatenate(picked))].float()
