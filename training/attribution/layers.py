"""What every program here knows of the encoder: the names of a layer's parts, and how a text is cut into chunks for it."""

import numpy as np

# The names of an encoder layer's parts in Hugging Face's BERT, and ours.
PARTS = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "mixed",
    "attention.output.LayerNorm": "mixed_norm",
    "intermediate.dense": "wide",
    "output.dense": "narrow",
    "output.LayerNorm": "narrow_norm",
}


def chunks(piece_starts, begins, most):
    """Token ranges of at most `most` word pieces: whole paragraphs as far as they fit, else whole lines of words. `begins`: whether a
    paragraph begins at each token."""
    sizes, count = np.diff(piece_starts), len(begins)
    edges = [0] + [i for i in range(1, count) if begins[i]] + [count]
    out, begin, size = [], 0, 0
    for first, last in zip(edges, edges[1:]):
        own = int(sizes[first:last].sum())
        if size + own > most and size:
            out.append((begin, first))
            begin, size = first, 0
        if own <= most:
            size += own
            continue
        for i in range(first, last):
            if size + sizes[i] > most:
                out.append((begin, i))
                begin, size = i, 0
            size += int(sizes[i])
    if begin < count:
        out.append((begin, count))
    return out
