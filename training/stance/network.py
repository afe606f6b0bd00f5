"""The stance network, over a claim and a text together. It mirrors `crates/onrecord-models/src/stance.rs`."""

import torch
import torch.nn as nn
import torch.nn.functional as F
from transformers import BertModel


class StanceNetwork(nn.Module):
    """The encoder over "[CLS] claim [SEP] text [SEP]", its states averaged, and three scores."""

    def __init__(self, folder, dropout):
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="sdpa", attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout
        )
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.drop = nn.Dropout(dropout)
        self.out = nn.Linear(2 * 384, 3)

    def forward(self, batch):
        states = self.encoder(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        return self.out(self.drop(torch.cat([states[:, 0], mean], 1)))


def rounded(x):
    """Each row between its own least and greatest number in 127 steps, as the program rounds what goes into a matrix."""
    least, most = x.amin(-1, keepdim=True), x.amax(-1, keepdim=True)
    scale = ((most - least) / 127).clamp_min(1e-20)
    return x + (((x - least) / scale).round() * scale + least - x).detach()


def rounded_weights(x):
    """Each row in 127ths of its greatest number, as the weight file has it."""
    scale = (x.abs().amax(-1, keepdim=True) / 127).clamp_min(1e-20)
    return x + ((x / scale).round() * scale - x).detach()


def round_all(network):
    """Lets a network compute with what the program computes with; what it learns, it learns with that."""

    def forward(layer, x):
        return F.linear(rounded(x), rounded_weights(layer.weight), layer.bias)

    for layer in network.encoder.modules():
        if isinstance(layer, nn.Linear):
            layer.forward = forward.__get__(layer)
    words = network.encoder.embeddings.word_embeddings.weight
    with torch.no_grad():
        words.copy_(rounded_weights(words))
