"""Picks news articles that nobody has marked, with the statements that the program finds in them, in the form of lessons.jsonl.

  unmarked.py --articles articles.jsonl.gz --record record.jsonl --lessons lessons.jsonl --out FILE.jsonl

`--record` is what `onrecord read --json` writes of these articles. The act is a stand-in: only a teacher tells of them.
"""

import argparse
import gzip
import json
import random

FEWEST, MOST, LONGEST = 6, 45, 9000  # statements; characters


def main():
    ask = argparse.ArgumentParser()
    for name in ("articles", "record", "lessons", "out"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--count", type=int, default=1100)
    ask.add_argument("--seed", type=int, default=5)
    o = ask.parse_args()
    with gzip.open(o.articles, "rt", encoding="utf8") as lines:
        ids = {}
        for line in lines:
            article = json.loads(line)
            ids.setdefault(article["text"], article["id"])
    with open(o.lessons, encoding="utf8") as lines:
        known = {json.loads(line)["doc"] for line in lines}
    documents, statements = {}, {}
    with open(o.record, encoding="utf8") as lines:
        for line in lines:
            entry = json.loads(line)
            if entry["type"] == "document":
                documents[entry["id"]] = entry
            elif entry["type"] == "statement":
                statements.setdefault(entry["document"], []).append(entry)
    out = []
    for key, document in documents.items():
        own = statements.get(key, [])
        doc = ids.get(document["text"])
        if doc and doc not in known and FEWEST <= len(own) <= MOST and document["characters"] <= LONGEST:
            known.add(doc)
            roles = [{role: one[role]["spans"] for role in ("source", "cue", "content")} | {"act": "asserts"} for one in own]
            out.append({"doc": doc, "split": "news", "text_sha256": document["text_sha256"], "half": "choose", "drawn": "lesson",
                        "statements": roles, "silences": []})
    random.Random(o.seed).shuffle(out)
    with open(o.out, "w", encoding="utf8") as file:
        for article in out[: o.count]:
            print(json.dumps(article, separators=(",", ":")), file=file)


if __name__ == "__main__":
    main()
