"""Writes a trained statement network as the weight file the program embeds.

  write.py --network network.pt --attribution attribution-MODEL.safetensors --out statement-MODEL.safetensors
      [--larger MPNET --words words-MODEL.safetensors]    of the network with the larger encoder, whose words go to a file of their own

The attribution network's last norm is folded into what reads its states, so that its rounded rows can be read as they are.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file, save_file

sys.path.append(str(Path(__file__).resolve().parent.parent / "attribution"))
from rounding import byte_rows, folded  # noqa: E402  (the attribution network's)


def tensors_of(state, attribution):
    """The tensors of a network, by our names."""
    norm = load_file(attribution)
    state["trunk_norm.weight"], state["trunk_norm.bias"] = torch.from_numpy(norm["norm.weight"]), torch.from_numpy(norm["norm.bias"])
    tensors = {}
    for name, value in state.items():
        if name.startswith("encoder."):
            value = value.float().numpy()
            # Matrices of layers are rounded, norms and the roles' vectors are not.
            if value.ndim == 2 and name != "encoder.roles":
                byte_rows(tensors, name, value)
            else:
                tensors[name] = value
    for name in ("input", "hidden", "answer", "answered"):
        byte_rows(tensors, f"{name}.weight", state[f"{name}.weight"].float().numpy())
        tensors[f"{name}.bias"] = state[f"{name}.bias"].float().numpy()
    folded(tensors, state, "states", "trunk_norm", 1)
    blocks = sum(name.endswith("conv.weight") for name in state)
    for i in range(blocks):
        folded(tensors, state, f"blocks.{i}.conv", f"blocks.{i}.norm", 3)
    for kind in ("weight", "bias"):
        tensors[f"norm.{kind}"] = state[f"norm.{kind}"].float().numpy()
    for name in ("roles", "basis", "setting", "by_act", "by_level", "by_framing"):
        tensors[name] = state[f"{name}.weight"].float().numpy()
    tensors["told_tie"] = state["told_tie.weight"].float().numpy().T
    tensors["tie.weight"], tensors["tie.bias"] = state["tie.weight"].float().numpy(), state["tie.bias"].float().numpy()
    for name, value in state.items():
        part, _, rest = name.partition(".")
        if part in ("whole", "each"):
            tensors[rest] = value.float().numpy()
        if part == "stacked":
            tensors["stacked" + rest.removeprefix("looks").replace(".layers", "")] = value.float().numpy()
    return tensors


def save(tensors, path, facts):
    save_file({name: np.ascontiguousarray(value) for name, value in tensors.items()}, path, metadata=facts)


def main():
    ask = argparse.ArgumentParser()
    for name in ("network", "attribution", "out"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--larger", metavar="MPNET")
    ask.add_argument("--words")
    o = ask.parse_args()
    made = torch.load(o.network, weights_only=True)
    state, facts = made["state"], made["facts"]
    if not o.larger:
        save(tensors_of(state, o.attribution), o.out, facts)
        return
    from larger import Encoder

    encoder = Encoder(o.larger, int(facts["kept"]))
    encoder.load_taught(state)
    own, words = encoder.tensors()
    network = {name: value for name, value in state.items() if not name.startswith("encoder.")}
    save(tensors_of(network, o.attribution) | own, o.out, facts | encoder.facts())
    save(words, o.words, {})


if __name__ == "__main__":
    main()
