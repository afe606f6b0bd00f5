"""Writes a trained network as the weight file the program embeds.

  export.py --network network.pt --vocabulary vocab.txt --out attribution-fast.safetensors
"""

import argparse

import numpy as np
import torch
from safetensors.numpy import save_file

from network import BEFORE, BEHIND


def export(state, vocabulary, out, facts):
    tensors = {}
    table = state["pieces.weight"].numpy()
    scale = np.maximum(np.abs(table).max(1), 1e-8) / 127
    tensors["pieces"] = np.round(table / scale[:, None]).astype(np.int8)
    tensors["pieces.scale"] = scale.astype(np.float32)
    tensors["vocabulary"] = np.frombuffer(vocabulary, dtype=np.uint8)
    for name, value in state.items():
        value = value.float().numpy()
        if name in ("pieces.weight", "forbidden") or name.startswith("roles."):
            continue  # the last is a head that only training needs
        if name.endswith("conv.weight"):
            # outputs x inputs x 3 places -> outputs x (place before, at, behind)
            value = value.transpose(0, 2, 1).reshape(value.shape[0], -1)
        if name in ("suffix.weight", "shape.weight", "gap.weight", "quoted.weight", "distance.weight", "breaks.weight"):
            name = name.removesuffix(".weight")
        tensors[name] = np.ascontiguousarray(value)
    save_file(tensors, out, metadata=facts)


def main():
    ask = argparse.ArgumentParser()
    for name in ("network", "vocabulary", "out"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--begin-floor", default="0.1")
    o = ask.parse_args()
    state = torch.load(o.network)
    with open(o.vocabulary, "rb") as file:
        vocabulary = file.read()
    trunk = sum(name.startswith("trunk.") and name.endswith("conv.weight") for name in state)
    around = sum(name.startswith("around.") and name.endswith("conv.weight") for name in state)
    facts = {
        "width": str(state["norm.weight"].shape[0]),
        "cue_width": str(state["around_norm.weight"].shape[0]),
        "dilations": ",".join(str(2**i) for i in range(trunk)),
        "cue_dilations": ",".join(str(2**i) for i in range(around)),
        "before": str(BEFORE),
        "behind": str(BEHIND),
        "begin_floor": o.begin_floor,
    }
    export(state, vocabulary, o.out, facts)


if __name__ == "__main__":
    main()
