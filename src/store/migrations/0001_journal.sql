-- Schema 1. Shipped: never changed, only followed by 0002. Written so that the sqlite3 tool of an
-- older system (3.37 and later) opens the file too.
--
-- reflection.seq is the journal's order in one number, so that the order is the order of the rows
-- on the disk and of the search index: day number of the shift date (20 bits), second since 1970
-- in UTC at which it was written (33 bits), a tie breaker (10 bits). See store/seq.rs.
--
-- checksum is over what the writer said, as it is stored (store/checksum.rs). changed_at (UTC) and
-- changed_by (the device) are of the last change, so that two machines' journals can be merged.
-- Words of a fixed list (shift, outcome, ...) have no CHECK: a later program may know more of them.

CREATE TABLE reflection (
    seq            INTEGER PRIMARY KEY,
    id             BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    revision       INTEGER NOT NULL CHECK (revision >= 1),
    written_at     TEXT    NOT NULL,
    shift_date     TEXT    NOT NULL,
    shift          TEXT    NOT NULL,
    rotation       TEXT    NOT NULL,
    template       TEXT    NOT NULL COLLATE NOCASE,
    -- What a review is of: the first day of a week, the id of a rotation.
    period         TEXT,
    energy         INTEGER CHECK (energy BETWEEN 1 AND 5),
    feedback_from  TEXT,
    shared         INTEGER NOT NULL CHECK (shared IN (0, 1)),
    trashed_at     TEXT,
    changed_at     TEXT    NOT NULL,
    changed_by     BLOB    NOT NULL CHECK (length(changed_by) = 16),
    checksum       INTEGER NOT NULL,
    went_well      TEXT    NOT NULL,
    do_differently TEXT    NOT NULL,
    note           TEXT    NOT NULL,
    CHECK (seq >> 43 = CAST(julianday(shift_date) - 1721424.5 AS INTEGER))
) STRICT;

-- Everything a filter can ask of a reflection itself, in the journal's order: a filter that
-- matches little reads this and not the text.
CREATE INDEX reflection_facts
    ON reflection (seq, shift, template, rotation, energy, shared) WHERE trashed_at IS NULL;
CREATE INDEX reflection_by_rotation
    ON reflection (rotation) WHERE trashed_at IS NULL AND rotation <> '';
CREATE INDEX reflection_in_trash
    ON reflection (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE UNIQUE INDEX reflection_of_period
    ON reflection (template, period) WHERE period IS NOT NULL AND trashed_at IS NULL;
-- The last three bytes of the id are the six digits that a person types.
CREATE INDEX reflection_by_short_id ON reflection (substr(id, -3));

CREATE TABLE reflection_tag (
    tag        TEXT    NOT NULL,
    reflection INTEGER NOT NULL REFERENCES reflection (seq) ON UPDATE CASCADE ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    PRIMARY KEY (tag, reflection)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_of_reflection ON reflection_tag (reflection, position);

CREATE TABLE reflection_competency (
    competency TEXT    NOT NULL COLLATE NOCASE,
    reflection INTEGER NOT NULL REFERENCES reflection (seq) ON UPDATE CASCADE ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    PRIMARY KEY (competency, reflection)
) STRICT, WITHOUT ROWID;
CREATE INDEX competency_of_reflection ON reflection_competency (reflection, position);

CREATE TABLE reflection_signal (
    signal     TEXT    NOT NULL,
    reflection INTEGER NOT NULL REFERENCES reflection (seq) ON UPDATE CASCADE ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    PRIMARY KEY (signal, reflection)
) STRICT, WITHOUT ROWID;
CREATE INDEX signal_of_reflection ON reflection_signal (reflection, position);

-- trashed repeats whether the reflection is in the trash, so that the questions asked at every
-- start stay inside the small partial indexes.
CREATE TABLE experiment (
    reflection     INTEGER PRIMARY KEY
                   REFERENCES reflection (seq) ON UPDATE CASCADE ON DELETE CASCADE,
    id             BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
    revision       INTEGER NOT NULL CHECK (revision >= 1),
    due            TEXT,
    outcome        TEXT    NOT NULL,
    outcome_date   TEXT,
    carried        INTEGER NOT NULL CHECK (carried >= 0),
    follow_up      TEXT,
    follow_up_date TEXT,
    follows        BLOB    REFERENCES experiment (id) ON DELETE SET NULL,
    trashed        INTEGER NOT NULL CHECK (trashed IN (0, 1)),
    changed_at     TEXT    NOT NULL,
    changed_by     BLOB    NOT NULL CHECK (length(changed_by) = 16),
    checksum       INTEGER NOT NULL,
    outcome_note   TEXT    NOT NULL,
    text           TEXT    NOT NULL CHECK (text <> ''),
    CHECK ((outcome = 'open') = (outcome_date IS NULL)),
    CHECK (follow_up IS NULL OR outcome = 'helped'),
    CHECK ((follow_up IS NULL) = (follow_up_date IS NULL))
) STRICT;
CREATE INDEX experiment_by_outcome ON experiment (outcome, due) WHERE trashed = 0;
CREATE INDEX experiment_to_follow_up
    ON experiment (outcome_date) WHERE outcome = 'helped' AND follow_up IS NULL AND trashed = 0;
CREATE INDEX experiment_by_short_id ON experiment (substr(id, -3));
-- Of every row, for the foreign key; the unique one is the rule of one follower outside the trash.
CREATE INDEX experiment_follows ON experiment (follows) WHERE follows IS NOT NULL;
CREATE UNIQUE INDEX experiment_follower
    ON experiment (follows) WHERE follows IS NOT NULL AND trashed = 0;

-- At most three are active: each of those has a slot of its own.
CREATE TABLE goal (
    id            BLOB    PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    revision      INTEGER NOT NULL CHECK (revision >= 1),
    competency    TEXT    NOT NULL COLLATE NOCASE,
    academic_year INTEGER NOT NULL,
    status        TEXT    NOT NULL,
    status_note   TEXT    NOT NULL DEFAULT '',
    status_date   TEXT,
    slot          INTEGER UNIQUE CHECK (slot BETWEEN 1 AND 3),
    created_at    TEXT    NOT NULL,
    trashed_at    TEXT,
    changed_at    TEXT    NOT NULL,
    changed_by    BLOB    NOT NULL CHECK (length(changed_by) = 16),
    checksum      INTEGER NOT NULL,
    why           TEXT    NOT NULL,
    strength      TEXT    NOT NULL,
    gap           TEXT    NOT NULL,
    role_sought   TEXT    NOT NULL,
    obstacle      TEXT    NOT NULL,
    CHECK ((status = 'active' AND trashed_at IS NULL) = (slot IS NOT NULL))
) STRICT;

CREATE TABLE rotation (
    id         BLOB    PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    revision   INTEGER NOT NULL CHECK (revision >= 1),
    name       TEXT    NOT NULL COLLATE NOCASE CHECK (name <> ''),
    first_date TEXT    NOT NULL,
    last_date  TEXT    CHECK (last_date >= first_date),
    trashed_at TEXT,
    changed_at TEXT    NOT NULL,
    changed_by BLOB    NOT NULL CHECK (length(changed_by) = 16),
    checksum   INTEGER NOT NULL
) STRICT;
CREATE INDEX rotation_by_date ON rotation (first_date);

-- Shifts that were worked and not written about.
CREATE TABLE shift_log (
    shift_date TEXT NOT NULL,
    shift      TEXT NOT NULL,
    PRIMARY KEY (shift_date, shift)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    id         BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    session    BLOB NOT NULL CHECK (length(session) = 16),
    reflection BLOB,
    kept_at    TEXT NOT NULL,
    form       TEXT NOT NULL
) STRICT;

-- What was deleted for good, so that merging with another machine does not bring it back.
CREATE TABLE deleted (
    id         BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    kind       TEXT NOT NULL,
    deleted_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- readable_from: the oldest schema that a program must know to read this journal.
CREATE TABLE setting (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO setting (key, value) VALUES ('readable_from', '1');

-- What the full-text index holds of each reflection; those in the trash are not in it.
CREATE VIEW search_text AS
    SELECT reflection.seq AS seq,
           reflection.went_well AS went_well,
           reflection.do_differently AS do_differently,
           coalesce(experiment.text, '') AS try_next,
           reflection.note AS note,
           coalesce((SELECT group_concat(tag, ' ')
                     FROM (SELECT tag FROM reflection_tag
                           WHERE reflection_tag.reflection = reflection.seq
                           ORDER BY position)), '') AS tags,
           coalesce(experiment.outcome_note, '') AS outcome_note
    FROM reflection LEFT JOIN experiment ON experiment.reflection = reflection.seq
    WHERE reflection.trashed_at IS NULL;

CREATE VIRTUAL TABLE search USING fts5 (
    went_well, do_differently, try_next, note, tags, outcome_note,
    content = 'search_text', content_rowid = 'seq',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
INSERT INTO search (search, rank) VALUES ('rank', 'bm25(1.0, 1.0, 1.0, 1.0, 1.0, 0.3)');
