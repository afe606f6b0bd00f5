-- The ledger of a case, version 1. docs/CASE.md tells what each column means.

CREATE TABLE entries (
    number      INTEGER PRIMARY KEY,
    time        TEXT NOT NULL,
    actor       TEXT NOT NULL,
    kind        TEXT NOT NULL,
    commitment  BLOB NOT NULL CHECK (length(commitment) = 32),
    salt        BLOB CHECK (length(salt) = 32),
    content     TEXT,
    CHECK ((salt IS NULL) = (content IS NULL))
) STRICT;
CREATE INDEX entries_by_kind ON entries (kind) WHERE kind NOT IN ('arrival', 'reading', 'refusal', 'taken_in');

-- The one row says what the log comes to.
CREATE TABLE head (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    size  INTEGER NOT NULL,
    root  BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;

CREATE TABLE evidence (
    id        INTEGER PRIMARY KEY,
    sha256    BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
    bytes     INTEGER NOT NULL,
    complete  INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1))
) STRICT;

CREATE TABLE refusals (
    id        INTEGER PRIMARY KEY,
    evidence  INTEGER NOT NULL REFERENCES evidence (id),
    place     TEXT NOT NULL,
    what      TEXT NOT NULL,
    hint      TEXT,
    entry     INTEGER NOT NULL REFERENCES entries (number)
) STRICT;
CREATE INDEX refusals_by_evidence ON refusals (evidence);

-- What makes records: program, model and options.
CREATE TABLE makers (
    id       INTEGER PRIMARY KEY,
    schema   INTEGER NOT NULL,
    program  TEXT NOT NULL,
    model    TEXT NOT NULL,
    options  TEXT NOT NULL,
    UNIQUE (schema, program, model, options)
) STRICT;

CREATE TABLE documents (
    id         INTEGER PRIMARY KEY,
    key        INTEGER NOT NULL UNIQUE,
    evidence   INTEGER NOT NULL REFERENCES evidence (id),
    place      TEXT NOT NULL,
    title      TEXT,
    publisher  TEXT,
    published  TEXT,
    language   TEXT,
    text       BLOB NOT NULL
) STRICT;
CREATE INDEX documents_by_evidence ON documents (evidence);
CREATE INDEX documents_by_day ON documents (published);

-- Every reading of a document; the one with the highest id is the one that counts.
CREATE TABLE readings (
    id        INTEGER PRIMARY KEY,
    document  INTEGER NOT NULL REFERENCES documents (id),
    maker     INTEGER NOT NULL REFERENCES makers (id),
    entry     INTEGER NOT NULL UNIQUE REFERENCES entries (number),
    record    BLOB NOT NULL
) STRICT;
CREATE INDEX readings_by_document ON readings (document);

-- What follows can be made again from the readings; verify holds it to them.

CREATE TABLE names (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE agents (
    id        INTEGER PRIMARY KEY,
    document  INTEGER NOT NULL REFERENCES documents (id),
    line      INTEGER NOT NULL,
    key       INTEGER NOT NULL,
    name      INTEGER NOT NULL REFERENCES names (id),
    kind      TEXT
) STRICT;
CREATE INDEX agents_by_document ON agents (document);
CREATE INDEX agents_by_name ON agents (name);

CREATE TABLE statements (
    id          INTEGER PRIMARY KEY,
    document    INTEGER NOT NULL REFERENCES documents (id),
    line        INTEGER NOT NULL,
    key         INTEGER NOT NULL,
    speaker     INTEGER REFERENCES agents (id),
    act         TEXT,
    certainty   TEXT,
    basis       TEXT,
    said_from   TEXT,
    said_to     TEXT,
    confidence  REAL NOT NULL,
    start       INTEGER NOT NULL,
    characters  INTEGER NOT NULL
) STRICT;
CREATE INDEX statements_by_document ON statements (document);
CREATE INDEX statements_by_key ON statements (key);
CREATE INDEX statements_by_speaker ON statements (speaker) WHERE speaker IS NOT NULL;
