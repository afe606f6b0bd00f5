"""The accurate network: the first layers of a pretrained encoder (MiniLM, Wang et al. 2020) under the fast network's
trunk and heads.

Texts are cut between paragraphs into chunks that the encoder reads whole; the trunk's convolutions run over the whole
text and carry what the chunks cannot.
"""

import numpy as np
import torch
import torch.nn as nn

from layers import chunks
from network import Network

CHUNK = 190  # word pieces in a chunk, its two end marks apart
OPENS, CLOSES, MASK = 101, 102, 103


class EncoderNetwork(Network):
    def __init__(self, folder, layers, width=128, dropout=0.15, **rest):
        super().__init__(torch.zeros(2, 384), width=width, dropout=dropout, **rest)
        from transformers import BertModel

        del self.pieces
        self.encoder = BertModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="sdpa", attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.1
        )
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        self.encoder.config.num_hidden_layers = layers
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        # Case, line ends and quotation marks, which the encoder was not taught.
        self.told = nn.ModuleList([nn.Embedding(n, 384) for n in (6, 4, 4)])
        for table in self.told:
            nn.init.zeros_(table.weight)

    def words(self, batch, keep):
        rows, longest = [], 0
        base = np.concatenate([[0], np.cumsum([len(text) for text in batch.texts])])
        for k, text in enumerate(batch.texts):
            for first, last in chunks(text.piece_starts, np.diff(text.paragraphs, prepend=0) > 0, CHUNK):
                rows.append((k, first, last))
                longest = max(longest, int(text.piece_starts[last] - text.piece_starts[first]))
        longest = min(longest, 510)
        ids = np.zeros((len(rows), longest + 2), dtype=np.int64)
        told = np.zeros((len(rows), longest + 2, 3), dtype=np.int64)
        mask = np.zeros((len(rows), longest + 2), dtype=np.int64)
        picked, places = [], []
        for r, (k, first, last) in enumerate(rows):
            text = batch.texts[k]
            start = int(text.piece_starts[first])
            own = text.pieces[start : int(text.piece_starts[last])][:longest]
            sizes = np.diff(text.piece_starts[first : last + 1])
            token = np.repeat(np.arange(first, last), sizes)[:longest]
            if keep is not None:
                # Now and then a word is hidden, so that no answer hangs on one.
                hidden = keep.numpy()[base[k] + token] == 0
                own = np.where(hidden, MASK, own)
            ids[r, 0], ids[r, 1 : 1 + len(own)], ids[r, 1 + len(own)] = OPENS, own, CLOSES
            mask[r, : len(own) + 2] = 1
            told[r, 1 : 1 + len(own)] = text.columns[token, 1:]
            starts = np.minimum(text.piece_starts[first:last] - start, longest - 1)
            picked.append(r * (longest + 2) + 1 + starts)
            places.append(k * batch.length + np.arange(first, last))
        picked, places = torch.from_numpy(np.concatenate(picked)), torch.from_numpy(np.concatenate(places))
        ids, mask = torch.from_numpy(ids), torch.from_numpy(mask)
        told = torch.from_numpy(told)
        x = self.encoder.embeddings.word_embeddings(ids)
        for i, table in enumerate(self.told):
            x = x + table(told[..., i])
        h = self.encoder(inputs_embeds=x, attention_mask=mask).last_hidden_state
        words = self.drop(h.reshape(-1, h.shape[-1])[picked])
        order = torch.argsort(places)  # as the batch's columns are
        return words[order]
