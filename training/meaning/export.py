"""Writes distilled word-piece vectors as the weight file the program embeds.

  export.py --vectors vectors.npy --out meaning.safetensors
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "attribution"))
from rounding import byte_rows  # noqa: E402

at = argparse.ArgumentParser()
at.add_argument("--vectors", required=True)
at.add_argument("--out", required=True)
options = at.parse_args()
tensors = {}
byte_rows(tensors, "pieces", np.load(options.vectors))
save_file(tensors, options.out)
