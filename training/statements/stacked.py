"""Teaches a statement network to look at answers more than once: at each pair of statements by itself, then at those that are not out
of the question again, beside what the look before made of the pairs around them. Stacked graphical learning (Kou & Cohen 2007).

  stacked.py --network network.pt --seen FILE.jsonl --labels lessons.jsonl --dev-seen FILE.jsonl --dev gold.jsonl --out network.pt
      [--encoder attribution-accurate.safetensors | --larger MPNET]    as that run had it
      [--again answers.jsonl]                                          with answers as another reading has them

All else stays as that run left it, its first look too. What a look learns from are looks before at articles that those did not learn
from: the lessons are dealt into parts, and one taught on all others looks at each. It mirrors
`crates/onrecord-models/src/stacked.rs`.
"""

import argparse
import random

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from network import ACTS, TOLD_OF_TIES, WEIGHT_OF_TIES, Network, choice_loss

# A score of less is as good as this one, and so is none.
LEAST = -8.0
# A pair whose score is no higher is not looked at again.
LOW = -5.0
# Statements farther apart are not held for one speaker's.
NEAR = 8
AROUND = 25
INPUTS = AROUND + TOLD_OF_TIES + 2 * len(ACTS)
WIDTH = 64
# Articles that are learned from at once, and the parts that the lessons are dealt into.
BATCH, PARTS = 8, 4


def logistic(scores):
    return 1 / (1 + np.exp(-scores))


def around(ties, scores, count):
    """What a look sees of the scores of the one before around each pair: pairs x AROUND. `ties`: the pairs; `count`: of statements."""
    i, j = ties.T
    held = np.maximum(scores, LEAST)
    of = np.full((count + 2, count + 2), LEAST, dtype=np.float32)
    of[i, j] = held
    may = np.zeros((count, count), dtype=bool)
    may[i, j] = True
    apart = np.subtract.outer(np.arange(count), np.arange(count))
    # Of which neither may answer the other: mostly one speaker's.
    kin = ~may & ~may.T & (abs(apart) <= NEAR) & (apart != 0)
    square = of[:count, :count]
    rows, best = {}, square.max(1)
    for name in ("all", "before", "behind"):
        rows[name] = np.full((2, count, count), LEAST, dtype=np.float32)
    near = np.full((2, count), NEAR + 1.0, dtype=np.float32)
    answers = np.full(count, LEAST, dtype=np.float32)
    for k in range(count):
        own = np.nonzero(kin[k])[0]
        before, behind = own[own < k], own[own > k]
        if len(own):
            rows["all"][0, k], rows["all"][1, k] = square[own].max(0), square[:, own].max(1)
            answers[k] = best[own].max()
        if len(before):
            rows["before"][0, k], rows["before"][1, k] = square[before[-1]], square[:, before[-1]]
            near[0, k] = k - before[-1]
        if len(behind):
            rows["behind"][0, k], rows["behind"][1, k] = square[behind[0]], square[:, behind[0]]
            near[1, k] = behind[0] - k
    chances = np.where(may, logistic(square), 0)
    gives, gets = chances.sum(1), chances.sum(0)

    # The two best of each line: where the pair's own is the best, the other is its rival.
    by_row, by_column = (np.sort(lines, 1)[:, -2:] for lines in (of, of.T))
    but = lambda best, at: np.where(held >= best[at, 1], best[at, 0], best[at, 1])
    above = lambda lines: (lines > held[:, None]).sum(1)
    columns = [
        held, square[j, i], but(by_row, i), but(by_column, j), above(square[i]), above(square.T[j]),
        rows["all"][0, i, j], rows["before"][0, i, j], rows["behind"][0, i, j], near[0, i], near[1, i],
        rows["all"][1, j, i], rows["before"][1, j, i], rows["behind"][1, j, i], answers[i], best[j],
        of[i - 1, j], of[i + 1, j], of[i, j - 1], of[i, j + 1], gives[i], gets[j], gives[j], gets[i], i - j,
    ]
    return np.stack(columns, 1).astype(np.float32)


class Stacked(nn.Module):
    """A further look: what is to be added to the score of the one before."""

    def __init__(self, width=WIDTH, dropout=0.1):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(INPUTS, width), nn.Linear(width, width), nn.Linear(width, 1)])
        self.drop = nn.Dropout(dropout)
        nn.init.zeros_(self.layers[2].weight)
        nn.init.zeros_(self.layers[2].bias)

    def forward(self, x):
        for layer in self.layers[:2]:
            x = self.drop(F.relu(layer(x)))
        return self.layers[2](x)[:, 0]


class Stack(nn.Module):
    """All looks after the first, one upon another."""

    def __init__(self, looks):
        super().__init__()
        self.looks = nn.ModuleList(looks)

    def scores(self, article, scores, acts):
        """Scores of an article's pairs, given the first look's; `acts`: the chances of its statements' acts."""
        for look in self.looks:
            again = scores > LOW
            if again.any():
                scores = scores.copy()
                with torch.no_grad():
                    scores[again] += look(torch.from_numpy(inputs_of(article, scores, acts)[again])).numpy()
        return scores


class First(nn.Module):
    """The first look, as the network has it."""

    ties = Network.ties

    def __init__(self, pooled, tied, dropout):
        super().__init__()
        self.answer, self.answered = nn.Linear(pooled, tied), nn.Linear(pooled, tied)
        self.told_tie, self.tie, self.drop = nn.Linear(TOLD_OF_TIES, tied, bias=False), nn.Linear(tied, 1), nn.Dropout(dropout)

    def scores(self, article):
        ties = torch.from_numpy(article.ties)
        return self.ties(self.drop(article.pooled.float()), ties[:, 0], ties[:, 1], torch.from_numpy(article.told_ties))

    def first(self, article):
        with torch.no_grad():
            return self.scores(article).numpy()


def inputs_of(article, scores, acts):
    """What a further look sees of each pair of an article: pairs x INPUTS."""
    i, j = article.ties.T
    return np.concatenate([around(article.ties, scores, len(article.statements)), article.told_ties, acts[i], acts[j]], 1)


def learn(model, lessons, scores_of, passes, rate, decay, seed):
    """`scores_of`: of a lesson the scores of pairs, how far they answer, of each which statement answers, and the count of statements."""
    dice, step = random.Random(seed), 0
    steps = passes * ((len(lessons) + BATCH - 1) // BATCH)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=decay)
    model.train()
    for _ in range(passes):
        order = lessons[:]
        dice.shuffle(order)
        for at in range(0, len(order), BATCH):
            loss, count = 0, 0
            for lesson in order[at : at + BATCH]:
                scores, tied, places, statements = scores_of(lesson)
                far = F.binary_cross_entropy_with_logits(scores, tied, pos_weight=torch.tensor(WEIGHT_OF_TIES), reduction="sum")
                loss, count = loss + far + choice_loss(scores, tied, places), count + statements
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1, (step + 1) / (0.05 * steps)) * max(0.02, 1 - step / steps)
            optimizer.zero_grad()
            (2 * loss / count).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
    return model.eval()


def first_look(lessons, tied, o, seed):
    torch.manual_seed(seed)
    model = First(lessons[0].pooled.shape[1], tied, o.dropout)
    of = lambda it: (model.scores(it), torch.from_numpy(it.tied), torch.from_numpy(it.ties[:, 0]), len(it.statements))
    return learn(model, lessons, of, o.first_passes, o.first_rate, 0.05, seed)


def further_look(lessons, before, o):
    """`before`: for each lesson the scores of looks that did not learn from it."""
    shown = []
    for lesson, scores in zip(lessons, before):
        again = scores > LOW
        if again.any():
            _, places = np.unique(lesson.ties[again, 0], return_inverse=True)
            numbers = map(torch.from_numpy, (scores[again], lesson.tied[again], places))
            shown.append((inputs_of(lesson, scores, lesson.acts)[again], *numbers, len(lesson.statements)))
    rows = np.concatenate([own[0] for own in shown])
    mean, spread = (torch.from_numpy(values.astype(np.float32)) for values in (rows.mean(0), rows.std(0) + 0.05))
    torch.manual_seed(o.seed)
    model = Stacked()
    even = [((torch.from_numpy(own[0]) - mean) / spread, *own[1:]) for own in shown]
    learn(model, even, lambda own: (own[1] + model(own[0]), *own[2:]), o.passes, o.rate, 0.01, o.seed)
    # What it sees is brought to one spread by its first layer.
    with torch.no_grad():
        layer = model.layers[0]
        layer.weight.div_(spread)
        layer.bias.sub_(layer.weight @ mean)
    return model


def look(student, articles):
    """What the network makes of each article's statements as wholes, its encoder as it is."""
    student.eval()
    with torch.no_grad():
        for article in articles:
            whole, _, pooled, _ = student.read([article])
            article.pooled, article.acts = pooled.half(), torch.softmax(whole["acts"], -1).numpy()


def main():
    # Imported here: it needs what is above.
    from articles import read
    from figures import facts_of, score, show
    from train import Student, is_held, without_nothing

    ask = argparse.ArgumentParser()
    for name in ("network", "seen", "labels", "dev-seen", "dev", "out"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--encoder")
    ask.add_argument("--larger", metavar="MPNET")
    ask.add_argument("--again", metavar="ANSWERS.jsonl", nargs="*", default=[])
    ask.add_argument("--first-passes", type=int, default=4)
    ask.add_argument("--first-rate", type=float, default=1e-3)
    ask.add_argument("--looks", type=int, default=2, help="after the first")
    ask.add_argument("--passes", type=int, default=6)
    ask.add_argument("--rate", type=float, default=2e-3)
    ask.add_argument("--held", type=float, default=0.12, help="as that run had it")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--threads", type=int, default=2)
    o = ask.parse_args()
    torch.set_num_threads(o.threads)
    made = torch.load(o.network, weights_only=True)
    facts = made["facts"]
    o.kept, o.width, o.hidden, o.tied = (int(facts.get(name, 0)) for name in ("kept", "width", "hidden", "tied"))
    o.dilations, o.dropout, o.still = facts["dilations"], 0.25, 0
    lessons, widths = read(o.seen, o.labels, lambda article: not is_held(article, o.held), o.again)
    fresh, _ = read(o.seen, o.labels, lambda article: is_held(article, o.held))
    dev, _ = read(o.dev_seen, o.dev, lambda article: article["half"] == "choose")
    student = Student(widths, o)
    student.load(made["state"])
    look(student, lessons)
    lessons = [article for article in lessons if len(article.ties)]
    random.Random(o.seed).shuffle(lessons)

    def by_others(teach, scores_of):
        """For each lesson the scores of a look that was taught on the parts without it."""
        scores = [None] * len(lessons)
        for part in range(PARTS):
            others = [at for at in range(len(lessons)) if at % PARTS != part]
            look = teach(others, part)
            for at in range(part, len(lessons), PARTS):
                scores[at] = scores_of(look, at)
        return scores

    of = lambda values, places: [values[at] for at in places]
    scores = by_others(lambda others, part: first_look(of(lessons, others), o.tied, o, part), lambda look, at: look.first(lessons[at]))
    looks = []
    for number in range(o.looks):
        looks.append(further_look(lessons, scores, o))
        if number + 1 < o.looks:
            further = lambda look, at: Stack([look]).scores(lessons[at], scores[at], lessons[at].acts)
            scores = by_others(lambda others, _: further_look(of(lessons, others), of(scores, others), o), further)
    for count in range(o.looks + 1):
        student.stacked = Stack(looks[:count])
        on_dev, on_fresh = (without_nothing(student.answers(articles)) for articles in (dev, fresh))
        figures, floors = score(on_fresh, fresh, None, (on_dev, dev))
        print(count, "further looks", floors)
        show("held back", figures)
        show("choosing", score(on_dev, dev, floors)[0])
    torch.save({"state": student.state(), "facts": facts | facts_of(floors)}, o.out)


if __name__ == "__main__":
    main()
