-- Schema version 4: publications keep the content they were made with.

-- The digest of a kept file with every definition and template, as the caller's own bytes; none in records made before.
ALTER TABLE published ADD COLUMN definitions TEXT;
