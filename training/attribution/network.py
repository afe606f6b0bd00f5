"""The network: a trunk over the whole text, a score for each token that a cue begins there, and, seen from each such
place, the tags of that one attribution.

Modelling the attribution instead of the token is what lets two cues share a source, lets content be interrupted, and
makes linking a part of what is learned.
"""

import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from gold import TAGS

BEFORE, BEHIND = 96, 112  # the window around a cue's first token, in tokens
DISTANCES = 32
BREAKS = 7
LARGE = 1e4


def distance_bucket(delta):
    """Signed distance in tokens to a bucket: exact to 7, then two buckets a doubling, at most 15, either side."""
    size = np.abs(delta)
    far = np.minimum(8 + np.floor(2 * np.log2(np.maximum(size, 8) / 8)), 15)
    return np.where(size < 8, size, far).astype(np.int64) + 16 * (delta > 0)


def break_bucket(delta):
    """Paragraph breaks between a token and the cue, -3 to 3 and beyond."""
    return np.clip(delta, -3, 3).astype(np.int64) + 3


class ChannelDropout(nn.Module):
    """Drops whole channels of a sequence: as good here as dropping single numbers, and far cheaper on a CPU."""

    def __init__(self, chance):
        super().__init__()
        self.chance = chance

    def forward(self, x):
        if not self.training:
            return x
        kept = (torch.rand(x.shape[0], 1, x.shape[2]) >= self.chance).to(x.dtype) / (1 - self.chance)
        return x * kept


class Block(nn.Module):
    """A residual dilated convolution; places outside the text count as zero."""

    def __init__(self, width, dilation, drop):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
        self.drop = drop

    def forward(self, x, mask):
        y = self.conv((self.norm(x) * mask).transpose(1, 2)).transpose(1, 2)
        return x + self.drop(F.relu(y))


class Network(nn.Module):
    def __init__(self, vectors, width=128, dilations=(1, 2, 4, 8, 16, 32), cue_width=64, cue_dilations=(1, 2, 4, 8, 16), dropout=0.15):
        super().__init__()
        self.pieces = nn.EmbeddingBag.from_pretrained(vectors, freeze=False, mode="mean")
        self.suffix = nn.Embedding(4096, 16)
        self.shape, self.gap, self.quoted = nn.Embedding(6, 8), nn.Embedding(4, 8), nn.Embedding(4, 8)
        self.input = nn.Linear(vectors.shape[1] + 16 + 24, width)
        self.trunk = nn.ModuleList([Block(width, d, nn.Dropout(dropout)) for d in dilations])
        self.norm = nn.LayerNorm(width)
        self.begins = nn.Linear(width, 1)
        self.roles = nn.Linear(width, TAGS)
        self.token = nn.Linear(width, cue_width)
        self.cue = nn.Linear(3 * width, cue_width)
        self.distance = nn.Embedding(DISTANCES, cue_width)
        self.breaks = nn.Embedding(BREAKS, cue_width)
        self.around = nn.ModuleList([Block(cue_width, d, nn.Identity()) for d in cue_dilations])
        self.around_norm = nn.LayerNorm(cue_width)
        self.tags = nn.Linear(cue_width, TAGS)
        self.real = nn.Linear(2 * cue_width + width, 1)
        self.moves = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.drop = nn.Dropout(dropout)
        self.cue_drop = ChannelDropout(dropout)
        for table in (self.suffix, self.shape, self.gap, self.quoted, self.distance, self.breaks):
            nn.init.normal_(table.weight, std=0.1)
        forbidden = torch.zeros(TAGS, TAGS)
        for before in range(TAGS):
            for inside in (2, 4, 6):
                if before not in (inside, inside - 1):
                    forbidden[before, inside] = -LARGE
        self.register_buffer("forbidden", forbidden)

    def words(self, batch, keep):
        """A vector for each token."""
        words = self.pieces(batch.pieces, batch.offsets)
        return words if keep is None else words * keep[:, None]

    def read(self, batch, keep=None):
        """Trunk states, texts x tokens x width. Where `keep` (tokens) is 0, the word itself is hidden."""
        words, suffix = self.words(batch, keep), self.suffix(batch.columns[:, 0])
        if keep is not None:
            suffix = suffix * keep[:, None]
        columns = batch.columns
        x = torch.cat([words, suffix, self.shape(columns[:, 1]), self.gap(columns[:, 2]), self.quoted(columns[:, 3])], 1)
        x = self.drop(F.relu(self.input(x)))
        padded = x.new_zeros(batch.count * batch.length, x.shape[1]).index_copy(0, batch.places, x)
        x = padded.view(batch.count, batch.length, -1)
        for block in self.trunk:
            x = block(x, batch.mask)
        return self.norm(x)

    def attributions(self, states, windows):
        """Tag scores and realness for each window: cues x window x tags, cues."""
        count, length, width = states.shape
        flat = states.reshape(count * length, width)
        anchor = windows.anchor
        near = torch.cat([flat[windows.previous], flat[anchor], flat[windows.next]], 1)
        token = F.pad(self.token(flat), (0, 0, 0, 1))
        z = token[windows.places] + self.cue(near)[:, None] + self.distance(windows.distance) + self.breaks(windows.breaks)
        z = self.cue_drop(F.relu(z))
        for block in self.around:
            z = block(z, windows.mask)
        z = self.around_norm(z)
        tags = self.tags(z)
        # What the content is like, beside where the cue stands.
        content = torch.softmax(tags.float(), -1)[..., 5:].sum(-1) * windows.mask[..., 0]
        pooled = (content[..., None] * z).sum(1) / content.sum(1).clamp(min=1e-3)[:, None]
        real = self.real(torch.cat([z[:, windows.before], flat[anchor], pooled.to(z.dtype)], 1))[:, 0]
        return tags, real

    def transitions(self):
        return self.moves + self.forbidden

    def crf_loss(self, scores, mask, tags):
        """Negative log-likelihood of the tags of each window (linear-chain CRF), a mean over windows."""
        moves = self.transitions()
        steps = scores.shape[1]
        keep = mask[:, :, 0] > 0
        scores = scores.float()
        own = scores.gather(2, tags[..., None])[..., 0] * keep
        between = moves[tags[:, :-1], tags[:, 1:]] * (keep[:, :-1] & keep[:, 1:])
        gold = own.sum(1) + between.sum(1)
        start = torch.zeros(TAGS)
        start[[2, 4, 6]] = -LARGE
        alpha = None
        for i in range(steps):
            here = scores[:, i] + start if alpha is None else torch.logsumexp(alpha[:, :, None] + moves, 1) + scores[:, i]
            if alpha is None:
                # Places before the text are padding: the chain starts at the first real place.
                alpha = torch.where(keep[:, i, None], here, start.expand_as(here))
            else:
                fresh = keep[:, i] & ~keep[:, i - 1]
                here = torch.where(fresh[:, None], scores[:, i] + start, here)
                alpha = torch.where(keep[:, i, None], here, alpha)
        return (torch.logsumexp(alpha, 1) - gold).mean()


class Batch:
    """Some texts, padded to the longest."""

    def __init__(self, chosen):
        self.texts = chosen
        self.count, self.length = len(chosen), max(len(text) for text in chosen)
        offsets, shift = [], 0
        for text in chosen:
            offsets.append(text.piece_starts[:-1] + shift)
            shift += len(text.pieces)
        self.pieces = torch.from_numpy(np.concatenate([text.pieces for text in chosen]))
        self.offsets = torch.from_numpy(np.concatenate(offsets))
        self.columns = torch.from_numpy(np.concatenate([text.columns for text in chosen]))
        self.places = torch.from_numpy(np.concatenate([np.arange(len(text)) + k * self.length for k, text in enumerate(chosen)]))
        self.mask = torch.zeros(self.count * self.length, 1).index_fill_(0, self.places, 1.0).view(self.count, self.length, 1)


class Windows:
    """The surroundings of some cue beginnings: `cues` is a list of (text number, token)."""

    def __init__(self, batch, cues, before=BEFORE, behind=BEHIND):
        number = np.array([k for k, _ in cues])
        token = np.array([t for _, t in cues])
        sizes = np.array([len(text) for text in batch.texts])[number]
        delta = np.arange(-before, behind)[None]
        at = token[:, None] + delta
        inside = (at >= 0) & (at < sizes[:, None])
        base = number[:, None] * batch.length
        nothing = batch.count * batch.length
        self.before = before
        self.places = torch.from_numpy(np.where(inside, base + at, nothing))
        self.mask = torch.from_numpy(inside.astype(np.float32))[..., None]
        paragraphs = np.stack([np.pad(text.paragraphs, (0, batch.length - len(text))) for text in batch.texts])
        clipped = np.clip(at, 0, sizes[:, None] - 1)
        breaks = paragraphs[number[:, None], clipped] - paragraphs[number, token][:, None]
        self.distance = torch.from_numpy(np.broadcast_to(distance_bucket(delta), at.shape).copy())
        self.breaks = torch.from_numpy(break_bucket(breaks))
        flat = number * batch.length + token
        self.anchor = torch.from_numpy(flat)
        self.previous = torch.from_numpy(number * batch.length + np.maximum(token - 1, 0))
        self.next = torch.from_numpy(number * batch.length + np.minimum(token + 1, sizes - 1))
        self.first, self.inside = token - before, inside


def viterbi(scores, moves):
    """The best tags of one window: scores is places x tags."""
    best = scores[0].copy()
    best[[2, 4, 6]] -= LARGE
    back = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        table = best[:, None] + moves
        back[i] = table.argmax(0)
        best = table.max(0) + scores[i]
    path = [int(best.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(back[i][path[-1]]))
    return path[::-1]


def vectors(path, size):
    """The word-piece vectors of a pretrained encoder, brought down to `size` dimensions by their principal components."""
    from safetensors.torch import load_file

    table = load_file(path)["embeddings.word_embeddings.weight"].float()
    table = table - table.mean(0)
    torch.manual_seed(1)
    _, _, axes = torch.pca_lowrank(table, size, center=False, niter=4)
    small = table @ axes
    return small / small.std() * 0.3


def count(network):
    return sum(math.prod(p.shape) for p in network.parameters())
