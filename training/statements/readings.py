"""How far two readings agree on which statements answer which: the marks of everything, and a reading for answers alone.

  readings.py --first lessons.jsonl --second answers.jsonl
  readings.py --first ../../suite/statements/gold.jsonl --second ../../suite/statements/answers.jsonl

Prints for each part, over the articles that both have, how many statements there are, how many answers each reading has and how many both, and the
F1 of these in percent: of pairs, and of statements that answer anything.
"""

import argparse
import json

from train import is_held


def main():
    ask = argparse.ArgumentParser()
    for name in ("first", "second"):
        ask.add_argument("--" + name, required=True)
    o = ask.parse_args()
    again = {own["doc"]: {tuple(pair) for pair in own["answers"]} for own in map(json.loads, open(o.second, encoding="utf8"))}
    parts = {}
    for article in map(json.loads, open(o.first, encoding="utf8")):
        second = again.get(article["doc"])
        if second is None:
            continue
        gold = article.get("drawn") != "lesson"
        part = "news" if article["split"] == "news" else "gold" if gold else "held back" if is_held(article, 0.12) else "PolNeAR"
        first = {(i, j) for i, own in enumerate(article["statements"]) for j in own.get("responds_to", ())}
        any_first, any_second = ({answer for answer, _ in of} for of in (first, second))
        counts = (len(article["statements"]), len(first), len(second), len(first & second))
        counts += (len(any_first), len(any_second), len(any_first & any_second))
        parts[part] = tuple(map(sum, zip(parts.get(part, (0,) * 7), counts)))
    for part, (statements, *pairs, one, other, both) in parts.items():
        f1 = lambda one, other, both: 200 * both / max(1, one + other)
        print(f"{part}: {statements} statements, answers {pairs[0]} and {pairs[1]}, both {pairs[2]}, F1 {f1(*pairs):.1f}; ", end="")
        print(f"statements that answer {one} and {other}, both {both}, F1 {f1(one, other, both):.1f}")


if __name__ == "__main__":
    main()
