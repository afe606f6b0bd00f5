"""Distils word-piece vectors from a sentence encoder. See CARD.md.

  train.py --data ../../shared/data --encoder FOLDER --out WORK

A sentence's vector is the plain sum of its pieces' vectors, which carry their weights in their lengths. They begin as what
the encoder makes of each piece alone, brought down by principal components and weighed by rarity, and then learn to put
sentences where the encoder puts them.
"""

import argparse
import gzip
import json
import random
import re
import time
from pathlib import Path

import numpy as np
import torch
from transformers import AutoTokenizer, BertModel


def sentences(path, seed, most):
    dice = random.Random(seed)
    out = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            found = [s for s in re.split(r"(?<=[.!?])\s+", json.loads(line)["text"]) if 25 < len(s) < 240]
            out += dice.sample(found, min(10, len(found)))
    dice.shuffle(out)
    # Parts of sentences too: a statement's content is seldom a whole one.
    parts = []
    for s in out[: most // 3]:
        words = s.split()
        if len(words) > 10:
            first = dice.randrange(0, len(words) - 6)
            parts.append(" ".join(words[first : first + dice.randint(4, 14)]))
    return (out + parts)[: most + len(parts)]


def encode(encoder, words, texts, batch=64):
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    out = np.zeros((len(texts), 384), dtype=np.float32)
    with torch.no_grad():
        for i in range(0, len(order), batch):
            some = order[i : i + batch]
            held = words([texts[k] for k in some], padding=True, truncation=True, max_length=64, return_tensors="pt")
            states = encoder(**held).last_hidden_state
            mask = held["attention_mask"].unsqueeze(-1).float()
            mean = (states * mask).sum(1) / mask.sum(1)
            out[some] = torch.nn.functional.normalize(mean, dim=1).numpy()
    return out


def main():
    at = argparse.ArgumentParser()
    at.add_argument("--data", required=True)
    at.add_argument("--encoder", required=True)
    at.add_argument("--out", required=True)
    at.add_argument("--sentences", type=int, default=45000)
    at.add_argument("--width", type=int, default=128)
    at.add_argument("--passes", type=int, default=12)
    at.add_argument("--seed", type=int, default=1)
    options = at.parse_args()
    torch.manual_seed(options.seed)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    words = AutoTokenizer.from_pretrained(options.encoder)
    encoder = BertModel.from_pretrained(options.encoder, add_pooling_layer=False, attn_implementation="sdpa").eval()
    texts = sentences(Path(options.data) / "news" / "articles.jsonl.gz", options.seed, options.sentences)
    began = time.time()
    kept = out / "targets.npy"
    targets = np.load(kept) if kept.is_file() else encode(encoder, words, texts)
    np.save(kept, targets)
    print(f"{len(texts)} sentences read in {time.time() - began:.0f} s", flush=True)
    # Down to the width that is shipped, by principal components of the sentences (without moving their centre).
    _, _, axes = np.linalg.svd(targets[::4], full_matrices=False)
    down = axes[: options.width].T
    goal = torch.nn.functional.normalize(torch.tensor(targets @ down), dim=1)
    ids = [words(t, add_special_tokens=False, truncation=True, max_length=64)["input_ids"] for t in texts]
    counts = np.bincount(np.concatenate([np.array(i, dtype=np.int64) for i in ids]), minlength=30522) + 1.0
    share = counts / counts.sum()
    piece_file = out / "pieces.npy"
    if piece_file.is_file():
        alone = np.load(piece_file)
    else:
        names = words.convert_ids_to_tokens(range(30522))
        alone = encode(encoder, words, [n.removeprefix("##") for n in names], 256)
        np.save(piece_file, alone)
    begin = alone @ down
    begin /= np.maximum(np.linalg.norm(begin, axis=1, keepdims=True), 1e-6)
    begin *= (1e-3 / (1e-3 + share))[:, None]
    table = torch.nn.EmbeddingBag.from_pretrained(torch.tensor(begin, dtype=torch.float32), mode="sum", freeze=False)
    held = np.random.default_rng(options.seed).permutation(len(texts))
    test, train = held[:3000], held[3000:]
    optimizer = torch.optim.Adam(table.parameters(), lr=3e-3)

    def row(some):
        flat = torch.tensor([p for k in some for p in (ids[k] or [0])])
        starts = torch.tensor(np.cumsum([0] + [len(ids[k] or [0]) for k in some])[:-1])
        return torch.nn.functional.normalize(table(flat, starts), dim=1)

    def likeness():
        """How well likenesses of pairs follow the encoder's, and how near sentences come to their goal."""
        with torch.no_grad():
            mine = row(test)
            theirs = goal[test]
            a, b = (mine @ mine.T).flatten(), (torch.tensor(targets[test]) @ torch.tensor(targets[test]).T).flatten()
            return float(np.corrcoef(a.numpy(), b.numpy())[0, 1]), float((mine * theirs).sum(1).mean())

    print("begin", likeness(), flush=True)
    for number in range(options.passes):
        for group in optimizer.param_groups:
            group["lr"] = 3e-3 * (1 - number / options.passes)
        order = np.random.permutation(train)
        for i in range(0, len(order), 256):
            some = order[i : i + 256]
            mine = row(some)
            # Where each sentence is, and how far they are from each other.
            near = 1 - (mine * goal[some]).sum(1).mean()
            far = ((mine @ mine.T - torch.tensor(targets[some] @ targets[some].T)) ** 2).mean()
            loss = near + 8 * far
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        print(number + 1, likeness(), f"{time.time() - began:.0f} s", flush=True)
    vectors = table.weight.detach().numpy()
    np.save(out / "vectors.npy", vectors)


if __name__ == "__main__":
    main()
