"""The statement network over what is made of each token: by the attribution network alone, or by an encoder of its own too
(`encoder.py`).

It mirrors `crates/onrecord-models/src/statement.rs`.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

ACTS = ["asserts", "denies", "doubts", "asks", "intends", "judges"]
LEVELS = [None, "certain", "likely", "possible", "unlikely", "denied"]
FRAMINGS = ["neutral", "endorsing", "distancing", "charged"]
KINDS = ["document", "intelligence", "data", "media", "named_source", "unnamed_source", "observation", "inference", "none_offered"]
SETTINGS = ["addressee", "venue", "said"]
SOURCE, CUE, CONTENT = 1, 2, 3
WHOLE = {"acts": len(ACTS), "levels": len(LEVELS), "framings": len(FRAMINGS), "concession": 1, "kinds": len(KINDS), "settings": len(SETTINGS)}
EACH = {"each_kind": len(KINDS) + 1, "each_setting": len(SETTINGS), "certainty": 1, "reporter": 1}
TOLD_OF_TIES = 47
# Pairs of which one answers the other are few.
WEIGHT_OF_TIES = 2.0
# For encoders: half as wide where the processor multiplies such numbers; others are far slower with them than with the usual ones.
NARROW = torch.bfloat16 if torch.ops.mkldnn._is_mkldnn_bf16_supported() else torch.float32


class Drop(nn.Module):
    """Dropout from bytes of randomness, which on processors costs a fraction of the usual."""

    def __init__(self, share):
        super().__init__()
        # As PyTorch's own has it.
        self.p = share

    def forward(self, x):
        if not self.training or not self.p:
            return x
        count = x.numel()
        noise = torch.empty((count + 7) // 8, dtype=torch.int64).random_(-(2**63), None).view(torch.uint8)[:count].view(x.shape)
        return x * (noise >= round(256 * self.p)).to(x.dtype).mul_(1 / (1 - self.p))


class Block(nn.Module):
    """A residual dilated convolution; places outside the window count as zero."""

    def __init__(self, width, dilation, dropout):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation)
        self.drop = Drop(dropout)

    def forward(self, x, mask):
        return x + self.drop(F.relu(self.conv((self.norm(x) * mask).transpose(1, 2)).transpose(1, 2)))


class Network(nn.Module):
    def __init__(self, inputs, trunk, width=96, hidden=128, dilations=(1, 3), dropout=0.25, tied=64):
        super().__init__()
        self.inputs = inputs
        self.input, self.states = nn.Linear(inputs, width), nn.Linear(trunk, width)
        self.roles = nn.Embedding(4, width)
        self.basis, self.setting = nn.Embedding(len(KINDS) + 1, width), nn.Embedding(len(SETTINGS) + 1, width)
        self.blocks = nn.ModuleList([Block(width, by, dropout) for by in dilations])
        self.norm = nn.LayerNorm(width)
        self.hidden = nn.Linear(5 * width, hidden)
        self.by_act, self.by_level = nn.Embedding(len(ACTS), hidden), nn.Embedding(len(LEVELS), hidden)
        self.by_framing = nn.Embedding(len(FRAMINGS), hidden)
        self.whole = nn.ModuleDict({name: nn.Linear(hidden, size) for name, size in WHOLE.items()})
        self.each = nn.ModuleDict({name: nn.Linear(width, size) for name, size in EACH.items()})
        # Whether one statement answers another: by both as wholes and what is told of the two.
        self.answer, self.answered = nn.Linear(5 * width, tied), nn.Linear(5 * width, tied)
        self.told_tie, self.tie = nn.Linear(TOLD_OF_TIES, tied, bias=False), nn.Linear(tied, 1)
        self.drop = Drop(dropout)
        nn.init.normal_(self.roles.weight, std=0.3)
        for table in (self.basis, self.setting, self.by_act, self.by_level, self.by_framing):
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, rows, roles, basis, setting, told):
        """Scores of statements and of their tokens, and the statements as wholes. `rows`: statements x tokens x (inputs + trunk);
        `roles`, `basis` and `setting`: statements x tokens, a role of -1 being no token; `told`: statements x 3, the rules' act,
        level and framing."""
        mask = (roles >= 0).unsqueeze(-1).to(rows.dtype)
        rows = self.drop(rows)
        x = self.input(rows[..., : self.inputs]) + self.states(rows[..., self.inputs :])
        x = F.relu(x + self.roles(roles.clamp(min=0)) + self.basis(basis) + self.setting(setting)) * mask
        for block in self.blocks:
            x = block(x, mask)
        x = self.norm(x)
        pooled = []
        for role, maximum in ((CONTENT, True), (CUE, True), (SOURCE, False)):
            of = (roles == role).unsqueeze(-1)
            pooled.append((x * of).sum(1) / of.sum(1).clamp(min=1))
            if maximum:
                most = torch.where(of, x, -1e4).amax(1)
                pooled.append(torch.where(of.any(1), most, torch.zeros_like(most)))
        pooled = self.drop(torch.cat(pooled, 1))
        hidden = self.hidden(pooled)
        by_rules = self.by_act(told[:, 0]) + self.by_level(told[:, 1]) + self.by_framing(told[:, 2])
        if self.training:
            # Not to lean on the rules alone: now and then it does not hear them.
            by_rules = by_rules * (torch.rand(len(told), 1) > 0.15)
        hidden = self.drop(F.relu(hidden + by_rules))
        whole = {name: layer(hidden) for name, layer in self.whole.items()}
        return whole, {name: layer(self.drop(x)) for name, layer in self.each.items()}, pooled

    def ties(self, pooled, answers, to, told):
        """Scores of pairs: that statement `answers` answers statement `to`, of those in `pooled`."""
        one, other = self.answer(pooled)[answers], self.answered(pooled)[to]
        both = one + other + one * other + self.told_tie(told)
        return self.tie(self.drop(F.relu(both)))[:, 0]


def choice_loss(ties, tied, answers):
    """How far from choosing, of all statements that one might answer, one that it does: summed over those that answer any, by how surely
    they do. `answers`: of each pair which statement answers."""
    count = int(answers.max()) + 1 if len(answers) else 0
    most = torch.full((count,), -1e4).scatter_reduce(0, answers, ties.detach(), "amax")
    chance = torch.exp(ties - most[answers])
    sums = lambda values: torch.zeros(count).index_add(0, answers, values)
    surely = torch.zeros(count).scatter_reduce(0, answers, tied, "amax")
    of_all, of_right, any_right = sums(chance), sums(chance * tied), surely > 0
    far = torch.log(of_all[any_right]) - torch.log(of_right[any_right] + 1e-9) + torch.log(surely[any_right])
    return (surely[any_right] * far).sum()
