"""Teaches a statement network what statements do, what they rest on, to whom and where they were made, and which they answer. See
CARD.md.

  train.py --seen FILE.jsonl --labels lessons.jsonl --dev-seen FILE.jsonl --dev gold.jsonl --out network.pt
      [--encoder attribution-accurate.safetensors]    with an encoder of its own over the attribution network's
      [--larger MPNET]                                with a larger one of its own
      [--settle network.pt]                           which stays as that run left it, while the rest goes on learning
      [--again answers.jsonl]                         with answers as another reading has them
      [--taught FILE.pt …]                            with what another network makes of the same statements, by `teach.py`
      [--unmarked SEEN.jsonl LABELS.jsonl]            and of those of further articles
      [--rare SEEN.jsonl LABELS.jsonl]                and of further articles of which only rare acts and answers are marked

`--seen` and `--dev-seen` come from `onrecord-lab statement-lessons`, one model's. Some articles of the lessons are held back: the floors
are chosen on them, since the rules were fitted to the half of the gold that chooses. That half is scored as well. After each pass
what is needed to go on is written beside `--out`; a run that was cut off goes on after its last whole pass.
"""

import argparse
import hashlib
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from articles import batch_of, pairs_of, read
from figures import facts_of, score, show
from network import ACTS, NARROW, SETTINGS, WEIGHT_OF_TIES, Network, choice_loss
from stacked import Stack, Stacked, logistic

RARE = ("denies", "doubts", "asks")


def rare_acts_loss(scores, some, weights):
    """Of statements of which it is only known that they deny, doubt or ask, or that they do none of these: how far from one of the acts that
    are left (partial labels: Cour, Sapp & Taskar 2011)."""
    marked = torch.tensor([it.act for it in some])
    allowed = F.one_hot(marked, len(ACTS)).bool()
    common = torch.tensor([name not in RARE for name in ACTS])
    allowed |= common[marked].unsqueeze(1) & common
    far = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~allowed, -1e4), 1)
    return (weights[marked] * far).sum() / weights[marked].sum()


def loss_of(whole, each, some, roles, weights):
    column = lambda name: torch.tensor([getattr(it, name) for it in some])
    inside = roles >= 0
    token = lambda name: torch.from_numpy(np.concatenate([getattr(it, name) for it in some]))
    scores = {name: value[inside] for name, value in each.items()}
    loss = F.cross_entropy(whole["acts"], column("act"), weight=weights, label_smoothing=0.05)
    loss = loss + 0.5 * F.cross_entropy(whole["levels"], column("level")) + 0.3 * F.cross_entropy(whole["framings"], column("framing"))
    loss = loss + 0.3 * F.binary_cross_entropy_with_logits(whole["concession"][:, 0], column("concession"))
    loss = loss + 2 * F.binary_cross_entropy_with_logits(whole["kinds"], torch.from_numpy(np.stack([it.kinds for it in some])))
    told_settings = torch.tensor([[float(name in it.spans) for name in SETTINGS] for it in some])
    loss = loss + F.binary_cross_entropy_with_logits(whole["settings"], told_settings)
    loss = loss + 4 * F.cross_entropy(scores["each_kind"], token("basis"))
    loss = loss + 4 * len(SETTINGS) * F.binary_cross_entropy_with_logits(scores["each_setting"], token("setting"))
    loss = loss + F.binary_cross_entropy_with_logits(scores["certainty"][:, 0], token("certain").float())
    owner = token("reporter")
    if (owner > 0).any():
        loss = loss + 0.2 * F.binary_cross_entropy_with_logits(scores["reporter"][owner > 0, 0], (owner[owner > 0] - 1).float())
    return loss


def taught_loss(whole, each, taught, roles, some):
    """How far from what the teacher makes of the statements."""
    inside = roles >= 0
    whole_of = lambda name: torch.from_numpy(np.stack([own[0][name] for own in taught]))
    token_of = lambda name: torch.from_numpy(np.concatenate([own[1][name][: len(it.roles)] for own, it in zip(taught, some)]))
    loss = F.cross_entropy(whole["acts"], whole_of("acts")) + 0.5 * F.cross_entropy(whole["levels"], whole_of("levels"))
    loss = loss + 0.3 * F.cross_entropy(whole["framings"], whole_of("framings"))
    loss = loss + 0.3 * F.binary_cross_entropy_with_logits(whole["concession"], whole_of("concession"))
    loss = loss + 2 * F.binary_cross_entropy_with_logits(whole["kinds"], whole_of("kinds"))
    loss = loss + F.binary_cross_entropy_with_logits(whole["settings"], whole_of("settings"))
    loss = loss + 4 * F.cross_entropy(each["each_kind"][inside], token_of("each_kind"))
    loss = loss + 4 * len(SETTINGS) * F.binary_cross_entropy_with_logits(each["each_setting"][inside], token_of("each_setting"))
    return loss + F.binary_cross_entropy_with_logits(each["certainty"][inside], token_of("certainty"))


def chances_of(article, taught):
    """What the teacher makes of an article's pairs; not a number where it was not shown a pair: which ones may answer hangs on who is
    taken for whom, and not all models agree on that."""
    if not len(article.ties) or not taught:
        return np.full(len(article.ties), np.nan, dtype=np.float32)
    known = dict(zip(map(tuple, taught["pairs"].tolist()), taught["ties"].tolist()))
    return np.array([known.get(tuple(pair), np.nan) for pair in article.ties.tolist()], dtype=np.float32)


class Student(nn.Module):
    """A network with the encoder it has, if any."""

    def __init__(self, widths, options):
        super().__init__()
        # What looks at pairs again, if any (`stacked.py`).
        self.encoder, self.settled, self.stacked = None, {}, None
        inputs, trunk = widths
        # Imported here: without an encoder nothing of it is needed.
        if options.larger:
            import larger

            self.encoder = larger.Encoder(options.larger, options.kept, options.still)
        elif options.encoder:
            import encoder

            self.encoder = encoder.Encoder(options.encoder, options.kept)
        if self.encoder:
            inputs = self.encoder.roles.embedding_dim
        self.trunk = trunk
        dilations = tuple(map(int, options.dilations.split(",")))
        self.network = Network(inputs, trunk, options.width, options.hidden, dilations, options.dropout, options.tied)

    def read(self, articles):
        """Scores of all statements of some articles and of their tokens, the statements as wholes, and the roles."""
        if self.encoder:
            if articles[0].words is not None:
                words = torch.cat([article.words for article in articles]).float()
            else:
                with narrow():
                    words = self.encoder(articles, 0.06 if self.training else 0.0)
            states = np.concatenate([article.rows[:, -self.trunk :] for article in articles])
            rows = torch.cat([words.float(), torch.from_numpy(states)], 1)
        else:
            rows = torch.from_numpy(np.concatenate([article.rows for article in articles]))
        rows, roles, basis, setting, told = batch_of(articles, rows)
        return *self.network(rows, roles, basis, setting, told), roles

    def forward(self, articles):
        """Scores of all statements of some articles, those of their tokens, and of their pairs; of each pair which statement answers and
        whether it does; and the roles."""
        whole, each, pooled, roles = self.read(articles)
        ties, told_ties, tied = pairs_of(articles)
        return whole, each, self.network.ties(pooled, ties[:, 0], ties[:, 1], told_ties), (ties[:, 0], tied), roles

    def load(self, state):
        """Takes over what another run wrote, as far as it fits."""
        own = self.network.state_dict()
        fits = {name: value for name, value in state.items() if name in own and own[name].shape == value.shape}
        self.network.load_state_dict(fits, strict=False)
        of_stacked = {name.removeprefix("stacked."): value for name, value in state.items() if name.startswith("stacked.")}
        if of_stacked:
            self.stacked = Stack([Stacked() for _ in range(1 + max(int(name.split(".")[1]) for name in of_stacked))])
            self.stacked.load_state_dict(of_stacked)
        if self.encoder:
            self.encoder.load_taught(state)

    def settle(self, articles):
        """Lets the encoder be, and keeps what it makes of each token."""
        self.settled = self.encoder.taught()
        self.encoder.requires_grad_(False)
        self.eval()
        with torch.no_grad(), narrow():
            for article in articles:
                article.words = self.encoder([article]).to(torch.bfloat16)
        self.train()

    def state(self):
        """What the weight file needs."""
        own = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        if self.stacked:
            own |= {f"stacked.{name}": value.detach().clone() for name, value in self.stacked.state_dict().items()}
        return own | (self.settled or (self.encoder.taught() if self.encoder else {}))

    def answers(self, articles):
        """Chances of statements and of their tokens, as the program has them, and for each article those of its pairs."""
        self.eval()
        found, tied = [], []
        with torch.no_grad():
            for i in range(0, len(articles), 4):
                some = articles[i : i + 4]
                whole, each, ties, _, _ = self(some)
                by_article = [own.numpy() for own in ties.split([len(article.ties) for article in some])]
                acts = [own.numpy() for own in torch.softmax(whole["acts"], -1).split([len(article.statements) for article in some])]
                binary = ("concession", "kinds", "settings")
                whole = {name: (torch.sigmoid(value) if name in binary else torch.softmax(value, -1)).numpy() for name, value in whole.items()}
                each = {name: (torch.softmax(value, -1) if name == "each_kind" else torch.sigmoid(value)).numpy() for name, value in each.items()}
                statements = [it for article in some for it in article.statements]
                for k, it in enumerate(statements):
                    found.append(({name: value[k] for name, value in whole.items()}, {name: value[k, : len(it.roles)] for name, value in each.items()}))
                if self.stacked:
                    by_article = [self.stacked.scores(*own) for own in zip(some, by_article, acts)]
                tied += map(logistic, by_article)
        self.train()
        return found, tied


def without_nothing(found):
    """The chances of tokens without that of nothing, which comes first."""
    statements, tied = found
    return [(whole, {name: value[:, 1:] if name == "each_kind" else value for name, value in each.items()}) for whole, each in statements], tied


def options():
    ask = argparse.ArgumentParser()
    for name in ("seen", "labels", "dev-seen", "dev", "out"):
        ask.add_argument("--" + name, required=True)
    ask.add_argument("--encoder", help="the accurate attribution network's weight file")
    ask.add_argument("--kept", type=int, default=3, help="the layers of it that stay as they are")
    ask.add_argument("--encoder-rate", type=float, default=1.2e-4)
    ask.add_argument("--larger", metavar="MPNET", help="the folder of the larger encoder, in place of --encoder")
    ask.add_argument("--start", metavar="NETWORK.pt", help="goes on from what another run wrote")
    ask.add_argument("--still", type=int, default=0, help="with --start: so many lower layers of the larger encoder stay as that run left them")
    ask.add_argument("--constant", action="store_true", help="with a rate that does not fall, for another run to go on")
    ask.add_argument("--settle", metavar="NETWORK.pt")
    ask.add_argument("--again", metavar="ANSWERS.jsonl", nargs="*", default=[], help="answers as another reading has them; not of those held back")
    ask.add_argument("--taught", nargs="*", default=[])
    ask.add_argument("--unmarked", nargs=2, metavar=("SEEN", "LABELS"), help="articles without marks, of which only the teacher tells")
    ask.add_argument("--rare", nargs=2, metavar=("SEEN", "LABELS"), help="articles of which only rare acts and answers are marked")
    ask.add_argument("--few", type=int, default=1, help="each pass sees one in so many of the articles of PolNeAR, by turns")
    ask.add_argument("--passes", type=int, default=12)
    ask.add_argument("--turns", type=int, default=1, help="each pass sees one in so many of the news articles, by turns; of --rare all")
    ask.add_argument("--batch", type=int, default=2400, help="tokens")
    ask.add_argument("--rate", type=float, default=1.5e-3)
    ask.add_argument("--width", type=int, default=96)
    ask.add_argument("--hidden", type=int, default=128)
    ask.add_argument("--dilations", default="1,3")
    ask.add_argument("--tied", type=int, default=64, help="the width of what tells answers")
    ask.add_argument("--ties", type=float, default=1.0, help="how much answers count among what is learned")
    ask.add_argument("--dropout", type=float, default=0.25)
    ask.add_argument("--balance", type=float, default=0.3, help="how far rare acts weigh more: the power of how rare they are")
    ask.add_argument("--held", type=float, default=0.12, help="the share of the lessons' articles that are scored and not learned from")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--threads", type=int, default=2)
    return ask.parse_args()


def narrow():
    """As narrow numbers as the processor multiplies well."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=NARROW is torch.bfloat16)


def batches(articles, most, dice):
    order = articles[:]
    dice.shuffle(order)
    out, own, size = [], [], 0
    for article in order:
        if own and size + len(article) > most:
            out.append(own)
            own, size = [], 0
        own.append(article)
        size += len(article)
    return out + [own]


def is_held(article, share):
    """Whether an article is scored and not learned from. Those of the news were chosen for what is rare: floors are for what is common."""
    return article["split"] != "news" and hashlib.sha256(article["doc"].encode()).digest()[1] < 256 * share


def main():
    o = options()
    torch.manual_seed(o.seed)
    np.random.seed(o.seed)
    torch.set_num_threads(o.threads)
    dice = random.Random(o.seed)
    held = lambda article: is_held(article, o.held)
    lessons, widths = read(o.seen, o.labels, lambda article: not held(article), o.again)
    fresh, _ = read(o.seen, o.labels, held)
    dev, _ = read(o.dev_seen, o.dev, lambda article: article["half"] == "choose")
    if o.unmarked:
        more, _ = read(*o.unmarked)
        for article in more:
            article.marked = False
        lessons += more
    if o.rare:
        more, _ = read(*o.rare, again_paths=o.again)
        for article in more:
            article.rare = True
        lessons += more
    count = lambda articles: sum(len(article.statements) for article in articles)
    print(count(lessons), "lessons,", count(fresh), "held back,", count(dev), "to choose on", flush=True)
    counts = np.bincount([it.act for article in lessons if article.marked and not article.rare for it in article.statements], minlength=len(ACTS))
    weights = torch.tensor((counts.sum() / np.maximum(counts, 1)) ** o.balance, dtype=torch.float32)
    weights = weights / (weights * torch.tensor(counts)).sum() * counts.sum()
    student = Student(widths, o)
    if o.settle:
        student.load(torch.load(o.settle, weights_only=True)["state"])
        student.settle(lessons + fresh + dev)
    elif o.start:
        student.load(torch.load(o.start, weights_only=True)["state"])
    # Taught anew when what it builds on has changed.
    student.stacked = None
    taught = {}
    for path in o.taught:
        taught |= torch.load(path, weights_only=False)
    for article in lessons if taught else []:
        article.chances = chances_of(article, taught.get(article.doc))
    turns = lambda article: 1 if article.rare else o.turns if article.news else o.few
    of_pass = lambda number: [it for i, it in enumerate(lessons) if i % turns(it) == number % turns(it)]
    steps = sum(len(batches(of_pass(number), o.batch, random.Random(0))) for number in range(1, o.passes + 1))
    # What is new in an encoder learns as fast as the network.
    of_encoder = lambda name: name.startswith(("encoder.bert", "encoder.mpnet"))
    own = [value for name, value in student.named_parameters() if value.requires_grad and of_encoder(name)]
    new = [value for name, value in student.named_parameters() if value.requires_grad and not of_encoder(name)]
    groups = [{"params": new, "lr": o.rate}] + ([{"params": own, "lr": o.encoder_rate}] if own else [])
    optimizer = torch.optim.AdamW(groups, weight_decay=0.05)
    fall = lambda step: 1 if o.constant else max(0.02, 1 - step / steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, (step + 1) / (0.05 * steps)) * fall(step))
    taken = {name: value for name, value in student.named_parameters() if value.requires_grad}
    slow = {name: value.detach().clone() for name, value in taken.items()}
    step, first, began = 0, 1, time.time()
    kept = Path(o.out).with_suffix(".resume")
    if kept.exists():
        saved = torch.load(kept, weights_only=False)
        student.load_state_dict(saved["student"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        slow, step, first = saved["slow"], saved["step"], saved["passes"] + 1
        dice.setstate(saved["dice"])
        torch.set_rng_state(saved["torch"])
    for number in range(first, o.passes + 1):
        losses = []
        for some in batches(of_pass(number), o.batch, dice):
            whole, each, ties, (places, tied), roles = student(some)
            statements = [it for article in some for it in article.statements]
            marked = torch.tensor([article.marked and not article.rare for article in some for _ in article.statements])
            rare = torch.tensor([article.rare for article in some for _ in article.statements])
            loss = torch.tensor(0.0)
            if marked.any():
                of_marked = lambda scores: {name: value[marked] for name, value in scores.items()}
                loss = loss_of(of_marked(whole), of_marked(each), [it for it, own in zip(statements, marked) if own], roles[marked], weights)
            if rare.any():
                share = rare.float().mean()
                of_rare = rare_acts_loss(whole["acts"][rare], [it for it, own in zip(statements, rare) if own], weights)
                loss = (1 - share) * loss + share * of_rare
            of_tie = torch.tensor([article.marked for article in some for _ in article.ties], dtype=torch.bool)
            ties_of, tied_of = ties[of_tie], tied[of_tie]
            answered = F.binary_cross_entropy_with_logits(ties_of, tied_of, pos_weight=torch.tensor(WEIGHT_OF_TIES), reduction="sum")
            loss = loss + o.ties * (answered + choice_loss(ties_of, tied_of, places[of_tie])) / len(statements)
            known = [article for article in some if article.doc in taught]
            if known:
                of_known = torch.tensor([article.doc in taught for article in some for _ in article.statements])
                by_teacher = [one for article in known for one in taught[article.doc]["statements"]]
                told = [it for article in known for it in article.statements]
                pick = lambda scores: {name: value[of_known] for name, value in scores.items()}
                loss = loss + taught_loss(pick(whole), pick(each), by_teacher, roles[of_known], told)
                chances = torch.from_numpy(np.concatenate([article.chances for article in some]))
                of_tie = ~torch.isnan(chances)
                answered = F.binary_cross_entropy_with_logits(ties[of_tie], chances[of_tie], reduction="sum")
                loss = loss + o.ties * answered / len(statements)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(new + own, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            losses.append(float(loss.detach()))
            keep = min(0.99, step / (step + 20))
            with torch.no_grad():
                for name, value in taken.items():
                    slow[name].mul_(keep).add_(value, alpha=1 - keep)
            if step % 50 == 0:
                print(f"step {step} of {steps}: loss {np.mean(losses[-50:]):.3f}, {time.time() - began:.0f} s", flush=True)
        torch.save({"student": student.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict(), "slow": slow,
                    "step": step, "passes": number, "dice": dice.getstate(), "torch": torch.get_rng_state()}, kept)
        if own or number % 4 == 0 or number == o.passes:
            now = {name: value.detach().clone() for name, value in taken.items()}
            put = lambda values: [taken[name].data.copy_(value) for name, value in values.items()]
            put(slow)
            on_dev, on_fresh = (without_nothing(student.answers(articles)) for articles in (dev, fresh))
            figures, floors = score(on_fresh, fresh, None, (on_dev, dev))
            print(f"pass {number}: {time.time() - began:.0f} s, floors {floors}", flush=True)
            show("held back", figures)
            show("choosing", score(on_dev, dev, floors)[0])
            facts = {"width": str(o.width), "hidden": str(o.hidden), "tied": str(o.tied), "dilations": o.dilations} | facts_of(floors)
            if student.encoder:
                facts |= student.encoder.facts()
            # Before the last pass it is not what was asked for.
            out = Path(o.out) if number == o.passes else Path(o.out).with_suffix(".partial")
            torch.save({"state": student.state(), "facts": facts}, out)
            put(now)


if __name__ == "__main__":
    main()
