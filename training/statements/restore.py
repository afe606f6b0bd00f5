"""Turns a statement network's weight file back into what `train.py --start` goes on from, so that shipped weights can learn more.

  restore.py --weights statement-MODEL.safetensors --attribution attribution-MODEL.safetensors --out network.pt
      [--larger MPNET]    of the network with the larger encoder; its attribution network is the accurate one

It undoes `write.py`, but for the rounding of matrices to bytes, which a few steps of learning mend. A norm that was folded into the
convolution behind it comes back with weights of one and the bias that adds what was told apart.
"""

import argparse

import numpy as np
import torch
from safetensors import safe_open
from safetensors.numpy import load_file

from network import EACH, WHOLE


def of_accurate(tensors, whole):
    """The layers that the accurate network has taught anew; the fast one has none."""
    names = [name for name in tensors if name.startswith("encoder.") and not name.endswith(".scale")]
    return {name: whole(name) for name in names}


def of_larger(folder, kept, tensors, whole):
    """The larger encoder as far as it was taught."""
    # Imported here: the others need nothing of it.
    from larger import PARTS, TOLD, Encoder

    state = {}
    for name, value in Encoder(folder, kept).taught().items():
        own = name.removeprefix("encoder.")
        if own == "roles.weight":
            state[name] = tensors["encoder.roles"]
        elif own.startswith("told."):
            at = int(own.split(".")[1])
            state[name] = np.zeros(value.shape)
            state[name][: TOLD[at]] = tensors[f"encoder.told.{at}"]
        else:
            layer, part = own.removeprefix("mpnet.encoder.layer.").split(".", 1)
            part, kind = part.rsplit(".", 1)
            state[name] = whole(f"encoder.{layer}.{PARTS[part]}.{kind}")
    return state


def restore(weights, attribution, larger=None):
    """What a weight file holds as PyTorch has it, and its facts."""
    tensors, norm = load_file(weights), load_file(attribution)
    with safe_open(weights, "np") as opened:
        facts = opened.metadata()

    def whole(name):
        scale = tensors.get(name + ".scale")
        return tensors[name].astype(np.float32) * (1 if scale is None else scale[:, None])

    state = {}
    for name in ("input", "hidden", "answer", "answered", "tie", *(f"whole.{name}" for name in WHOLE), *(f"each.{name}" for name in EACH)):
        theirs = name.removeprefix("whole.").removeprefix("each.")
        state[name + ".weight"], state[name + ".bias"] = whole(theirs + ".weight"), tensors[theirs + ".bias"]
    state["states.weight"], state["states.bias"] = whole("states.weight") / norm["norm.weight"], tensors["states.bias"]
    i = 0
    while f"blocks.{i}.conv.weight" in tensors:
        by_place = whole(f"blocks.{i}.conv.weight")
        by_place = by_place.reshape(len(by_place), 3, -1)
        moved = tensors[f"blocks.{i}.conv.weight.moved"].T
        bias = np.linalg.lstsq(by_place.reshape(-1, by_place.shape[2]), moved.reshape(-1), rcond=None)[0]
        state[f"blocks.{i}.norm.weight"], state[f"blocks.{i}.norm.bias"] = np.ones(len(bias)), bias
        state[f"blocks.{i}.conv.weight"], state[f"blocks.{i}.conv.bias"] = by_place.transpose(0, 2, 1), tensors[f"blocks.{i}.conv.bias"]
        i += 1
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = tensors[f"norm.{kind}"]
    for name in ("roles", "basis", "setting", "by_act", "by_level", "by_framing"):
        state[name + ".weight"] = tensors[name]
    state["told_tie.weight"] = tensors["told_tie"].T
    for name, value in tensors.items():
        if name.startswith("stacked."):
            _, look, layer, kind = name.split(".")
            state[f"stacked.looks.{look}.layers.{layer}.{kind}"] = value

    state |= of_larger(larger, int(facts["kept"]), tensors, whole) if larger else of_accurate(tensors, whole)
    state = {name: torch.from_numpy(np.ascontiguousarray(value)).float() for name, value in state.items()}
    return state, facts


def main():
    ask = argparse.ArgumentParser()
    for name in ("weights", "attribution", "out"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--larger", metavar="MPNET")
    o = ask.parse_args()
    state, facts = restore(o.weights, o.attribution, o.larger)
    torch.save({"state": state, "facts": facts}, o.out)


if __name__ == "__main__":
    main()
