-- Schema 3. Shipped: never changed, only followed by 0004.
--
-- What a calendar month of shift dates says, counted once (store/months): nothing that is not in the
-- reflections. A row goes in the transaction in which anything that it counts changes. These
-- triggers see to it, not the program: whoever writes, none of its words outlives a reflection here.
--
-- Tags, competencies and signals need none of their own: the checksum of their reflection is over
-- them, so whoever changes them writes it too. An older program cannot write the journal any more,
-- and one that only reads it has no need of the rows: readable_from stays 1.

CREATE TABLE month (
    month      TEXT    NOT NULL,
    what       TEXT    NOT NULL,
    -- By which rules; whoever counts otherwise takes no notice of the row.
    counted_by TEXT    NOT NULL,
    checksum   INTEGER NOT NULL,
    counts     BLOB    NOT NULL,
    PRIMARY KEY (month, what)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER month_of_new_reflection AFTER INSERT ON reflection BEGIN
    DELETE FROM month WHERE month = substr(NEW.shift_date, 1, 7);
END;
CREATE TRIGGER month_of_changed_reflection AFTER UPDATE ON reflection BEGIN
    DELETE FROM month WHERE month IN (substr(OLD.shift_date, 1, 7), substr(NEW.shift_date, 1, 7));
END;
CREATE TRIGGER month_of_deleted_reflection AFTER DELETE ON reflection BEGIN
    DELETE FROM month WHERE month = substr(OLD.shift_date, 1, 7);
END;
-- Of an experiment its text is counted, as one of the texts of its reflection.
CREATE TRIGGER month_of_new_experiment AFTER INSERT ON experiment BEGIN
    DELETE FROM month
    WHERE month = (SELECT substr(shift_date, 1, 7) FROM reflection WHERE seq = NEW.reflection);
END;
CREATE TRIGGER month_of_changed_experiment AFTER UPDATE OF reflection, text ON experiment BEGIN
    DELETE FROM month
    WHERE month IN (SELECT substr(shift_date, 1, 7) FROM reflection
                    WHERE seq IN (OLD.reflection, NEW.reflection));
END;
CREATE TRIGGER month_of_deleted_experiment AFTER DELETE ON experiment BEGIN
    DELETE FROM month
    WHERE month = (SELECT substr(shift_date, 1, 7) FROM reflection WHERE seq = OLD.reflection);
END;
