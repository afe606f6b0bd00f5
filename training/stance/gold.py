"""Claims and what people say for and against them, as PERSPECTRUM has them (Chen et al., NAACL 2019), and what is made of
them to learn more from."""

import json
import random
import re
from collections import namedtuple
from pathlib import Path

SUPPORTS, UNDERMINES, NEITHER = range(3)

Pair = namedtuple("Pair", "claim text label kind")


def read(data, part):
    """Every claim of a part with its perspectives: (claim, [[(text, label), ...] for each cluster])."""
    folder = Path(data) / "perspectrum"
    parts = json.loads((folder / "splits.json").read_text())
    texts = {p["pId"]: p["text"].strip() for p in json.loads((folder / "perspective_pool_v1.0.json").read_text())}
    out = []
    for claim in json.loads((folder / "claims_train_dev.json").read_text()):
        if parts[str(claim["cId"])] != part:
            continue
        clusters = []
        for cluster in claim["perspectives"]:
            label = {"SUPPORT": SUPPORTS, "UNDERMINE": UNDERMINES}.get(cluster["stance_label_3"])
            if label is not None:
                clusters.append([(texts[p], label) for p in cluster["pids"] if p in texts])
        out.append((claim["text"].strip(), clusters))
    return out


def pairs(claims):
    """Each perspective with its claim, as the benchmark counts them."""
    return [Pair(claim, text, label, "gold") for claim, clusters in claims for cluster in clusters for text, label in cluster]


# The first auxiliary of a sentence, behind which "not" stands. Not "has" and "have", which are often whole verbs.
AUXILIARY = re.compile(r"\b(is|are|was|were|should|must|can|could|will|would|may|might|does|do|did|ought to)\b(?! not\b)(?!n't)", re.I)
NEGATED = re.compile(r"\b(is|are|was|were|should|must|can|could|will|would|may|might|does|do|did)(?: not\b|n't\b)|\bcannot\b", re.I)


def negated(sentence):
    """The sentence with its first auxiliary denied, or freed of its denial; None where it has none."""
    found = NEGATED.search(sentence)
    if found:
        verb = found.group(1) or "can"
        return sentence[: found.start()] + verb + sentence[found.end() :]
    found = AUXILIARY.search(sentence)
    if not found:
        return None
    return sentence[: found.end()] + " not" + sentence[found.end() :]


def turned(label):
    return {SUPPORTS: UNDERMINES, UNDERMINES: SUPPORTS}.get(label, label)


REFUSALS = [
    "It is false that {}.", "{who} denied that {}.", "There is no evidence that {}.", "It is a myth that {}.", "{who} rejected the claim that {}.",
    "{who} called it a lie that {}.", "It is doubtful that {}.", "{who} disputed that {}.", "No one has shown that {}.", "It is untrue that {}.",
]
GRANTS = [
    "{who} said that {}.", "It is true that {}.", "{who} confirmed that {}.", "{who} believes that {}.", "The evidence shows that {}.", "According to {who}, {}.",
]
OPEN = ["{who} asked whether {}.", "It is not known whether {}.", "The debate is about whether {}.", "{who} was asked whether {}."]
WHO = ["The minister", "She", "He", "A spokesman", "The senator", "Officials", "The report", "The company", "Critics", "Police"]


def small(sentence):
    """As it is written inside another sentence."""
    sentence = sentence.rstrip(" .")
    first = sentence.split(" ", 1)[0]
    return sentence if first.isupper() or first == "I" else sentence[:1].lower() + sentence[1:]


def framed(sentence, forms, dice):
    return dice.choice(forms).replace("{who}", dice.choice(WHO)).replace("{}", small(sentence))


def lessons(claims, dice):
    """One pass: the gold, and pairs made from it anew in each pass."""
    gold = pairs(claims)
    out = list(gold)
    everything = [pair.text for pair in gold]
    titles = [claim for claim, _ in claims]
    for pair in gold:
        roll = dice.random()
        if roll < 0.2:
            # The claim turned round: whoever was for it is against it.
            other = negated(pair.claim)
            if other:
                out.append(Pair(other, pair.text, turned(pair.label), "claim turned"))
        elif roll < 0.28:
            forms = REFUSALS if dice.random() < 0.5 else GRANTS
            label = turned(pair.label) if forms is REFUSALS else pair.label
            out.append(Pair(pair.claim, framed(pair.text, forms, dice), label, "framed"))
        elif roll < 0.36:
            out.append(Pair(pair.claim, dice.choice(everything), NEITHER, "elsewhere"))
    for claim, clusters in claims:
        out.append(Pair(claim, framed(claim, GRANTS, dice), SUPPORTS, "claim said"))
        out.append(Pair(claim, framed(claim, REFUSALS, dice), UNDERMINES, "claim refused"))
        out.append(Pair(claim, framed(claim, OPEN, dice), NEITHER, "claim asked"))
        out.append(Pair(claim, dice.choice(titles), NEITHER, "other claim"))
        other = negated(claim)
        if other:
            out.append(Pair(claim, other, UNDERMINES, "claim negated"))
        for cluster in clusters:
            if len(cluster) > 1 and dice.random() < 0.3:
                (a, _), (b, _) = dice.sample(cluster, 2)
                out.append(Pair(a, b, SUPPORTS, "same cluster"))
    dice.shuffle(out)
    return out


def news_sentences(path, seed, most):
    """Plain sentences of news articles, one an article, to make pairs from whose stance is known by how they were made."""
    import gzip

    dice = random.Random(seed)
    out = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            sentences = [
                s
                for s in re.split(r"(?<=[.!?])\s+", text)
                if 40 < len(s) < 160 and s[0].isupper() and s[-1] == "." and '"' not in s and "“" not in s and AUXILIARY.search(s)
            ]
            out += dice.sample(sentences, min(2, len(sentences)))
    dice.shuffle(out)
    return out[:most]


def made(sentences, dice):
    """Pairs made of news sentences: said, refused, negated, asked, and beside another sentence."""
    out = []
    for sentence in sentences:
        other = negated(sentence)
        forms, label = dice.choice([(GRANTS, SUPPORTS), (REFUSALS, UNDERMINES), (OPEN, NEITHER), (None, UNDERMINES), (None, NEITHER)])
        if forms is not None:
            out.append(Pair(sentence, framed(sentence, forms, dice), label, "news framed"))
        elif label == UNDERMINES and other:
            out.append(Pair(*dice.choice([(sentence, other), (other, sentence)]), UNDERMINES, "news negated"))
        else:
            out.append(Pair(sentence, dice.choice(sentences), NEITHER, "news elsewhere"))
    return out
