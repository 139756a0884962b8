-- Files sent with an entry, as a list of their ids.
ALTER TABLE casework_entries ADD COLUMN files text NOT NULL DEFAULT '[]';

-- The number of the case that came of a draft: sending it twice leads to the same case.
ALTER TABLE casework_drafts ADD COLUMN number text;
