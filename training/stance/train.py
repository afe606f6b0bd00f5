"""Teaches an encoder the stance of a sentence to a claim. See CARD.md.

  train.py --data ../../shared/data --encoder FOLDER --out WORK
"""

import argparse
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
from transformers import AutoTokenizer

from gold import lessons, made, news_sentences, pairs, read
from network import StanceNetwork, round_all


def macro_f1(answers, gold):
    """Of the two stances that the gold has, as the benchmark counts."""
    scores = []
    for label in (0, 1):
        right = ((answers == label) & (gold == label)).sum()
        scores.append(2 * right / max(1, (answers == label).sum() + (gold == label).sum()))
    return float(np.mean(scores))


def main():
    at = argparse.ArgumentParser()
    at.add_argument("--data", required=True)
    at.add_argument("--encoder", required=True)
    at.add_argument("--out", required=True)
    at.add_argument("--passes", type=int, default=4)
    at.add_argument("--batch", type=int, default=32)
    at.add_argument("--rate", type=float, default=6e-5)
    at.add_argument("--decay", type=float, default=0.9, help="each layer below learns by this much slower")
    at.add_argument("--dropout", type=float, default=0.1)
    at.add_argument("--news", type=int, default=1500)
    at.add_argument("--seed", type=int, default=1)
    at.add_argument("--threads", type=int, default=1)
    at.add_argument("--begin", help="a network to go on from")
    at.add_argument("--made", type=float, default=1.0, help="the share of the pairs made from others that is learned from")
    at.add_argument("--average", type=float, default=0.999)
    at.add_argument("--rounded", action="store_true", help="learn with numbers rounded as the program rounds them")
    options = at.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    dice = random.Random(options.seed)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    words = AutoTokenizer.from_pretrained(options.encoder)
    claims = read(options.data, "train")
    dev = pairs(read(options.data, "dev"))
    news = news_sentences(Path(options.data) / "news" / "articles.jsonl.gz", options.seed, options.news)
    network = StanceNetwork(options.encoder, options.dropout)
    if options.begin:
        network.load_state_dict(torch.load(options.begin, weights_only=True))
    if options.rounded:
        round_all(network)
    groups, layers = [], len(network.encoder.encoder.layer)
    for i, layer in enumerate(network.encoder.encoder.layer):
        groups.append({"params": list(layer.parameters()), "lr": options.rate * options.decay ** (layers - 1 - i)})
    low = [p for n, p in network.encoder.embeddings.named_parameters() if p.requires_grad]
    groups.append({"params": low, "lr": options.rate * options.decay**layers})
    groups.append({"params": list(network.out.parameters()), "lr": options.rate * 10})

    def lines_of(dice):
        """One pass: the gold, and some of what is made of it and of news."""
        return [p for p in lessons(claims, dice) + made(news, dice) if p.kind == "gold" or dice.random() < options.made]

    steps_a_pass = math.ceil(len(lines_of(random.Random(0))) / options.batch)
    total = steps_a_pass * options.passes
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, (s + 1) / (0.08 * total)) * max(0.02, 1 - s / total))
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.05)
    slow = {n: p.detach().clone() for n, p in network.state_dict().items()}
    learning = {n for n, p in network.named_parameters() if p.requires_grad}

    def batch_of(some):
        return words([p.claim for p in some], [p.text for p in some], padding=True, truncation=True, max_length=128, return_tensors="pt")

    def judged(state):
        kept = {n: p.detach().clone() for n, p in network.state_dict().items()}
        network.load_state_dict(state)
        network.eval()
        answers = []
        with torch.no_grad():
            for i in range(0, len(dev), 128):
                answers.append(network(batch_of(dev[i : i + 128]))[:, :2].argmax(1).numpy())
        network.train()
        network.load_state_dict(kept)
        return macro_f1(np.concatenate(answers), np.array([p.label for p in dev]))

    step, began = 0, time.time()
    for number in range(options.passes):
        lines = lines_of(dice)
        # Pairs of like length together, so that little is filled up.
        dice.shuffle(lines)
        blocks = [sorted(lines[i : i + 1024], key=lambda p: len(p.claim) + len(p.text)) for i in range(0, len(lines), 1024)]
        batches = [block[i : i + options.batch] for block in blocks for i in range(0, len(block), options.batch)]
        dice.shuffle(batches)
        network.train()
        losses = []
        for some in batches:
            loss = loss_of(network(batch_of(some)), torch.tensor([p.label for p in some]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            losses.append(float(loss.detach()))
            if step % 50 == 0:
                print(f"  {step} of {total}: loss {np.mean(losses[-50:]):.3f}, {time.time() - began:.0f} s", flush=True)
            keep = min(options.average, step / (step + 20))
            for n, p in network.state_dict().items():
                if n in learning:
                    slow[n].mul_(keep).add_(p.detach(), alpha=1 - keep)
        now, average = judged(network.state_dict()), judged(slow)
        print(f"pass {number + 1}: loss {np.mean(losses):.3f}, dev {now:.4f}, averaged {average:.4f}, {time.time() - began:.0f} s", flush=True)
        torch.save(slow, out / "network.pt")
        torch.save(network.state_dict(), out / "last.pt")


if __name__ == "__main__":
    main()
