CREATE INDEX casework_drafts_by_age ON casework_drafts (municipality, updated_at);
