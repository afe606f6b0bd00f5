"""CoNLL F1 (Pradhan et al. 2014) of chains, for choosing while training; `onrecord-lab score --coref` has the last word."""

import numpy as np
from scipy.optimize import linear_sum_assignment


def f1(right_p, predicted, right_r, gold):
    p, r = (right_p / predicted if predicted else 0.0), (right_r / gold if gold else 0.0)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


class Score:
    def __init__(self):
        self.sums = np.zeros((4, 4))  # MUC, B cubed, CEAFe, mentions: right (P), predicted, right (R), gold

    def add(self, gold, predicted):
        gold = [set(chain) for chain in gold if len(set(chain)) > 1]
        predicted = [set(chain) for chain in predicted if len(set(chain)) > 1]
        of_gold = {m: chain for chain in map(frozenset, gold) for m in chain}
        of_predicted = {m: chain for chain in map(frozenset, predicted) for m in chain}

        def muc(chains, other):
            links = sum(len(chain) - len({other.get(m, m) for m in chain}) for chain in chains)
            return links, sum(len(chain) - 1 for chain in chains)

        def cubed(own, other):
            return sum(len(chain & other.get(m, frozenset())) / len(chain) for m, chain in own.items()), len(own)

        entities = 0.0
        if gold and predicted:
            alike = np.array([[2 * len(g & p) / (len(g) + len(p)) for p in predicted] for g in gold])
            entities = alike[linear_sum_assignment(-alike)].sum()
        both = len(of_gold.keys() & of_predicted.keys())
        self.sums += [
            (*muc(predicted, of_gold), *muc(gold, of_predicted)),
            (*cubed(of_predicted, of_gold), *cubed(of_gold, of_predicted)),
            (entities, len(predicted), entities, len(gold)),
            (both, len(of_predicted), both, len(of_gold)),
        ]

    def conll(self):
        return 100 * float(np.mean([f1(*row)[2] for row in self.sums[:3]]))

    def __str__(self):
        parts = [100 * f1(*row)[2] for row in self.sums]
        return f"CoNLL {self.conll():.1f} (MUC {parts[0]:.1f}, B3 {parts[1]:.1f}, CEAFe {parts[2]:.1f}; mentions {parts[3]:.1f})"
