"""Teaches an encoder which side of a claim a statement takes. See CARD.md.

  train.py --marked lessons.jsonl [more.jsonl] --statements ../statements/lessons.jsonl --data ../../shared/data \
           --encoder FOLDER --begin stance/network.pt --out WORK
"""

import argparse
import math
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from transformers import AutoTokenizer

from lessons import made_of, marked, one_pass

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "stance"))
from network import StanceNetwork, round_all  # noqa: E402  (the stance network's)

NAMES = ("say", "deny", "doubt", "no side")
# Rare sides count for more, so that the network does not learn to take none.
WEIGHTS = torch.tensor([1.2, 1.2, 1.5, 1.0])


def figures(answers, gold):
    """Precision, recall and F1 of each side, and the mean F1."""
    rows = []
    for label in range(4):
        right = ((answers == label) & (gold == label)).sum()
        shown, there = (answers == label).sum(), (gold == label).sum()
        rows.append((right / max(1, shown), right / max(1, there), 2 * right / max(1, shown + there)))
    return rows, float(np.mean([row[2] for row in rows]))


def told(answers, gold):
    rows, mean = figures(answers, gold)
    return "; ".join(f"{name} P {100 * p:.1f} R {100 * r:.1f} F1 {100 * f:.1f}" for name, (p, r, f) in zip(NAMES, rows)) + f"; macro-F1 {100 * mean:.1f}"


def with_floors(chances, floors):
    """Answers as the program gives them: the side furthest above its floor, else none."""
    above = np.where(chances[:, :3] >= floors, chances[:, :3] / floors, 0)
    return np.where(above.max(1) > 0, above.argmax(1), 3)


def best_floors(chances, gold):
    """The floors with the best mean F0.5 of the three sides, each between a fifth and nine tenths: who reads an answer is helped less by
    one line more than by one wrong line less."""

    def worth(floors):
        rows = figures(with_floors(chances, floors), gold)[0][:3]
        return sum(1.25 * p * r / max(1e-9, 0.25 * p + r) for p, r, _ in rows)

    floors = np.array([0.5, 0.5, 0.5])
    for _ in range(3):
        for side in range(3):
            tried = [np.where(np.arange(3) == side, at, floors) for at in np.arange(0.2, 0.91, 0.05)]
            floors = max(tried, key=worth)
    return floors


def main():
    at = argparse.ArgumentParser()
    at.add_argument("--marked", nargs="+", required=True)
    for name in ("statements", "data", "encoder", "begin", "out"):
        at.add_argument("--" + name, required=True)
    at.add_argument("--passes", type=int, default=3, help="over so many passes the rate falls to nothing")
    at.add_argument("--stop", type=int, default=2, help="the pass after which it ends all the same")
    at.add_argument("--batch", type=int, default=32)
    at.add_argument("--rate", type=float, default=1e-4)
    at.add_argument("--decay", type=float, default=0.9, help="each layer below learns by this much slower")
    at.add_argument("--made", type=float, default=0.4, help="the part of the pairs made of other statements that is learned from in a pass")
    at.add_argument("--held", type=int, default=6, help="one in so many claims that are learned from is held back: the floors are chosen on these")
    at.add_argument("--average", type=float, default=0.98)
    at.add_argument("--seed", type=int, default=1)
    options = at.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    dice = random.Random(options.seed)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    words = AutoTokenizer.from_pretrained(options.encoder)
    learned, reported = marked(options.marked)
    first = [it.claim for it in marked(options.marked[:1])[0]]
    held_claims = set(sorted(set(first))[:: options.held])
    held = [it for it in learned if it.claim in held_claims]
    learned = [it for it in learned if it.claim not in held_claims]
    others = made_of(options.statements, options.data, options.seed)
    print(len(learned), "marked,", len(held), "held back,", len(reported), "reported,", len(others), "made", flush=True)
    network = StanceNetwork(options.encoder, 0.1)
    state = torch.load(options.begin, weights_only=True)
    network.load_state_dict({name: value for name, value in state.items() if not name.startswith("out.")}, strict=False)
    network.out = nn.Linear(2 * 384, 4)
    round_all(network)
    layers = network.encoder.encoder.layer
    groups = [{"params": list(layer.parameters()), "lr": options.rate * options.decay ** (len(layers) - 1 - i)} for i, layer in enumerate(layers)]
    low = [p for _, p in network.encoder.embeddings.named_parameters() if p.requires_grad]
    groups += [{"params": low, "lr": options.rate * options.decay ** len(layers)}, {"params": list(network.out.parameters()), "lr": options.rate * 10}]
    steps = math.ceil(len(one_pass(learned, others, random.Random(0), options.made)) / options.batch)
    total = steps * options.passes
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, (step + 1) / (0.08 * total)) * max(0.02, 1 - step / total))
    slow = {name: value.detach().clone() for name, value in network.state_dict().items()}
    learning = {name for name, value in network.named_parameters() if value.requires_grad}

    def batch_of(some):
        return words([it.claim for it in some], [it.text for it in some], padding=True, truncation=True, max_length=128, return_tensors="pt")

    def chances(lessons):
        order = sorted(range(len(lessons)), key=lambda i: len(lessons[i].text))
        found = np.zeros((len(lessons), 4))
        network.eval()
        with torch.no_grad():
            for i in range(0, len(order), 64):
                at = order[i : i + 64]
                found[at] = torch.softmax(network(batch_of([lessons[j] for j in at])), -1).numpy()
        network.train()
        return found

    step, began, first_pass = 0, time.time(), 1
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(kept["network"])
        optimizer.load_state_dict(kept["optimizer"])
        schedule.load_state_dict(kept["schedule"])
        slow, step, first_pass = kept["slow"], kept["step"], kept["pass"]
        dice.setstate(kept["dice"])
    last = min(options.passes, options.stop)
    for number in range(first_pass, last + 1):
        lines = one_pass(learned, others, dice, options.made)
        dice.shuffle(lines)
        # Pairs of like length together, so that little is filled up.
        blocks = [sorted(lines[i : i + 1024], key=lambda it: len(it.claim) + len(it.text)) for i in range(0, len(lines), 1024)]
        batches = [block[i : i + options.batch] for block in blocks for i in range(0, len(block), options.batch)]
        dice.shuffle(batches)
        losses = []
        for some in batches:
            loss = F.cross_entropy(network(batch_of(some)), torch.tensor([it.label for it in some]), weight=WEIGHTS, label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            losses.append(float(loss.detach()))
            keep = min(options.average, step / (step + 20))
            for name, value in network.state_dict().items():
                if name in learning:
                    slow[name].mul_(keep).add_(value.detach(), alpha=1 - keep)
            if step % 50 == 0:
                print(f"  {step} of {total}: loss {np.mean(losses[-50:]):.3f}, {time.time() - began:.0f} s", flush=True)
        kept = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
        torch.save(kept | {"slow": slow, "step": step, "pass": number + 1, "dice": dice.getstate()}, checkpoint)
        now = {name: value.detach().clone() for name, value in network.state_dict().items()}
        network.load_state_dict(slow)
        on_held = chances(held)
        gold = np.array([it.label for it in held])
        floors = best_floors(on_held, gold)
        print(f"pass {number}: loss {np.mean(losses):.3f}, {time.time() - began:.0f} s; floors {np.round(floors, 2).tolist()}")
        print("  held back:", told(with_floors(on_held, floors), gold), flush=True)
        if number == last and reported:
            print("  reported:", told(with_floors(chances(reported), floors), np.array([it.label for it in reported])), flush=True)
        torch.save(slow, out / "network.pt")
        (out / "floors.txt").write_text(" ".join(f"{floor:.2f}" for floor in floors) + "\n")
        network.load_state_dict(now)


if __name__ == "__main__":
    main()
