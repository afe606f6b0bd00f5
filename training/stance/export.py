"""Writes a trained network as the weight file the program embeds.

  export.py --network network.pt [--floors floors.txt] --out stance.safetensors

The word embeddings are left out: they stay as they came, and the program has them in the accurate network's file.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "attribution"))
from layers import PARTS  # noqa: E402
from rounding import byte_rows  # noqa: E402

MOST = 126  # word pieces of both texts together, the three marks among them apart


def main():
    at = argparse.ArgumentParser()
    at.add_argument("--network", required=True)
    at.add_argument("--out", required=True)
    at.add_argument("--floors", help="a line with the least chances at which each side is taken")
    options = at.parse_args()
    state = {name: value.float().numpy() for name, value in torch.load(options.network, weights_only=True).items() if value.dtype.is_floating_point}
    inner = {name.removeprefix("encoder."): value for name, value in state.items() if name.startswith("encoder.")}
    tensors = {}
    kinds = inner["embeddings.token_type_embeddings.weight"]
    tensors["encoder.positions"] = inner["embeddings.position_embeddings.weight"][: MOST + 2] + kinds[:1]
    tensors["encoder.second"] = kinds[1:2] - kinds[:1]
    for kind in ("weight", "bias"):
        tensors[f"encoder.norm.{kind}"] = inner[f"embeddings.LayerNorm.{kind}"]
    layers = 1 + max(int(name.split(".")[2]) for name in inner if name.startswith("encoder.layer."))
    for i in range(layers):
        for theirs, ours in PARTS.items():
            for kind in ("weight", "bias"):
                value = inner[f"encoder.layer.{i}.{theirs}.{kind}"]
                name = f"encoder.{i}.{ours}.{kind}"
                if value.ndim == 2:
                    byte_rows(tensors, name, value)
                else:
                    tensors[name] = value
    tensors["out.weight"], tensors["out.bias"] = state["out.weight"], state["out.bias"]
    tensors = {name: np.ascontiguousarray(value) for name, value in tensors.items()}
    facts = {"layers": str(layers), "heads": "12", "chunk": str(MOST)}
    if options.floors:
        facts["floors"] = Path(options.floors).read_text().strip()
    save_file(tensors, options.out, metadata=facts)


if __name__ == "__main__":
    main()
