"""Trains a coreference network on GUM train and reports on GUM dev.

  train.py --gold-train FILE --gold-dev FILE --seen-train FILE --seen-dev FILE --lab onrecord-lab --model NAME --out DIR
           [--passes N] [--seed N]

First a network learns to find mentions, on one half of the documents for the other. What it finds, and the gold, are given to
the lab, which tells the features of the mentions and their pairs. Then the network learns both from the beginning.
Only texts whose licence permits commercial use are learned from.
"""

import argparse
import json
import os
import random
import subprocess

import numpy as np
import torch
import torch.nn.functional as F

from gold import in_order, texts
from network import MOST_BEFORE, MOST_BEHIND, Network
from score import Score

KINDS = 24  # features of a pair
NO = -1e4


def finding_loss(network, x, text):
    heads = torch.tensor(sorted(set(text.mentions.values())))
    wanted = torch.zeros(len(text))
    wanted[heads] = 1
    loss = 8 * F.binary_cross_entropy_with_logits(network.head(x)[:, 0], wanted)
    shortest = {}
    for (first, end), head in text.mentions.items():
        if head not in shortest or end - first < shortest[head][1] - shortest[head][0]:
            shortest[head] = (first, end)
    fit = {h: s for h, s in shortest.items() if h - s[0] <= MOST_BEFORE and s[1] - 1 - h <= MOST_BEHIND}
    if fit:
        heads = torch.tensor(list(fit))
        before = torch.tensor([head - span[0] for head, span in fit.items()])
        behind = torch.tensor([span[1] - 1 - head for head, span in fit.items()])
        loss = loss + 0.3 * (F.cross_entropy(network.start(x, heads), before) + F.cross_entropy(network.end(x, heads), behind))
    return loss


def linking_loss(network, x, lesson):
    alone, links = network.links(x, *lesson.inputs)
    count = len(alone)
    scores = torch.full((count, count + 1), NO)
    scores[:, count] = alone
    later, earlier = lesson.inputs[2:4]
    scores = scores.index_put((later, earlier), links)
    right = torch.zeros(count, count + 1, dtype=torch.bool)
    right[later, earlier] = lesson.same
    right[~right.any(1), count] = True
    return (torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, NO), 1)).mean()


class Lesson:
    """The mentions of a text with their features, pairs, and which of these are right."""

    def __init__(self, text, mentions, line, numbers):
        self.mentions = mentions
        chain = [text.chain.get((first, end), -1 - i) for i, (first, end, _) in enumerate(mentions)]
        later, earlier = numbers[:, 0].astype(np.int64), numbers[:, 1].astype(np.int64)
        chain = np.array(chain)
        self.same = torch.from_numpy(chain[later] == chain[earlier]) if len(later) else torch.zeros(0, dtype=torch.bool)
        self.inputs = (
            torch.tensor(mentions),
            torch.tensor(line["mentions"]),
            torch.from_numpy(later),
            torch.from_numpy(earlier),
            torch.from_numpy(numbers[:, 2:].astype(np.int64)),
        )


def lessons(all_texts, mentions, path, lab, model):
    """Asks the lab for the features of these mentions: {doc: lesson}."""
    with open(path, "w", encoding="utf8") as out:
        for text in all_texts:
            spans = [(text.start[f], text.end[e - 1], text.start[h], text.end[h]) for f, e, h in mentions[text.doc]]
            out.write(json.dumps({"doc": text.doc, "text": text.text, "mentions": spans}) + "\n")
    told = os.path.splitext(path)[0] + ".lessons.jsonl"
    subprocess.run([lab, "coref-lessons", "--lessons", "--model", model, "--in", path, "--out", told], check=True)
    numbers = np.fromfile(os.path.splitext(told)[0] + ".bin", dtype="<u2").reshape(-1, KINDS + 2)
    found, at = {}, 0
    with open(told, encoding="utf8") as lines:
        for text, line in zip(all_texts, map(json.loads, lines)):
            if mentions[text.doc]:
                found[text.doc] = Lesson(text, mentions[text.doc], line, numbers[at : at + line["pairs"]])
            at += line["pairs"]
            sizes = line["features"]
    return found, sizes


def learn(network, all_texts, o, passes, taught=None, done=lambda network, number: None):
    optimizer = torch.optim.AdamW(network.parameters(), lr=o.rate, weight_decay=0.01)
    steps, step = passes * len(all_texts), 0
    for number in range(passes):
        random.shuffle(all_texts)
        network.train()
        for text in all_texts:
            for group in optimizer.param_groups:
                group["lr"] = o.rate * min(1, (step + 1) / 200) * max(0.02, 1 - step / steps)
            step += 1
            x = network.read(torch.from_numpy(text.rows))
            loss = finding_loss(network, x, text) if text.mentions else x.sum() * 0
            if taught and text.doc in taught:
                loss = loss + linking_loss(network, x, taught[text.doc])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
        network.eval()
        done(network, number)


@torch.no_grad()
def found_by(network, text, floor):
    return network.mentions(network.read(torch.from_numpy(text.rows)), floor)[0]


def chains(network, text, lesson, reserve):
    """Chains of the lesson's mentions, each going back to its likeliest antecedent: in words."""
    with torch.no_grad():
        alone, links = network.links(network.read(torch.from_numpy(text.rows)), *lesson.inputs)
    alone, links = (alone + reserve).numpy(), links.numpy()
    best = {}
    for later, earlier, score in zip(lesson.inputs[2].tolist(), lesson.inputs[3].tolist(), links):
        if score > best.get(later, (alone[later], None))[0]:
            best[later] = (score, earlier)
    of = list(range(len(alone)))
    for later in sorted(best):
        of[later] = of[best[later][1]]
    out = {}
    for mention, chain in zip(lesson.mentions, of):
        out.setdefault(chain, []).append(text.in_words(mention[:2]))
    return list(out.values())


def main():
    ask = argparse.ArgumentParser()
    for name in ("gold-train", "gold-dev", "seen-train", "seen-dev", "lab", "model", "out"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--passes", type=int, default=8)
    ask.add_argument("--width", type=int, default=64)
    ask.add_argument("--hidden", type=int, default=64)
    ask.add_argument("--blocks", type=int, default=3)
    ask.add_argument("--dropout", type=float, default=0.3)
    ask.add_argument("--rate", type=float, default=2e-3)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--threads", type=int, default=1)
    o = ask.parse_args()
    os.makedirs(o.out, exist_ok=True)
    for seed in (torch.manual_seed, random.seed, np.random.seed):
        seed(o.seed)
    torch.set_num_threads(o.threads)
    train, dev = texts(o.gold_train, o.seen_train, free_only=True), texts(o.gold_dev, o.seen_dev)
    with open(o.seen_train, encoding="utf8") as lines:
        inputs, trunk = json.loads(next(lines))["widths"]

    def network(features=(1, 1)):
        dilations = [2**i for i in range(o.blocks)]
        return Network(inputs, trunk, features, o.width, o.hidden, dilations, o.dropout)

    # What is found where nothing was learned, for each half and for dev.
    mentions = {}
    halves = [train[0::2], train[1::2]]
    for own, other in (halves, halves[::-1]):
        finder = network()
        learn(finder, list(own), o, 5)
        for text in other:
            both = dict(text.mentions)
            for span, head in found_by(finder, text, 0.35).items():
                both.setdefault(span, head)
            mentions[text.doc] = in_order(both)
    for text in dev:
        mentions[text.doc] = in_order(found_by(finder, text, 0.4))
    taught, features = lessons(train, mentions, f"{o.out}/train.jsonl", o.lab, o.model)
    by_finder, _ = lessons(dev, mentions, f"{o.out}/dev.jsonl", o.lab, o.model)
    made = network(features)

    def show(network, number):
        if number % 2 == 1:
            score = Score()
            for text in dev:
                if text.doc in by_finder:
                    score.add(text.gold, chains(network, text, by_finder[text.doc], -0.5))
                else:
                    score.add(text.gold, [])
            print(number, score, flush=True)

    learn(made, train, o, o.passes, taught, show)
    # Scored with its own mentions.
    own = {text.doc: in_order(found_by(made, text, 0.4)) for text in dev}
    last, _ = lessons(dev, own, f"{o.out}/dev.jsonl", o.lab, o.model)
    for reserve in (-1.0, -0.5, 0.0, 0.5):
        score = Score()
        for text in dev:
            score.add(text.gold, chains(made, text, last[text.doc], reserve) if text.doc in last else [])
        print("reserve", reserve, score, flush=True)
    torch.save({"state": made.state_dict(), "features": features, "widths": (inputs, trunk)}, f"{o.out}/network.pt")


if __name__ == "__main__":
    main()
