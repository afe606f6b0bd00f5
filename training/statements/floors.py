"""Chooses anew at what chances a statement network's answers are taken, and writes that into its weight file; nothing else of it changes.

  floors.py --weights statement-MODEL.safetensors --attribution attribution-MODEL.safetensors
      --seen FILE.jsonl --labels lessons.jsonl --dev-seen FILE.jsonl --dev gold.jsonl
      [--encoder attribution-accurate.safetensors]    of the accurate one
      [--larger MPNET]                                of the one with the larger encoder

As `train.py` does behind its last pass, on the lessons held back and on the half of the gold that chooses; `--seen` and `--dev-seen` are those
of that run.
"""

import argparse

import torch
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from articles import read
from figures import facts_of, score, show
from restore import restore
from train import Student, is_held, without_nothing


def main():
    ask = argparse.ArgumentParser()
    for name in ("weights", "attribution", "seen", "labels", "dev-seen", "dev"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--encoder")
    ask.add_argument("--larger")
    ask.add_argument("--held", type=float, default=0.12, help="as that run had it")
    ask.add_argument("--threads", type=int, default=2)
    o = ask.parse_args()
    torch.set_num_threads(o.threads)
    state, facts = restore(o.weights, o.attribution, o.larger)
    o.kept, o.width, o.hidden = (int(facts.get(name, 0)) for name in ("kept", "width", "hidden"))
    o.tied, o.dilations, o.dropout, o.still = state["tie.weight"].shape[1], facts["dilations"], 0.0, 0
    fresh, widths = read(o.seen, o.labels, lambda article: is_held(article, o.held))
    dev, _ = read(o.dev_seen, o.dev, lambda article: article["half"] == "choose")
    student = Student(widths, o)
    student.load(state)
    on_dev, on_fresh = (without_nothing(student.answers(articles)) for articles in (dev, fresh))
    figures, floors = score(on_fresh, fresh, None, (on_dev, dev))
    print("floors", floors)
    show("held back", figures)
    show("choosing", score(on_dev, dev, floors)[0])
    save_file(load_file(o.weights), o.weights, metadata=facts | facts_of(floors))


if __name__ == "__main__":
    main()
