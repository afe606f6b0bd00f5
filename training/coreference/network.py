"""The coreference network over what the attribution network makes of each token.

It mirrors `crates/onrecord-models/src/coreference.rs`.
"""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

MOST_BEFORE, MOST_BEHIND, EDGE = 16, 32, 32


class Block(nn.Module):
    """A residual dilated convolution; places outside the text count as zero."""

    def __init__(self, width, dilation):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)

    def forward(self, x):
        return x + F.dropout(F.relu(self.conv(self.norm(x).T[None])[0].T), 0.1, self.training)


class Edge(nn.Module):
    """Scores of the distances from heads to one end of their mentions."""

    def __init__(self, width, most, sign):
        super().__init__()
        self.token, self.head = nn.Linear(width, EDGE), nn.Linear(width, EDGE)
        self.distance = nn.Embedding(most + 1, EDGE)
        self.score = nn.Linear(EDGE, 1)
        self.sign = sign

    def forward(self, x, heads):
        at = heads[:, None] + self.sign * torch.arange(self.distance.num_embeddings)[None]
        inside = (at >= 0) & (at < len(x))
        near = self.token(x)[at.clamp(0, len(x) - 1)]
        seen = F.relu(near + self.head(x[heads])[:, None] + self.distance.weight[None])
        return self.score(seen)[..., 0].masked_fill(~inside, -1e4)


class Network(nn.Module):
    def __init__(self, inputs, trunk, features, width=64, hidden=64, dilations=(1, 2, 4), dropout=0.3):
        super().__init__()
        own, pair = features
        self.inputs = inputs
        self.input, self.states = nn.Linear(inputs, width), nn.Linear(trunk, width)
        self.blocks = nn.ModuleList([Block(width, by) for by in dilations])
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, 1)
        self.start, self.end = Edge(width, MOST_BEFORE, -1), Edge(width, MOST_BEHIND, 1)
        self.own, self.other = nn.Linear(3 * width, hidden), nn.Linear(3 * width, hidden)
        self.own_features = nn.EmbeddingBag(own, hidden, mode="sum")
        self.pair_features = nn.EmbeddingBag(pair, hidden, mode="sum")
        self.pair_bias = nn.EmbeddingBag(pair, 1, mode="sum")
        self.pair, self.alone = nn.Linear(hidden, 1), nn.Linear(hidden, 1)
        self.dropout = dropout
        for table, spread in ((self.own_features, 0.1), (self.pair_features, 0.1), (self.pair_bias, 0.0)):
            nn.init.normal_(table.weight, std=spread)

    def drop(self, x, chance=0.2):
        return F.dropout(x, chance, self.training)

    def read(self, rows):
        """States of a text, tokens x width."""
        rows = self.drop(rows, self.dropout)
        x = F.relu(self.input(rows[:, : self.inputs]) + self.states(rows[:, self.inputs :]))
        x = self.drop(x)
        for block in self.blocks:
            x = block(x)
        return self.norm(x)

    def links(self, x, mentions, own_features, later, earlier, pair_features):
        """For each mention the score of going back to none, and for each pair that of the link."""
        first, end, head = mentions.T
        seen = self.drop(torch.cat([x[head], x[first], x[end - 1]], 1))
        own = self.own(seen) + self.own_features(own_features)
        alone = self.alone(self.drop(F.relu(own)))[:, 0]
        if not len(later):
            return alone, own.new_zeros(0)
        hidden = own[later] + self.other(seen)[earlier] + self.pair_features(pair_features)
        return alone, self.pair(self.drop(F.relu(hidden)))[:, 0] + self.pair_bias(pair_features)[:, 0]

    @torch.no_grad()
    def mentions(self, x, floor):
        """The mentions found: {(first, end): head}, and how likely each is."""
        chance = torch.sigmoid(self.head(x)[:, 0])
        heads = torch.nonzero(chance > floor)[:, 0]
        found, likely = {}, {}
        if len(heads):
            before, behind = self.start(x, heads).argmax(1), self.end(x, heads).argmax(1)
            for head, b, e in zip(heads.tolist(), before.tolist(), behind.tolist()):
                if found.setdefault((head - b, head + e + 1), head) == head:
                    likely[head - b, head + e + 1] = float(chance[head])
        return found, likely
