"""Picks news articles without gold for a teacher to read: {id,text} lines in, {doc,text} lines out.

  untaught.py --articles articles.jsonl.gz --out FILE.jsonl [--count N] [--seed N]

Very short and very long articles are left out, and of those that begin alike all but one.
"""

import argparse
import gzip
import json
import random

SHORTEST, LONGEST = 600, 12000  # characters
HEAD = 200  # characters by which copies are told


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--articles", required=True)
    ask.add_argument("--out", required=True)
    ask.add_argument("--count", type=int, default=1600)
    ask.add_argument("--seed", type=int, default=1)
    o = ask.parse_args()
    with gzip.open(o.articles, "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(o.seed).shuffle(rows)
    seen = set()
    with open(o.out, "w", encoding="utf8") as out:
        for row in rows:
            text, head = row["text"], row["text"][:HEAD]
            if SHORTEST < len(text) < LONGEST and head not in seen and len(seen) < o.count:
                seen.add(head)
                out.write(json.dumps({"doc": f"news{row['id']}", "text": text}) + "\n")


if __name__ == "__main__":
    main()
