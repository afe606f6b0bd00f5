"""Trains an attribution network on PolNeAR train and reports on dev.

  train.py --features DIR --data DIR --encoder model.safetensors --lab onrecord-lab --out DIR [--passes N] [--seed N]
           [--lessons FILE --untaught FILE.features.jsonl]

With lessons (see teach.py), the network learns from gold and teacher in equal parts where there is gold, and from the
teacher alone in texts without.
"""

import argparse
import json
import os
import pickle
import random
import subprocess
import time

import numpy as np
import torch
import torch.nn.functional as F

from encoder import EncoderNetwork
from gold import TAGS, tag_row, texts
from network import BEFORE, BEHIND, Batch, Network, Windows, count, vectors, viterbi

ROLE_NAMES = ("source", "cue", "content")


REAL = 0.3  # a teacher's attribution less real than this teaches no tags


def token_targets(text):
    """Where cues begin, and each token's role in any attribution (as tags), for the trunk's own heads."""
    begins = np.zeros(len(text), dtype=np.float32)
    roles = np.zeros(len(text), dtype=np.int64)
    for attribution in text.attributions:
        begins[attribution.anchor] = 1
    for attribution in text.attributions:
        row = text.rows[attribution.anchor]
        roles = np.where((row > 0) & ((roles == 0) | (row // 2 == 1)), row, roles)
    return begins, np.eye(TAGS, dtype=np.float32)[roles]


def prepare(all_texts, lessons=None, untaught=False):
    """Adds what is to be learned from each text: `rows`, the tags seen from an anchor; `real`, how real the attribution
    there is; `owner`, the anchor whose cue a token belongs to; and the targets of the trunk's heads."""
    for text in all_texts:
        text.rows = {a.anchor: tag_row(text, a).astype(np.int8) for a in text.attributions}
        text.real = dict.fromkeys(text.rows, 1.0)
        text.owner = {}
        for a in text.attributions:
            for start, end in a.runs["cue"]:
                for token in range(start, end):
                    text.owner.setdefault(token, a.anchor)
        text.begins, text.roles = token_targets(text)
        if lessons is not None:
            take_lesson(text, lessons[text.doc], 1.0 if untaught else 0.5)


def take_lesson(text, lesson, part):
    """Mixes the teacher's view into what is to be learned, in the given part."""
    begins, roles, seen = lesson
    text.begins = (1 - part) * text.begins + part * begins.astype(np.float32)
    text.roles = (1 - part) * text.roles + part * roles.astype(np.float32)
    for anchor in text.real:
        text.real[anchor] = 1 - part
    for anchor, first, path, real in seen:
        text.real[anchor] = text.real.get(anchor, 0.0) + part * real
        if part == 1.0 and real >= REAL:
            row = np.zeros(len(text), dtype=np.int8)
            row[first : first + len(path)] = path
            text.rows[anchor] = row


def candidates(batch, chance, rng, most=1.0):
    """Known cue beginnings, and places the trunk takes for one: (text, token, anchor whose tags are to be learned or
    None, how real an attribution is there)."""
    known = [(k, a, a, text.real[a]) for k, text in enumerate(batch.texts) for a in text.rows]
    wrong, near = [], []
    for k, text in enumerate(batch.texts):
        for token in np.flatnonzero(chance[k, : len(text)] > 0.05):
            token = int(token)
            if token in text.rows:
                continue
            owner = text.owner.get(token)
            real = text.real.get(token, 0.0) if owner is None else text.real[owner]
            (near if owner is not None else wrong).append((k, token, owner, real))
    rng.shuffle(wrong)
    rng.shuffle(near)
    return known + near[: len(known) // 5] + wrong[: int(len(known) * most) + 4]


def step_loss(network, batch, rng, hide=0.08):
    keep = (torch.rand(len(batch.offsets)) > hide).float()
    states = network.read(batch, keep)
    begins = network.begins(states)[..., 0]
    place = batch.places
    target = torch.from_numpy(np.concatenate([text.begins for text in batch.texts]))
    begin_loss = F.binary_cross_entropy_with_logits(begins.float().reshape(-1)[place], target, reduction="sum") / max(1.0, float(target.sum()))
    roles = torch.from_numpy(np.concatenate([text.roles for text in batch.texts]))
    role_loss = F.cross_entropy(network.roles(states).float().reshape(-1, TAGS)[place], roles)  # soft targets
    chance = torch.sigmoid(begins.detach().float()).numpy()
    chosen = candidates(batch, chance, rng)
    if not chosen:
        return begin_loss + role_loss, begin_loss, role_loss, role_loss * 0
    windows = Windows(batch, [(k, t) for k, t, _, _ in chosen])
    scores, real = network.attributions(states, windows)
    truth = torch.tensor([real for _, _, _, real in chosen], dtype=torch.float32)
    held = torch.tensor([owner is not None for _, _, owner, _ in chosen])
    real_loss = F.binary_cross_entropy_with_logits(real.float(), truth)
    tags = np.zeros(windows.inside.shape, dtype=np.int64)
    for row, (k, _, owner, _) in enumerate(chosen):
        if owner is None:
            continue
        gold = batch.texts[k].rows[owner]
        at = windows.first[row] + np.flatnonzero(windows.inside[row])
        cut = gold[at].astype(np.int64)
        if len(cut) and cut[0] and cut[0] % 2 == 0:
            cut[0] -= 1
        tags[row, windows.inside[row]] = cut
    if not held.any():
        return 0.5 * begin_loss + role_loss + real_loss, begin_loss, real_loss, role_loss * 0
    tag_loss = network.crf_loss(scores[held], windows.mask[held], torch.from_numpy(tags)[held])
    total = 0.5 * begin_loss + role_loss + real_loss + 0.15 * tag_loss
    return total, begin_loss, real_loss, tag_loss


def runs(path, first, tag):
    """Token runs of one role in a tag path."""
    out, i = [], 0
    while i < len(path):
        if path[i] == tag:
            j = i + 1
            while j < len(path) and path[j] == tag + 1:
                j += 1
            out.append((first + i, first + j))
            i = j
        else:
            i += 1
    return out


@torch.no_grad()
def predict(network, text, begin_floor=0.2, real_floor=0.5):
    """The attributions of one text, as token runs, without repeats."""
    network.eval()
    batch = Batch([text])
    states = network.read(batch)
    chance = torch.sigmoid(network.begins(states)[0, :, 0]).numpy()
    places = [int(t) for t in np.flatnonzero(chance > begin_floor)]
    if not places:
        return []
    windows = Windows(batch, [(0, t) for t in places])
    scores, real = network.attributions(states, windows)
    real = torch.sigmoid(real).numpy()
    moves = network.transitions().numpy()
    found = []
    for row, token in enumerate(places):
        if real[row] < real_floor * 0.2:
            continue
        inside = windows.inside[row]
        path = viterbi(scores[row].numpy()[inside], moves)
        first = windows.first[row] + int(np.flatnonzero(inside)[0])
        found.append({"p": float(real[row]), "anchor": token, **{role: runs(path, first, 2 * r + 1) for r, role in enumerate(ROLE_NAMES)}})
    found.sort(key=lambda a: -a["p"])
    taken, content, out = set(), set(), []
    for a in found:
        cue = {t for s, e in a["cue"] for t in range(s, e)} | {a["anchor"]}
        if a["p"] < real_floor or cue & taken or not a["content"]:
            continue
        own = [(s, e) for s, e in a["content"] if not content & set(range(s, e))]
        if not own:
            continue
        a["content"] = own
        content |= {t for s, e in own for t in range(s, e)}
        taken |= cue
        if len(a["source"]) > 1:
            a["source"] = [min(a["source"], key=lambda run: min(abs(run[0] - a["anchor"]), abs(run[1] - a["anchor"])))]
        if len(a["cue"]) > 1:
            a["cue"] = [min(a["cue"], key=lambda run: abs(run[0] - a["anchor"]))]
        if not a["cue"]:
            a["cue"] = [(a["anchor"], a["anchor"] + 1)]
        out.append(a)
    return out


def in_characters(text, found):
    return [{role: [[text.start[s], text.end[e - 1]] for s, e in a[role]] for role in ROLE_NAMES} for a in found]


def report(network, dev, name, o, real_floor=0.5):
    """Predicts and has the lab score it: `onrecord-lab score` is the only scorer there is."""
    files = {key: f"{o.out}/dev.{key}.jsonl" for key in ("text", "gold", "pred")}
    keep = {text.doc for text in dev}
    for key in ("text", "gold"):
        with open(f"{o.data}/polnear/dev.{key}.jsonl", encoding="utf8") as lines, open(files[key], "w", encoding="utf8") as out:
            out.writelines(line for line in lines if json.loads(line)["doc"] in keep)
    with open(files["pred"], "w", encoding="utf8") as out:
        for text in dev:
            found = in_characters(text, predict(network, text, real_floor=real_floor))
            out.write(json.dumps({"doc": text.doc, "attributions": found}) + "\n")
    command = [o.lab, "score", *(part for key in files for part in (f"--{key}", files[key]))]
    table = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(f"== {name}, real floor {real_floor}", flush=True)
    print("\n".join(line for line in table.splitlines() if line.startswith(("| attribution", "| strict", "Source"))), flush=True)
    network.train()


def main():
    ask = argparse.ArgumentParser()
    for name in ("features", "data", "encoder", "out", "lab"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--passes", type=int, default=10)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--rate", type=float, default=2.5e-3)
    ask.add_argument("--threads", type=int, default=1)
    ask.add_argument("--width", type=int, default=128)
    ask.add_argument("--dropout", type=float, default=0.15)
    ask.add_argument("--layers", type=int, default=0, help="encoder layers under the trunk; 0 trains the fast network")
    ask.add_argument("--batch", type=int, default=7000, help="tokens in a batch")
    ask.add_argument("--encoder-rate", type=float, default=1e-4)
    ask.add_argument("--hide", type=float, default=0.08, help="the share of words hidden while learning")
    ask.add_argument("--vector", type=int, default=64, help="numbers in a word-piece vector of the fast network")
    ask.add_argument("--lessons", help="what a teacher makes of the texts, from teach.py")
    ask.add_argument("--untaught", help="features of texts without gold, for which there are lessons")
    ask.add_argument("--untaught-part", type=float, default=0.25, help="the part of them that is read in each pass")
    o = ask.parse_args()
    torch.set_num_threads(o.threads)
    random.seed(o.seed)
    np.random.seed(o.seed)
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    train = texts(f"{o.features}/train.features.jsonl", f"{o.data}/polnear/train.gold.jsonl")
    dev = texts(f"{o.features}/dev.features.jsonl", f"{o.data}/polnear/dev.gold.jsonl")
    lessons, untaught = None, []
    if o.lessons:
        with open(o.lessons, "rb") as file:
            lessons = pickle.load(file)
        if o.untaught:
            untaught = texts(o.untaught)
            prepare(untaught, lessons, untaught=True)
    prepare(train, lessons)
    del lessons
    if o.layers:
        network = EncoderNetwork(os.path.dirname(o.encoder), o.layers, width=o.width, dropout=o.dropout)
    else:
        network = Network(vectors(o.encoder, o.vector), width=o.width, dropout=o.dropout)
    print("weights", count(network), flush=True)
    named = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    slow = [p for n, p in named if n.startswith(("pieces", "encoder"))]
    rest = [p for n, p in named if not n.startswith(("pieces", "encoder"))]
    slow_rate = o.encoder_rate if o.layers else o.rate / 2
    optimiser = torch.optim.AdamW([{"params": slow, "lr": slow_rate}, {"params": rest, "lr": o.rate}], weight_decay=0.01, betas=(0.9, 0.98))
    average = {k: v.detach().clone() for k, v in network.state_dict().items()}
    begun, done, sums = time.time(), 0, np.zeros(4)
    base = [group["lr"] for group in optimiser.param_groups]
    steps, first = None, 0
    checkpoint = f"{o.out}/checkpoint.pt"
    if os.path.exists(checkpoint):
        held = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(held["network"])
        optimiser.load_state_dict(held["optimiser"])
        average, first, done, steps = held["average"], held["turn"], held["done"], held["steps"]
        rng.setstate(held["rng"])
        torch.set_rng_state(held["torch"])
        print("goes on after pass", first, flush=True)
    for turn in range(first, o.passes):
        more = rng.sample(untaught, int(len(untaught) * o.untaught_part))
        order = sorted(train + more, key=lambda text: len(text) + rng.random() * 300)
        batches, now, size = [], [], 0
        for text in order:
            if now and (len(now) + 1) * max(len(text), size) > o.batch:
                batches.append(now)
                now, size = [], 0
            now.append(text)
            size = max(size, len(text))
        batches.append(now)
        rng.shuffle(batches)
        steps = steps or len(batches) * o.passes
        for chosen in batches:
            part = min(1.0, done / steps)
            for group, rate in zip(optimiser.param_groups, base):
                group["lr"] = rate * min(1, (done + 1) / 150) * (0.02 + 0.98 * (1 - part))
            with torch.autocast("cpu", torch.bfloat16):
                losses = step_loss(network, Batch(chosen), rng, o.hide)
            optimiser.zero_grad()
            losses[0].backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            done += 1
            sums += [float(x) for x in losses]
            with torch.no_grad():
                pace = min(0.998, (done + 1) / (done + 20))
                for k, v in network.named_parameters():
                    if v.requires_grad:
                        average[k].lerp_(v, 1 - pace)
            if done % 50 == 0:
                print(turn, done, "of", steps, "losses", np.round(sums / 50, 4), f"{time.time() - begun:.0f}s", flush=True)
                sums[:] = 0
        held = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "average": average, "turn": turn + 1}
        held |= {"done": done, "steps": steps, "rng": rng.getstate(), "torch": torch.get_rng_state()}
        torch.save(held, checkpoint)
        if turn % 3 == 2 or turn == 0 or o.layers or turn == o.passes - 1:
            live = {k: v.detach().clone() for k, v in network.state_dict().items()}
            network.load_state_dict(average)
            report(network, dev if turn == o.passes - 1 else dev[:40], f"after pass {turn + 1}", o)
            torch.save(average, f"{o.out}/network.pt")
            network.load_state_dict(live)
    network.load_state_dict(average)
    for floor in (0.3, 0.4, 0.5, 0.6):
        report(network, dev, "dev", o, floor)
    with open(f"{o.out}/run.json", "w") as out:
        json.dump({**vars(o), "seconds": round(time.time() - begun)}, out)


if __name__ == "__main__":
    main()
