"""Figures of a statement network as the benchmark counts them, but for words cut off by the window, and the floors that are best for
them."""

import itertools

import numpy as np

from network import ACTS, KINDS, LEVELS, SETTINGS

# As in `crates/onrecord-reading/src/response/`: the most statements that one answers.
MOST_ANSWERED = 3
# So far below the best an F1 of answers is no worse: one article more or less moves it as far.
NO_WORSE = 0.01
# How often articles are drawn anew.
DRAWS = 200


def f1(right, given, gold):
    return 2 * right / max(1, given + gold)


def run(chances, goes_on=0.4):
    best = int(chances.argmax())
    start = end = best
    while start > 0 and chances[start - 1] >= goes_on * chances[best]:
        start -= 1
    while end + 1 < len(chances) and chances[end + 1] >= goes_on * chances[best]:
        end += 1
    return set(range(start, end + 1))


def likeliest(chances, told, weights, by):
    """The label of each statement, where each chance is weighed and the one that the rules told counts `by` more."""
    weighed = chances * np.array(weights)
    weighed /= weighed.sum(1, keepdims=True)
    weighed[np.arange(len(told)), told] += by
    return weighed.argmax(1)


def labels(found, statements, name, mark, told_at, weights, by):
    """Accuracy, macro-F1 and F1 of each label."""
    gold, told = np.array([getattr(it, mark) for it in statements]), np.array([it.told[told_at] for it in statements])
    best = likeliest(np.stack([whole[name] for whole, _ in found]), told, weights, by)
    each = [f1(((best == k) & (gold == k)).sum(), (best == k).sum(), (gold == k).sum()) for k in range(len(weights))]
    return (best == gold).mean(), np.mean(each), [round(float(x), 2) for x in each]


def acts(found, statements, weights, by):
    return labels(found, statements, "acts", "act", 0, weights, by)


def weights_of_acts(sets):
    """How each act's chance is weighed and what counts more for the one that the rules told. Rare acts are so few that the best on some
    articles is not the best on others: the articles of each set are drawn anew again and again, and the winners' mean is taken (bagging, Breiman
    1996). `sets`: found statements and articles, of each set."""
    rare = itertools.product((0.4, 0.55, 0.7, 0.85, 1.0, 1.5, 2.0), repeat=3)
    ways = [((1.0, *weights, 1.0, 1.0), by) for weights in rare for by in (0.0, 0.1, 0.2, 0.3)]
    dice, quality = np.random.default_rng(1), 0
    for found, articles in sets:
        of = np.repeat(np.arange(len(articles)), [len(article.statements) for article in articles])
        statements = [it for article in articles for it in article.statements]
        chances = np.stack([whole["acts"] for whole, _ in found])
        gold, told = np.array([it.act for it in statements]), np.array([it.told[0] for it in statements])
        # Of each article and act twice what is right, and what is given or marked, as F1 has it.
        twice, all_of = (np.zeros((len(ways), len(articles), len(ACTS)), dtype=np.float32) for _ in range(2))
        for at, (weights, by) in enumerate(ways):
            best = likeliest(chances, told, weights, by)
            np.add.at(twice[at], (of[best == gold], gold[best == gold]), 2)
            for label in (best, gold):
                np.add.at(all_of[at], (of, label), 1)
        draws = dice.multinomial(len(articles), np.full(len(articles), 1 / len(articles)), DRAWS).astype(np.float32)
        drawn = lambda counts: np.tensordot(draws, counts, (1, 1))
        quality = quality + (drawn(twice) / np.maximum(1, drawn(all_of))).mean(-1)
    winners = [ways[at] for at in quality.argmax(1)]
    mean = np.exp(np.mean([np.log(weights) for weights, _ in winners], 0))
    return tuple(round(float(weight), 2) for weight in mean), float(np.mean([by for _, by in winners]))


def levels(found, statements, by):
    return labels(found, statements, "levels", "level", 1, [1.0] * len(LEVELS), by)


def score(found, articles, floors=None, other=None):
    """Figures as the benchmark counts them, but for words cut off by the window; the best floors where none are given. Rare acts
    are so few that how they are weighed is chosen on `other`, found and articles, too. `found`: of statements and of ties."""
    (found, tied), statements = found, [it for article in articles for it in article.statements]
    best = dict(floors or {})
    if floors is None:
        # What learned to see the rare ones sees them too often, or not often enough.
        sets = [(found, articles)] + ([(other[0][0], other[1])] if other else [])
        best["acts"], best["told_act"] = weights_of_acts(sets)
        # Of levels accuracy counts too: none is by far the commonest, and mostly right.
        both = [(of, [it for article in own for it in article.statements]) for of, own in sets]
        better = lambda by: sum(sum(levels(*of, by)[:2]) for of in both)
        best["told_level"] = max((0.0, 0.2, 0.4, 0.6, 0.8), key=better)
    figures = dict(zip(("act", "act macro", "acts"), acts(found, statements, best["acts"], best["told_act"])))
    figures |= dict(zip(("certainty", "certainty macro"), levels(found, statements, best["told_level"])))
    tried = np.arange(0.1, 0.75, 0.05)

    def basis(floor, told_floor):
        right = given = known = 0
        for (whole, tokens), it in zip(found, statements):
            chance = (tokens["each_kind"].max(0) + whole["kinds"]) / 2
            told = np.isin(np.arange(1, len(KINDS) + 1), it.basis_told)
            taken = np.where(told, chance >= told_floor, chance >= floor)
            right, given, known = right + (taken & (it.kinds > 0)).sum(), given + taken.sum(), known + it.kinds.sum()
        return f1(right, given, known), int(right), int(given), int(known)

    def setting(at, floor, told_floor):
        right = given = known = 0
        for (whole, tokens), it in zip(found, statements):
            words = it.spans.get(SETTINGS[at])
            known += words is not None
            chances, of_whole = tokens["each_setting"][:, at], whole["settings"][at]
            own = set(np.nonzero(it.setting_told == at + 1)[0])
            if not own or (max(chances[list(own)]) + of_whole) / 2 < told_floor:
                own = run(chances) if (chances.max() + of_whole) / 2 >= floor else None
            if own:
                given += 1
                right += bool(words) and 2 * len(own & words) >= min(len(own), len(words)) and len(own & words) > 0
        return f1(right, given, known), right, given, known

    if floors is None:
        pairs = [(floor, told) for floor in tried for told in (0.0, 0.02, 0.04, 0.06, 0.1, 0.15, 0.2)]
        best["basis"], best["told_basis"] = map(float, max(pairs, key=lambda pair: basis(*pair)[0]))
        for at, name in enumerate(SETTINGS):
            pairs = [(floor, told) for floor in tried for told in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3)]
            best[name], best["told_" + name] = map(float, max(pairs, key=lambda pair: setting(at, *pair)[0]))
        # Answers are as few.
        of_ties = [(tied, articles)] + ([(other[0][1], other[1])] if other else [])
        pairs = itertools.product(np.arange(0.1, 0.9, 0.04), (0.0, 0.1, 0.2, 0.3))
        pairs = [(floor, floor + more) for floor, more in pairs]
        each = [[ties(*of, *pair) for of in of_ties] for pair in pairs]
        sums = [sum(figures[0] for figures in own) for own in each]
        precision = [sum(right for _, right, _, _ in own) / max(1, sum(given for _, _, given, _ in own)) for own in each]
        # A wrong answer misleads more than a missing one: of what is as good as the best, what is right most often.
        good = [k for k in range(len(pairs)) if sums[k] >= max(sums) - NO_WORSE * len(of_ties)]
        best["ties"], best["further_ties"] = map(float, pairs[max(good, key=lambda k: precision[k])])
    figures["basis"] = basis(best["basis"], best["told_basis"])
    for at, name in enumerate(SETTINGS):
        figures[name] = setting(at, best[name], best["told_" + name])
    figures["ties"] = ties(tied, articles, best["ties"], best["further_ties"])
    return figures, best


def ties(chances, articles, floor, further):
    """F1, right, given and known of the pairs of a statement and one that it answers: the likeliest one where its chance reaches `floor`,
    other ones where theirs reaches `further`. `chances`: for each article, of its pairs."""
    right = given = known = 0
    for own, it in zip(chances, articles):
        known += it.answers
        for i in np.unique(it.ties[:, 0]):
            of = np.nonzero((it.ties[:, 0] == i) & (own >= floor))[0]
            of = of[np.argsort(-own[of], kind="stable")][:MOST_ANSWERED]
            of = np.concatenate([of[:1], of[1:][own[of[1:]] >= further]])
            given, right = given + len(of), right + it.tied[of].sum()
    return f1(right, given, known), int(right), given, known


def facts_of(floors):
    """What was chosen, as the weight file tells it."""
    facts = {f"{name}_floor": f"{floor:.2f}" for name, floor in floors.items() if name not in ("acts", "told_act", "told_level")}
    return facts | {"act_weights": " ".join(map(str, floors["acts"])), "told_act": f"{floors['told_act']:.2f}", "told_level": f"{floors['told_level']:.2f}"}


def show(name, figures):
    print(f"  {name}: " + "; ".join(f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}" for key, value in figures.items()), flush=True)
