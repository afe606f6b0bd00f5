"""How matrices are written: as signed bytes, with what a norm before them adds folded in."""

import numpy as np


def byte_rows(tensors, name, table):
    """A matrix as signed bytes with one scale a row."""
    scale = np.maximum(np.abs(table).max(1), 1e-8) / 127
    tensors[name] = np.round(table / scale[:, None]).astype(np.int8)
    tensors[name + ".scale"] = scale.astype(np.float32)


def folded(tensors, state, name, norm, parts):
    """A matrix over `parts` normed rows as signed bytes, the norm's own weights folded in, and what the norm's bias adds
    to each output by each part. Places outside a text are zero after the norm, so the parts are kept apart."""
    weight = state[name + ".weight"].float().numpy()
    if weight.ndim == 3:
        # outputs x inputs x 3 places -> outputs x (place before, at, behind) x inputs
        weight = weight.transpose(0, 2, 1)
    weight = weight.reshape(weight.shape[0], parts, -1)
    by, bias = (state[f"{norm}.{kind}"].float().numpy() for kind in ("weight", "bias"))
    byte_rows(tensors, name + ".weight", (weight * by).reshape(weight.shape[0], -1))
    tensors[name + ".weight.moved"] = np.ascontiguousarray((weight @ bias).T.astype(np.float32))
    tensors[name + ".bias"] = state[name + ".bias"].float().numpy()
