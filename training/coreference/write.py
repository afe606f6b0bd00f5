"""Writes a trained coreference network as the weight file the program embeds.

  write.py --network network.pt --attribution attribution-MODEL.safetensors --out coreference-MODEL.safetensors
           [--floor N] [--reserve N]

The attribution network's last norm is folded into what reads its states, so that its rounded rows can be read as they are.
"""

import argparse
import os
import sys

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "attribution"))
from rounding import byte_rows, folded  # noqa: E402  (the attribution network's)


def main():
    ask = argparse.ArgumentParser()
    for name in ("network", "attribution", "out"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--floor", default="0.4", help="heads less likely than this are no mentions")
    ask.add_argument("--reserve", default="-0.5", help="added to the score of going back to none")
    o = ask.parse_args()
    made = torch.load(o.network)
    state, (own, pair) = made["state"], made["features"]
    norm = load_file(o.attribution)
    state["trunk_norm.weight"] = torch.from_numpy(norm["norm.weight"])
    state["trunk_norm.bias"] = torch.from_numpy(norm["norm.bias"])
    tensors = {}
    byte_rows(tensors, "input.weight", state["input.weight"].float().numpy())
    tensors["input.bias"] = state["input.bias"].numpy()
    folded(tensors, state, "states", "trunk_norm", 1)
    blocks = sum(name.startswith("blocks.") and name.endswith("conv.weight") for name in state)
    for i in range(blocks):
        folded(tensors, state, f"blocks.{i}.conv", f"blocks.{i}.norm", 3)
    for edge in ("start", "end"):
        for part in ("token", "head"):
            state[f"{edge}_{part}.weight"], state[f"{edge}_{part}.bias"] = state[f"{edge}.{part}.weight"], state[f"{edge}.{part}.bias"]
            folded(tensors, state, f"{edge}_{part}", "norm", 1)
        tensors[f"{edge}_distance"] = state[f"{edge}.distance.weight"].numpy()
        for kind in ("weight", "bias"):
            tensors[f"{edge}_score.{kind}"] = state[f"{edge}.score.{kind}"].numpy()
    for name in ("own", "other"):
        folded(tensors, state, name, "norm", 3)
    for name in ("norm", "head", "pair", "alone"):
        for kind in ("weight", "bias"):
            tensors[f"{name}.{kind}"] = state[f"{name}.{kind}"].numpy()
    for name in ("own_features", "pair_features", "pair_bias"):
        tensors[name] = state[f"{name}.weight"].numpy()
    facts = {
        "width": str(state["norm.weight"].shape[0]),
        "hidden": str(state["pair.weight"].shape[1]),
        "dilations": ",".join(str(2**i) for i in range(blocks)),
        "own_features": str(own),
        "pair_features": str(pair),
        "floor": o.floor,
        "reserve": o.reserve,
    }
    save_file({name: np.ascontiguousarray(value, dtype=value.dtype if value.dtype == np.int8 else np.float32) for name, value in tensors.items()}, o.out, metadata=facts)


if __name__ == "__main__":
    main()
