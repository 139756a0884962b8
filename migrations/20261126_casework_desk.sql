-- The officers' inbox: each view with each filter in the order of its page (see queries/inbox.rs).
CREATE INDEX casework_cases_by_service ON casework_cases (municipality, service, kind, id);
CREATE INDEX casework_cases_by_channel ON casework_cases (municipality, channel, kind, id);
CREATE INDEX casework_cases_by_state ON casework_cases (municipality, state, kind, id);
CREATE INDEX casework_cases_unassigned ON casework_cases (municipality, id) WHERE assignee IS NULL AND kind = 'open';
CREATE INDEX casework_cases_unassigned_by_unit ON casework_cases (municipality, unit, id) WHERE assignee IS NULL AND kind = 'open';
CREATE INDEX casework_cases_due_by_unit ON casework_cases (municipality, unit, due_on, id) WHERE kind = 'open';
CREATE INDEX casework_cases_due_by_service ON casework_cases (municipality, service, due_on, id) WHERE kind = 'open';

-- Other cases of the same telephone.
CREATE INDEX casework_cases_by_telephone ON casework_cases (municipality, telephone, id);

-- An officer's unfinished applications of the counter.
CREATE INDEX casework_drafts_by_officer ON casework_drafts (municipality, officer, id);

-- The last day on which an officer was reminded of deadlines.
CREATE TABLE casework_reminders (
  municipality text NOT NULL,
  person text NOT NULL,
  last_day text NOT NULL,
  PRIMARY KEY (municipality, person)
);
