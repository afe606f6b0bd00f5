"""What trained networks make of some texts, as lessons for a smaller one (Hinton, Vinyals & Dean 2015): how likely a cue
begins at each token, each token's role, and around each likely beginning how real an attribution is and its tags.

  teach.py --features FILE.jsonl --encoder model.safetensors --network network.pt [--network …] --out FILE.lessons

Several networks teach as one: their scores are averaged.
"""

import argparse
import os
import pickle

import numpy as np
import torch

from encoder import EncoderNetwork
from gold import TAGS, texts
from network import Batch, Windows, viterbi

LIKELY = 0.05  # beginnings below this are not looked at


def load(path, folder):
    state = torch.load(path)
    layers = 1 + max(int(name.split(".")[3]) for name in state if name.startswith("encoder.encoder.layer."))
    trunk = sum(name.startswith("trunk.") and name.endswith("conv.weight") for name in state)
    network = EncoderNetwork(folder, layers, width=state["norm.weight"].shape[0], dilations=[2**i for i in range(trunk)])
    network.load_state_dict(state)
    return network.eval()


@torch.no_grad()
def lesson(networks, text):
    """For one text: beginnings (tokens), roles (tokens x tags), and a list of (anchor, first, tags, realness)."""
    batch = Batch([text])
    states = [network.read(batch) for network in networks]
    begins = np.mean([torch.sigmoid(n.begins(s)[0, :, 0].float()).numpy() for n, s in zip(networks, states)], 0)
    roles = np.mean([torch.softmax(n.roles(s)[0].float(), -1).numpy() for n, s in zip(networks, states)], 0)
    places = [int(t) for t in np.flatnonzero(begins > LIKELY)]
    seen = []
    if places:
        windows = Windows(batch, [(0, t) for t in places])
        looks = [n.attributions(s, windows) for n, s in zip(networks, states)]
        scores = np.mean([look[0].float().numpy() for look in looks], 0)
        real = np.mean([torch.sigmoid(look[1].float()).numpy() for look in looks], 0)
        moves = np.mean([n.transitions().numpy() for n in networks], 0)
        for row, anchor in enumerate(places):
            inside = windows.inside[row]
            path = np.array(viterbi(scores[row][inside], moves), dtype=np.int8)
            seen.append((anchor, int(windows.first[row] + np.flatnonzero(inside)[0]), path, float(real[row])))
    return begins.astype(np.float16), roles.astype(np.float16), seen


def main():
    ask = argparse.ArgumentParser()
    for name in ("features", "encoder", "out"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--network", action="append", required=True)
    ask.add_argument("--threads", type=int, default=1)
    o = ask.parse_args()
    torch.set_num_threads(o.threads)
    networks = [load(path, os.path.dirname(o.encoder)) for path in o.network]
    assert all(n.roles.out_features == TAGS for n in networks)
    lessons = {}
    with torch.autocast("cpu", torch.bfloat16):
        for text in texts(o.features):
            lessons[text.doc] = lesson(networks, text)
    with open(o.out, "wb") as out:
        pickle.dump(lessons, out)


if __name__ == "__main__":
    main()
