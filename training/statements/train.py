"""Teaches a statement network what statements do, what they rest on, to whom and where they were made. See CARD.md.

  train.py --seen FILE.jsonl --labels lessons.jsonl --dev-seen FILE.jsonl --dev gold.jsonl --out network.pt

`--seen` and `--dev-seen` come from `onrecord-lab statement-lessons`, one model's. Some articles of the lessons are held back: the floors
are chosen on them, since the rules were fitted to the half of the gold that chooses. That half is scored as well.
"""

import argparse
import bisect
import hashlib
import itertools
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from network import ACTS, FRAMINGS, KINDS, LEVELS, SETTINGS, Network


# As in `crates/onrecord-reading/src/telling/weighed.rs`: a setting that the rules told stays where its words are as likely as this.
TOLD_SETTING = 0.05


class Statement:
    """What the network is shown of a statement, and its marks."""


def read(seen_path, labels_path, keep=lambda article: True):
    """The statements of the articles to keep, and how many numbers an input row and a state have."""
    labels = {}
    for line in open(labels_path, encoding="utf8"):
        article = json.loads(line)
        if keep(article):
            labels[article["doc"]] = article["statements"]
    articles = [json.loads(line) for line in open(seen_path, encoding="utf8")]
    widths = max((tuple(article["widths"]) for article in articles), key=sum)
    numbers = np.memmap(Path(seen_path).with_suffix(".bin"), dtype=np.float32, mode="r").reshape(-1, sum(widths))
    out, at = [], 0
    for article in articles:
        rows = numbers[at : at + len(article["start"])]
        at += len(article["start"])
        for shown, marks in zip(article["statements"], labels.get(article["doc"], ())):
            out.append(statement(article, rows, shown, marks))
    return out, widths


def statement(article, rows, shown, marks):
    it = Statement()
    it.first, it.rows = shown["first"], rows
    it.roles, it.basis_told, it.setting_told = (np.array(shown[name], dtype=np.int64) for name in ("roles", "basis", "setting"))
    it.told = shown["told"]
    size = len(it.roles)

    def places(span):
        start = bisect.bisect_right(article["end"], span[0])
        stop = bisect.bisect_left(article["start"], span[1])
        return range(max(start, it.first) - it.first, min(stop, it.first + size) - it.first)

    it.act, it.framing = ACTS.index(marks["act"]), FRAMINGS.index(marks.get("framing", "neutral"))
    certainty = marks.get("certainty") or {"level": None, "spans": []}
    it.level, it.concession = LEVELS.index(certainty["level"]), float(marks.get("concession", False))
    it.kinds = np.zeros(len(KINDS), dtype=np.float32)
    it.basis, it.setting, it.certain, it.reporter = (np.zeros(size, dtype=np.int64) for _ in range(4))
    for basis in marks.get("basis", []):
        kind = KINDS.index(basis["kind"])
        it.kinds[kind] = 1
        for i in places(basis["span"]):
            it.basis[i] = 1 + kind
            it.reporter[i] = 1 + (basis["whose"] == "reporter")
    it.spans = {}
    for code, name in enumerate(SETTINGS, 1):
        if marks.get(name):
            it.spans[name] = set(places(marks[name]))
            it.setting[list(it.spans[name])] = code
    for span in certainty["spans"]:
        it.certain[list(places(span))] = 1
    return it


def batch_of(some):
    longest = max(len(it.roles) for it in some)
    shape = (len(some), longest)
    rows = torch.zeros(*shape, some[0].rows.shape[1])
    roles = torch.full(shape, -1)
    basis, setting = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    for k, it in enumerate(some):
        size = len(it.roles)
        rows[k, :size] = torch.from_numpy(np.array(it.rows[it.first : it.first + size]))
        roles[k, :size], basis[k, :size], setting[k, :size] = map(torch.from_numpy, (it.roles, it.basis_told, it.setting_told))
    return rows, roles, basis, setting, torch.tensor([it.told for it in some])


def loss_of(whole, each, some, roles, weights):
    column = lambda name: torch.tensor([getattr(it, name) for it in some])
    inside = roles >= 0
    token = lambda name: torch.from_numpy(np.concatenate([getattr(it, name) for it in some]))
    scores = {name: value[inside] for name, value in each.items()}
    loss = F.cross_entropy(whole["acts"], column("act"), weight=weights, label_smoothing=0.05)
    loss = loss + 0.5 * F.cross_entropy(whole["levels"], column("level")) + 0.3 * F.cross_entropy(whole["framings"], column("framing"))
    loss = loss + 0.3 * F.binary_cross_entropy_with_logits(whole["concession"][:, 0], column("concession"))
    loss = loss + 2 * F.binary_cross_entropy_with_logits(whole["kinds"], torch.from_numpy(np.stack([it.kinds for it in some])))
    loss = loss + 4 * F.cross_entropy(scores["each_kind"], token("basis")) + 4 * F.cross_entropy(scores["each_setting"], token("setting"))
    loss = loss + F.binary_cross_entropy_with_logits(scores["certainty"][:, 0], token("certain").float())
    owner = token("reporter")
    if (owner > 0).any():
        loss = loss + 0.2 * F.binary_cross_entropy_with_logits(scores["reporter"][owner > 0, 0], (owner[owner > 0] - 1).float())
    return loss


def answers(network, statements):
    """Chances of statements and of their tokens, as the program has them."""
    network.eval()
    out = []
    with torch.no_grad():
        for i in range(0, len(statements), 64):
            some = statements[i : i + 64]
            whole, each = network(*batch_of(some))
            whole = {name: (torch.sigmoid if name in ("concession", "kinds") else lambda x: torch.softmax(x, -1))(value).numpy() for name, value in whole.items()}
            each = {name: torch.softmax(each[name], -1)[..., 1:].numpy() for name in ("each_kind", "each_setting")}
            for k, it in enumerate(some):
                out.append(({name: value[k] for name, value in whole.items()}, {name: value[k, : len(it.roles)] for name, value in each.items()}))
    network.train()
    return out


def f1(right, given, gold):
    return 2 * right / max(1, given + gold)


def run(chances, goes_on=0.4):
    best = int(chances.argmax())
    start = end = best
    while start > 0 and chances[start - 1] >= goes_on * chances[best]:
        start -= 1
    while end + 1 < len(chances) and chances[end + 1] >= goes_on * chances[best]:
        end += 1
    return set(range(start, end + 1))


def labels(found, statements, name, mark, told_at, weights, by):
    """Accuracy, macro-F1 and F1 of each label, where each chance is weighed and the one that the rules told counts `by` more."""
    chances = np.stack([whole[name] for whole, _ in found]) * np.array(weights)
    chances = chances / chances.sum(1, keepdims=True)
    gold, told = np.array([getattr(it, mark) for it in statements]), np.array([it.told[told_at] for it in statements])
    chances[np.arange(len(chances)), told] += by
    best = chances.argmax(1)
    each = [f1(((best == k) & (gold == k)).sum(), (best == k).sum(), (gold == k).sum()) for k in range(len(weights))]
    return (best == gold).mean(), np.mean(each), [round(float(x), 2) for x in each]


def acts(found, statements, weights, by):
    return labels(found, statements, "acts", "act", 0, weights, by)


def levels(found, statements, by):
    return labels(found, statements, "levels", "level", 1, [1.0] * len(LEVELS), by)


def score(found, statements, floors=None, other=None):
    """Figures as the benchmark counts them, but for words cut off by the window; the best floors where none are given. Rare acts
    are so few that how they are weighed is chosen on `other`, found and statements, too."""
    best = dict(floors or {})
    if floors is None:
        rare = itertools.product((1.0, 1.5, 2.0), repeat=3)
        ways = [((1.0, *weights, 1.0, 1.0), told_act) for weights in rare for told_act in (0.0, 0.1, 0.2, 0.3)]
        both = ((found, statements), other or (found, statements))
        best["acts"], best["told_act"] = max(ways, key=lambda way: sum(acts(*of, *way)[1] for of in both))
        # Of levels accuracy counts too: none is by far the commonest, and mostly right.
        better = lambda by: sum(sum(levels(*of, by)[:2]) for of in both)
        best["told_level"] = max((0.0, 0.2, 0.4, 0.6, 0.8), key=better)
    figures = dict(zip(("act", "act macro", "acts"), acts(found, statements, best["acts"], best["told_act"])))
    figures |= dict(zip(("certainty", "certainty macro"), levels(found, statements, best["told_level"])))
    tried = np.arange(0.1, 0.75, 0.05)

    def basis(floor, told_floor):
        right = given = known = 0
        for (whole, tokens), it in zip(found, statements):
            chance = (tokens["each_kind"].max(0) + whole["kinds"]) / 2
            told = np.isin(np.arange(1, len(KINDS) + 1), it.basis_told)
            taken = np.where(told, chance >= told_floor, chance >= floor)
            right, given, known = right + (taken & (it.kinds > 0)).sum(), given + taken.sum(), known + it.kinds.sum()
        return f1(right, given, known), int(right), int(given), int(known)

    def setting(at, floor):
        right = given = known = 0
        for (_, tokens), it in zip(found, statements):
            words = it.spans.get(SETTINGS[at])
            known += words is not None
            chances = tokens["each_setting"][:, at]
            own = set(np.nonzero(it.setting_told == at + 1)[0])
            if not own or max(chances[list(own)]) < TOLD_SETTING:
                own = run(chances) if chances.max() >= floor else None
            if own:
                given += 1
                right += bool(words) and 2 * len(own & words) >= min(len(own), len(words)) and len(own & words) > 0
        return f1(right, given, known), right, given, known

    if floors is None:
        pairs = [(floor, told) for floor in tried for told in (0.0, 0.02, 0.04, 0.06, 0.1, 0.15, 0.2)]
        best["basis"], best["told_basis"] = map(float, max(pairs, key=lambda pair: basis(*pair)[0]))
        for at, name in enumerate(SETTINGS):
            best[name] = float(max(tried, key=lambda floor: setting(at, floor)[0]))
    figures["basis"] = basis(best["basis"], best["told_basis"])
    for at, name in enumerate(SETTINGS):
        figures[name] = setting(at, best[name])
    return figures, best


def facts_of(floors):
    """What was chosen, as the weight file tells it."""
    facts = {f"{name}_floor": f"{floor:.2f}" for name, floor in floors.items() if name not in ("acts", "told_act", "told_level")}
    return facts | {"act_weights": " ".join(map(str, floors["acts"])), "told_act": f"{floors['told_act']:.2f}", "told_level": f"{floors['told_level']:.2f}"}


def show(name, figures):
    print(f"  {name}: " + "; ".join(f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}" for key, value in figures.items()), flush=True)


def main():
    ask = argparse.ArgumentParser()
    for name in ("seen", "labels", "dev-seen", "dev", "out"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--passes", type=int, default=12)
    ask.add_argument("--batch", type=int, default=32)
    ask.add_argument("--rate", type=float, default=1.5e-3)
    ask.add_argument("--width", type=int, default=96)
    ask.add_argument("--hidden", type=int, default=128)
    ask.add_argument("--dilations", default="1,3")
    ask.add_argument("--dropout", type=float, default=0.25)
    ask.add_argument("--balance", type=float, default=0.3, help="how far rare acts weigh more: the power of how rare they are")
    ask.add_argument("--held", type=float, default=0.12, help="the share of the lessons' articles that are scored and not learned from")
    ask.add_argument("--seed", type=int, default=1)
    o = ask.parse_args()
    torch.manual_seed(o.seed)
    torch.set_num_threads(1)
    dice = random.Random(o.seed)
    held = lambda doc: hashlib.sha256(doc.encode()).digest()[1] < 256 * o.held
    lessons, widths = read(o.seen, o.labels, lambda article: not held(article["doc"]))
    fresh, _ = read(o.seen, o.labels, lambda article: held(article["doc"]))
    dev, _ = read(o.dev_seen, o.dev, lambda article: article["half"] == "choose")
    print(len(lessons), "lessons,", len(fresh), "held back,", len(dev), "to choose on", flush=True)
    counts = np.bincount([it.act for it in lessons], minlength=len(ACTS))
    weights = torch.tensor((len(lessons) / np.maximum(counts, 1)) ** o.balance, dtype=torch.float32)
    weights = weights / (weights * torch.tensor(counts)).sum() * counts.sum()
    network = Network(*widths, o.width, o.hidden, tuple(map(int, o.dilations.split(","))), o.dropout)
    total = math.ceil(len(lessons) / o.batch) * o.passes
    optimizer = torch.optim.AdamW(network.parameters(), lr=o.rate, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, (step + 1) / (0.05 * total)) * max(0.02, 1 - step / total))
    slow = {name: value.detach().clone() for name, value in network.state_dict().items()}
    step, began = 0, time.time()
    for number in range(1, o.passes + 1):
        dice.shuffle(lessons)
        losses = []
        for i in range(0, len(lessons), o.batch):
            some = lessons[i : i + o.batch]
            batch = batch_of(some)
            loss = loss_of(*network(*batch), some, batch[1], weights)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            losses.append(float(loss.detach()))
            keep = min(0.99, step / (step + 20))
            for name, value in network.state_dict().items():
                slow[name].mul_(keep).add_(value.detach(), alpha=1 - keep)
        if number % 4 == 0 or number == o.passes:
            now = {name: value.detach().clone() for name, value in network.state_dict().items()}
            network.load_state_dict(slow)
            on_dev = answers(network, dev)
            figures, floors = score(answers(network, fresh), fresh, None, (on_dev, dev))
            print(f"pass {number}: loss {np.mean(losses):.3f}, {time.time() - began:.0f} s, floors {floors}", flush=True)
            show("held back", figures)
            show("choosing", score(on_dev, dev, floors)[0])
            facts = {"width": str(o.width), "hidden": str(o.hidden), "dilations": o.dilations} | facts_of(floors)
            torch.save({"state": slow, "facts": facts}, o.out)
            network.load_state_dict(now)


if __name__ == "__main__":
    main()
