CREATE TABLE casework_services (
  municipality text NOT NULL,
  slug text NOT NULL,
  version bigint NOT NULL,
  position bigint NOT NULL,
  current boolean NOT NULL,
  definition text NOT NULL,
  workflow text NOT NULL,
  PRIMARY KEY (municipality, slug, version)
);

CREATE TABLE casework_drafts (
  municipality text NOT NULL,
  id text NOT NULL,
  service text NOT NULL,
  version bigint NOT NULL,
  channel text NOT NULL,
  answers text NOT NULL,
  secret text NOT NULL,
  person text,
  officer text,
  updated_at bigint NOT NULL,
  PRIMARY KEY (municipality, id)
);
CREATE INDEX casework_drafts_by_person ON casework_drafts (municipality, person, id);

CREATE TABLE casework_cases (
  municipality text NOT NULL,
  id text NOT NULL,
  number text NOT NULL,
  secret text NOT NULL,
  service text NOT NULL,
  version bigint NOT NULL,
  state text NOT NULL,
  kind text NOT NULL,
  outcome text,
  unit text NOT NULL,
  assignee text,
  channel text NOT NULL,
  person text,
  officer text,
  lang text NOT NULL,
  applicant text NOT NULL,
  telephone text NOT NULL,
  email text,
  about text NOT NULL,
  answers text NOT NULL,
  submitted_at bigint NOT NULL,
  limit_days bigint NOT NULL,
  used_days bigint NOT NULL,
  running_since text,
  due_on text,
  closed_at bigint,
  reasons text,
  PRIMARY KEY (municipality, id)
);
CREATE UNIQUE INDEX casework_cases_by_number ON casework_cases (municipality, number);
CREATE INDEX casework_cases_by_kind ON casework_cases (municipality, kind, id);
CREATE INDEX casework_cases_by_assignee ON casework_cases (municipality, assignee, kind, id);
CREATE INDEX casework_cases_by_unit ON casework_cases (municipality, unit, kind, id);
CREATE INDEX casework_cases_by_person ON casework_cases (municipality, person, id);
CREATE INDEX casework_cases_by_due ON casework_cases (municipality, kind, due_on, id);

CREATE TABLE casework_entries (
  municipality text NOT NULL,
  id text NOT NULL,
  case_id text NOT NULL,
  kind text NOT NULL,
  author text,
  text text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (municipality, id)
);
CREATE INDEX casework_entries_by_case ON casework_entries (municipality, case_id, id);
