"""Texts with their tokens, what the attribution network makes of these, and the persons mentioned in them.

Gold comes from `onrecord-lab coref-gold`, tokens and states from `onrecord-lab coref-lessons`. Here everything is counted in
tokens of the latter, which are the tokens without the labels of a transcript's turns.
"""

import bisect
import json
import os
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Text:
    doc: str
    genre: str
    text: str
    start: list
    end: list
    rows: np.ndarray  # tokens x (inputs + trunk)
    words: list  # of GUM, in code points
    word_of: list  # the word that each token is a part of
    mentions: dict = field(default_factory=dict)  # (first, end) -> head
    chain: dict = field(default_factory=dict)  # (first, end) -> number of its chain
    gold: list = field(default_factory=list)  # chains of two mentions or more, in words

    def __len__(self):
        return len(self.start)

    def in_words(self, mention):
        return self.word_of[mention[0]], self.word_of[mention[1] - 1] + 1


def texts(gold_path, seen_path, free_only=False):
    gold = {}
    with open(gold_path, encoding="utf8") as lines:
        for line in lines:
            entry = json.loads(line)
            gold[entry["doc"]] = entry
    out = []
    numbers = np.memmap(os.path.splitext(seen_path)[0] + ".bin", dtype="<f4", mode="r")
    at = 0
    with open(seen_path, encoding="utf8") as lines:
        for line in lines:
            seen = json.loads(line)
            count, width = len(seen["start"]), sum(seen["widths"])
            rows, at = numbers[at : at + count * width].reshape(count, width), at + count * width
            entry = gold[seen["doc"]]
            if count and not (free_only and not entry["commercial"]):
                out.append(read(entry, seen, np.array(rows)))
    return out


def read(entry, seen, rows):
    words, start = entry["words"], seen["start"]
    starts = [word[0] for word in words]
    word_of = [max(0, bisect.bisect_right(starts, at) - 1) for at in start]
    text = Text(entry["doc"], entry["genre"], entry["text"], start, seen["end"], rows, words, word_of)
    first, last = {}, {}
    for token, word in enumerate(word_of):
        first.setdefault(word, token)
        last[word] = token + 1

    def tokens(begin, end):
        return (first[begin], last[end - 1]) if begin in first and end - 1 in last else None

    for begin, end, kind, _, head in entry["dep"]:
        span = tokens(begin, end)
        if kind == "person" and span:
            text.mentions[span] = min(max(first.get(head, span[0]), span[0]), span[1] - 1)
    for number, chain in enumerate(entry["chains"]):
        if chain["type"] != "person":
            continue
        for (begin, end), head in zip(chain["mentions"], chain["heads"]):
            span = tokens(begin, end)
            if span:
                text.mentions.setdefault(span, min(max(first.get(head, span[0]), span[0]), span[1] - 1))
                text.chain[span] = number
        if len(chain["mentions"]) > 1 and chain.get("onto"):
            text.gold.append([tuple(mention) for mention in chain["mentions"]])
    return text


def in_order(mentions):
    """Mentions {(first, end): head} as a list of (first, end, head): by head, the longer first."""
    return sorted(((*span, head) for span, head in mentions.items()), key=lambda m: (m[2], m[0] - m[1]))
