"""What the sides network learns from: marked statements of the news, and what is made of statements whose acts are marked."""

import json
import random
import re
import sys
from collections import namedtuple
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "stance"))
from gold import negated  # noqa: E402  (the stance network's)

SUPPORTS, DENIES, DOUBTS, NEITHER = range(4)
SIDES = {"supports": SUPPORTS, "denies": DENIES, "doubts": DOUBTS, "mentions": NEITHER, "elsewhere": NEITHER}
ACTS = {"asserts": SUPPORTS, "denies": DENIES, "doubts": DOUBTS, "asks": NEITHER}

Lesson = namedtuple("Lesson", "claim text label kind")


def marked(paths):
    """Lessons from `onrecord-lab side-lessons`, and those on claims that figures are told of."""
    learned, reported = [], []
    for path in paths:
        for line in open(path, encoding="utf8"):
            it = json.loads(line)
            (reported if it["reported"] else learned).append(Lesson(it["claim"], it["text"], SIDES[it["side"]], "marked"))
    return learned, reported


VERB = re.compile(r"\b(is|are|was|were|be|been|has|have|had|will|would|should|could|can|may|might|must|did|does|do|not|\w{3,}ed|\w{3,}s)\b")
REFUSING = re.compile(r"den|reject|refut|disput|dismiss|doubt|question|skeptic|uncertain|unclear|no evidence|contradict|rebut|debunk|not ")
QUOTES = "“”\"' ,."


def plain(text):
    return " ".join(text.split())


def claim_of(content):
    """What is said as a claim, or None where it is no sentence that one would type."""
    claim = re.sub(r"^(that|because|how)\s+", "", plain(content).strip(QUOTES)).strip(QUOTES)
    if not 5 <= len(claim.split()) <= 28 or not VERB.search(claim):
        return None
    return claim[:1].upper() + claim[1:]


def stems(text):
    return {word[:6] for word in re.findall(r"[a-z0-9]+", text.lower()) if len(word) > 3}


def made(articles, texts, dice):
    """Pairs made of statements whose acts are marked (`training/statements`): a statement beside its own content, beside what it
    answers, and beside its neighbours, which speak of the same matter and mostly say something else."""
    out = []
    for article in articles:
        text = texts[article["doc"]]
        words = lambda statement, role: plain(" ".join(text[start:end] for start, end in statement[role]))
        statements = article["statements"]
        cues = [words(it, "cue") for it in statements]
        contents = [words(it, "content") for it in statements]
        told = [f"{words(it, 'source')} {cue}: {content}" for it, cue, content in zip(statements, cues, contents)]
        claims = [claim_of(content) for content in contents]
        near = []
        for i, (it, claim) in enumerate(zip(statements, claims)):
            label = ACTS.get(it["act"])
            for answered in it.get("responds_to", []):
                if label in (DENIES, DOUBTS) and answered < len(claims) and claims[answered]:
                    out.append(Lesson(claims[answered], told[i], label, "answer"))
            if claim is None:
                continue
            if label in (DENIES, DOUBTS) and not REFUSING.search(cues[i].lower()):
                # The denial is in the content itself, which the speaker says.
                out.append(Lesson(claim, told[i], SUPPORTS, "own words"))
            elif label is not None and dice.random() < {SUPPORTS: 0.13, NEITHER: 0.8}.get(label, 1.0):
                out.append(Lesson(claim, told[i], label, "own words"))
            other = negated(claim) if label == SUPPORTS and dice.random() < 0.08 else None
            if other:
                out.append(Lesson(other, told[i], DENIES, "turned"))
            own = stems(claim)
            shared = sorted(((len(own & stems(words)) / max(1, len(own)), j) for j, words in enumerate(contents) if j != i), reverse=True)
            for share, j in shared[:2]:
                if 0.2 <= share < 0.75 and i not in statements[j].get("responds_to", []):
                    near.append(Lesson(claim, told[j], NEITHER, "neighbour"))
        out += dice.sample(near, min(5, len(near)))
    return out


def made_of(lessons_path, data, seed):
    texts = {}
    for line in open(Path(data) / "polnear" / "train.text.jsonl", encoding="utf8"):
        it = json.loads(line)
        texts[it["doc"]] = it["text"]
    articles = [json.loads(line) for line in open(lessons_path, encoding="utf8")]
    return made([it for it in articles if it["doc"] in texts], texts, random.Random(seed))


def one_pass(learned, others, dice, part):
    """One pass: what is marked, some claims turned round, some statements beside other claims, and a part of what is made."""
    out = list(learned)
    claims = [it.claim for it in learned]
    for it in learned:
        roll = dice.random()
        if roll < 0.35 and it.label in (SUPPORTS, DENIES):
            other = negated(it.claim)
            if other:
                out.append(Lesson(other, it.text, DENIES if it.label == SUPPORTS else SUPPORTS, "turned"))
        elif roll > 0.9:
            out.append(Lesson(dice.choice(claims), it.text, NEITHER, "other claim"))
    return out + dice.sample(others, int(len(others) * part))
