"""Writes a trained network as the weight file the program embeds.

  export.py --network network.pt --vocabulary vocab.txt --out attribution-fast.safetensors
"""

import argparse

import numpy as np
import torch
from safetensors.numpy import save_file

from encoder import CHUNK
from layers import PARTS
from network import BEFORE, BEHIND
from rounding import byte_rows, folded


def encoder_tensors(state, tensors, chunk):
    inner = {name.removeprefix("encoder."): value.float().numpy() for name, value in state.items() if name.startswith("encoder.")}
    byte_rows(tensors, "encoder.words", inner["embeddings.word_embeddings.weight"])
    positions = inner["embeddings.position_embeddings.weight"][: chunk + 2] + inner["embeddings.token_type_embeddings.weight"][:1]
    tensors["encoder.positions"] = positions
    for kind in ("weight", "bias"):
        tensors[f"encoder.norm.{kind}"] = inner[f"embeddings.LayerNorm.{kind}"]
    layers = 1 + max(int(name.split(".")[2]) for name in inner if name.startswith("encoder.layer."))
    for i in range(layers):
        for theirs, ours in PARTS.items():
            weight = inner[f"encoder.layer.{i}.{theirs}.weight"]
            if weight.ndim == 2:
                byte_rows(tensors, f"encoder.{i}.{ours}.weight", weight)
            else:
                tensors[f"encoder.{i}.{ours}.weight"] = weight
            tensors[f"encoder.{i}.{ours}.bias"] = inner[f"encoder.layer.{i}.{theirs}.bias"]
    for i in range(3):
        tensors[f"encoder.told.{i}"] = state[f"told.{i}.weight"].float().numpy()
    return layers


def export(state, vocabulary, out, facts, chunk):
    tensors = {}
    if "pieces.weight" in state:
        facts["words"] = "table"
        byte_rows(tensors, "pieces", state["pieces.weight"].numpy())
    else:
        facts |= {"words": "encoder", "layers": str(encoder_tensors(state, tensors, chunk)), "heads": "12", "chunk": str(chunk)}
    tensors["vocabulary"] = np.frombuffer(vocabulary, dtype=np.uint8)
    blocks = [name.removesuffix(".conv.weight") for name in state if name.endswith(".conv.weight")]
    for block in blocks:
        folded(tensors, state, f"{block}.conv", f"{block}.norm", 3)
    folded(tensors, state, "token", "norm", 1)
    folded(tensors, state, "cue", "norm", 3)
    byte_rows(tensors, "input.weight", state["input.weight"].float().numpy())
    done = ("pieces.weight", "forbidden", "input.weight", "token.weight", "token.bias", "cue.weight", "cue.bias")
    for name, value in state.items():
        if name in done or name.startswith(("encoder.", "told.", *(block + "." for block in blocks))):
            continue
        if name in ("suffix.weight", "shape.weight", "gap.weight", "quoted.weight", "distance.weight", "breaks.weight"):
            name = name.removesuffix(".weight")
        tensors[name] = np.ascontiguousarray(value.float().numpy())
    save_file(tensors, out, metadata=facts)


def main():
    ask = argparse.ArgumentParser()
    for name in ("network", "vocabulary", "out"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--begin-floor", default="0.2", help="the least chance at which a place is looked at closely")
    ask.add_argument("--before", type=int, default=BEFORE, help="tokens first looked at before a cue")
    ask.add_argument("--behind", type=int, default=BEHIND, help="tokens first looked at behind a cue")
    ask.add_argument("--chunk", type=int, default=CHUNK, help="the most word pieces the encoder reads at once")
    ask.add_argument("--floor", default="0.3", help="the least confidence at which an attribution is put on the record")
    ask.add_argument("--evidence", nargs=7, default=["0.1", "0.1", "0.3", "0.15", "0.15", "-0.6", "-0.8"], help="what makes a confidence of the evidence, as `onrecord-lab calibrate --fit` prints it")
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
        "before": str(o.before),
        "behind": str(o.behind),
        "begin_floor": o.begin_floor,
        "floor": o.floor,
        "evidence": " ".join(o.evidence),
    }
    export(state, vocabulary, o.out, facts, o.chunk)


if __name__ == "__main__":
    main()
