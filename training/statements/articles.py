"""What a statement network learns from: articles with what the program makes of them, and their marks."""

import bisect
import json
from pathlib import Path

import numpy as np
import torch

from network import ACTS, CONTENT, CUE, FRAMINGS, KINDS, LEVELS, SETTINGS, SOURCE, TOLD_OF_TIES


class Statement:
    """What the network is shown of a statement, and its marks."""


class Article:
    """The tokens of an article, its statements, and pairs of them of which one may answer the other."""

    # What a settled encoder makes of each token; whether there are marks; of rare acts and answers alone; whether it is no article of PolNeAR.
    words, marked, rare, news = None, True, False, False

    def __len__(self):
        return len(self.gap)


def read(seen_path, labels_path, keep=lambda article: True, again_paths=()):
    """The articles to keep that have statements, and how many numbers an input row and a state have. `again_paths`: answers as another
    reading has them; a pair that one of the two has is held for half an answer."""
    labels, again = {}, {}
    for path in again_paths:
        for line in open(path, encoding="utf8"):
            own = json.loads(line)
            again[own["doc"]] = {tuple(pair) for pair in own["answers"]}
    for line in open(labels_path, encoding="utf8"):
        own = json.loads(line)
        if keep(own):
            labels[own["doc"]] = own["statements"], own.get("split") == "news"
    numbers, at, out, widths = None, 0, [], None
    for line in open(seen_path, encoding="utf8"):
        shown = json.loads(line)
        if numbers is None:
            widths = tuple(shown["widths"])
            numbers = np.memmap(Path(seen_path).with_suffix(".bin"), dtype=np.float32, mode="r").reshape(-1, sum(widths))
        rows = numbers[at : at + len(shown["start"])]
        at += len(rows)
        marks, news = labels.get(shown["doc"], (None, False))
        if marks:
            out.append(article(shown, rows, marks))
            out[-1].news = news
            if shown["doc"] in again:
                second = [tuple(pair) in again[shown["doc"]] for pair in out[-1].ties.tolist()]
                out[-1].tied = (out[-1].tied + np.array(second, dtype=np.float32)) / 2
    return out, widths


def article(shown, rows, marks):
    it = Article()
    it.doc, it.rows = shown["doc"], rows
    it.pieces, it.piece_starts = np.array(shown["pieces"]), np.array(shown["piece_starts"])
    it.gap = np.array(shown["gap"])
    it.columns = np.stack([shown["shape"], shown["gap"], shown["quoted"]], 1)
    it.statements = [statement(shown, one, own) for one, own in zip(shown["statements"], marks)]
    # As the program tells the encoder: of what several statements hold, the later word stands; a cue over all.
    it.roles = np.zeros(len(rows), dtype=np.int64)
    for code, name in ((CONTENT, "content"), (SOURCE, "source"), (CUE, "cue")):
        for own in marks:
            for span in own[name]:
                it.roles[slice(*within(shown, span))] = code
    answers = {(i, j) for i, own in enumerate(marks) for j in own.get("responds_to", ())}
    it.ties = np.array([pair[:2] for pair in shown["ties"]], dtype=np.int64).reshape(-1, 2)
    it.told_ties = np.array([pair[2] for pair in shown["ties"]], dtype=np.float32).reshape(-1, TOLD_OF_TIES)
    it.tied = np.array([(i, j) in answers for i, j in it.ties], dtype=np.float32)
    it.answers = len(answers)
    return it


def within(shown, span):
    """The tokens that share a character with `span`."""
    return bisect.bisect_right(shown["end"], span[0]), bisect.bisect_left(shown["start"], span[1])


def statement(shown, one, marks):
    it = Statement()
    it.first = one["first"]
    it.roles, it.basis_told, it.setting_told = (np.array(one[name], dtype=np.int64) for name in ("roles", "basis", "setting"))
    it.told = one["told"]
    size = len(it.roles)

    def places(span):
        start, stop = within(shown, span)
        return range(max(start, it.first) - it.first, min(stop, it.first + size) - it.first)

    it.act, it.framing = ACTS.index(marks["act"]), FRAMINGS.index(marks.get("framing", "neutral"))
    certainty = marks.get("certainty") or {"level": None, "spans": []}
    it.level, it.concession = LEVELS.index(certainty["level"]), float(marks.get("concession", False))
    it.kinds = np.zeros(len(KINDS), dtype=np.float32)
    it.basis, it.certain, it.reporter = (np.zeros(size, dtype=np.int64) for _ in range(3))
    # Of words of several settings each is marked: "a CNN interview".
    it.setting = np.zeros((size, len(SETTINGS)), dtype=np.float32)
    for basis in marks.get("basis", []):
        kind = KINDS.index(basis["kind"])
        it.kinds[kind] = 1
        for i in places(basis["span"]):
            it.basis[i] = 1 + kind
            it.reporter[i] = 1 + (basis["whose"] == "reporter")
    it.spans = {}
    for at, name in enumerate(SETTINGS):
        if marks.get(name):
            it.spans[name] = set(places(marks[name]))
            it.setting[list(it.spans[name]), at] = 1
    for span in certainty["spans"]:
        it.certain[list(places(span))] = 1
    return it


def batch_of(articles, inputs):
    """The network's input for all statements of some articles. `inputs`: tokens x numbers, of all of them one behind another."""
    both = [(k, it) for k, article in enumerate(articles) for it in article.statements]
    base = np.concatenate([[0], np.cumsum([len(article) for article in articles])])
    shape = (len(both), max(len(it.roles) for _, it in both))
    places = np.zeros(shape, dtype=np.int64)
    roles = torch.full(shape, -1)
    basis, setting = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    for row, (k, it) in enumerate(both):
        size = len(it.roles)
        places[row, :size] = base[k] + it.first + np.arange(size)
        roles[row, :size], basis[row, :size], setting[row, :size] = map(torch.from_numpy, (it.roles, it.basis_told, it.setting_told))
    return inputs[torch.from_numpy(places)], roles, basis, setting, torch.tensor([it.told for _, it in both])


def pairs_of(articles):
    """The pairs of some articles, by the statements' places among all of theirs, what is told of them, and which do answer."""
    first = np.concatenate([[0], np.cumsum([len(article.statements) for article in articles])])
    ties = np.concatenate([article.ties + first[k] for k, article in enumerate(articles)])
    told = np.concatenate([article.told_ties for article in articles])
    return torch.from_numpy(ties), torch.from_numpy(told), torch.from_numpy(np.concatenate([article.tied for article in articles]))
