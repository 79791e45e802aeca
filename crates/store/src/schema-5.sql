-- Schema version 5: publications keep what their parameters were set to.

-- JSON of names and values; none in records of reports without parameters and in those made before.
ALTER TABLE published ADD COLUMN settings TEXT;
