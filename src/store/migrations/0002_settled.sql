-- Schema 2. Shipped: never changed, only followed by 0003.
--
-- What became of the experiments of some days, without a look at every experiment there is. Nothing
-- else differs, so a program of schema 1 still reads the journal: readable_from stays 1.
CREATE INDEX experiment_by_outcome_date
    ON experiment (outcome_date, outcome) WHERE trashed = 0 AND outcome_date IS NOT NULL;
