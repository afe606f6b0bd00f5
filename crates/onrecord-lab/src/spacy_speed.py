"""Times spaCy's small English pipeline on one thread. Standard input: a JSON list of texts. Prints one JSON object."""
import json
import sys
import time

import spacy

texts = json.load(sys.stdin)
for name in sys.argv[1:]:
    try:
        nlp = spacy.load(name)
        break
    except OSError:
        continue
else:
    sys.exit("none of these models is installed: " + ", ".join(sys.argv[1:]))

nlp.max_length = max([nlp.max_length] + [len(text) + 1 for text in texts])
for _ in nlp.pipe(texts[:5]):  # the first texts fill caches
    pass
start = time.perf_counter()
for _ in nlp.pipe(texts):
    pass
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "spacy": spacy.__version__, "model": name, "model_version": nlp.meta["version"]}))
