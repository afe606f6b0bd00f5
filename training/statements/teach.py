"""What the thorough statement network makes of statements, for the others to learn from.

  teach.py --seen FILE.jsonl --labels FILE.jsonl --network network.pt --larger MPNET --out FILE.pt

`--seen` is the accurate model's. With `--encoder attribution-accurate.safetensors` in place of `--larger` the accurate one teaches. Out come, for each
article, the chances of its statements and of their tokens, and its pairs with theirs.
"""

import argparse

import torch

from articles import read
from train import Student


def main():
    ask = argparse.ArgumentParser()
    for name in ("seen", "labels", "network", "out"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--encoder")
    ask.add_argument("--larger")
    ask.add_argument("--threads", type=int, default=2)
    o = ask.parse_args()
    torch.set_num_threads(o.threads)
    made = torch.load(o.network, weights_only=True)
    facts = made["facts"]
    o.kept, o.width, o.hidden, o.tied = (int(facts[name]) for name in ("kept", "width", "hidden", "tied"))
    o.dilations, o.dropout, o.still = facts["dilations"], 0.0, 0
    articles, widths = read(o.seen, o.labels)
    student = Student(widths, o)
    student.load(made["state"])
    found, tied = student.answers(articles)
    out, at = {}, 0
    for article, own in zip(articles, tied):
        statements = found[at : at + len(article.statements)]
        at += len(statements)
        out[article.doc] = {"statements": statements, "pairs": article.ties, "ties": own}
    torch.save(out, o.out)
    print(len(out), "articles,", at, "statements")


if __name__ == "__main__":
    main()
