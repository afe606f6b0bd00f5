"""Texts' features beside their gold attributions, and batches of both.

Features come from `onrecord-lab features` (one JSON line a text), gold from PolNeAR's JSON lines. Offsets in both count
code points; here everything is counted in tokens.
"""

import bisect
import json
from dataclasses import dataclass, field

import numpy as np

NONE, SOURCE, CUE, CONTENT = 0, 1, 2, 3
ROLES = {"source": SOURCE, "cue": CUE, "content": CONTENT}
# Tags of one attribution, seen from its cue: nothing, then begin and inside of each role.
TAGS = 7


@dataclass
class Attribution:
    """Token runs `[start, end)` of each role."""

    runs: dict
    anchor: int  # the cue's first token


@dataclass
class Text:
    doc: str
    start: list
    end: list
    pieces: np.ndarray
    piece_starts: np.ndarray
    columns: np.ndarray  # tokens x (suffix, shape, gap, quoted)
    paragraphs: np.ndarray  # how many paragraph or line breaks precede each token
    attributions: list = field(default_factory=list)

    def __len__(self):
        return len(self.start)


def texts(features_path, gold_path=None):
    gold = {}
    if gold_path:
        with open(gold_path, encoding="utf8") as lines:
            for line in lines:
                entry = json.loads(line)
                gold[entry["doc"]] = entry["attributions"]
    out = []
    with open(features_path, encoding="utf8") as lines:
        for line in lines:
            row = json.loads(line)
            if not row["start"]:
                continue
            gap = np.array(row["gap"])
            text = Text(
                doc=row["doc"],
                start=row["start"],
                end=row["end"],
                pieces=np.array(row["pieces"], dtype=np.int64),
                piece_starts=np.array(row["piece_starts"], dtype=np.int64),
                columns=np.stack([row["suffix"], row["shape"], gap, row["quoted"]], 1).astype(np.int64),
                paragraphs=np.cumsum(gap >= 2),
            )
            for attribution in gold.get(row["doc"], []):
                runs = {role: token_runs(text, attribution[role]) for role in ROLES}
                if runs["cue"]:
                    text.attributions.append(Attribution(runs, runs["cue"][0][0]))
            out.append(text)
    return out


def token_runs(text, spans):
    """The runs of tokens that overlap the spans; touching runs are joined."""
    ids = set()
    for start, end in spans:
        i = bisect.bisect_right(text.end, start)
        while i < len(text) and text.start[i] < end:
            ids.add(i)
            i += 1
    runs = []
    for i in sorted(ids):
        if runs and runs[-1][1] == i:
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    return [tuple(run) for run in runs]


def tag_row(text, attribution):
    """The tag of every token of the text for one attribution: the cue wins over the source, that over the content."""
    row = np.zeros(len(text), dtype=np.int64)
    for role in ("content", "source", "cue"):
        begin = 2 * ROLES[role] - 1
        for start, end in attribution.runs[role]:
            row[start:end] = begin + 1
            row[start] = begin
    # A role cut by a stronger one begins anew behind it.
    for i in range(1, len(row)):
        if row[i] and row[i] % 2 == 0 and row[i - 1] not in (row[i], row[i] - 1):
            row[i] -= 1
    return row
