CREATE TABLE identity_people (
  municipality text NOT NULL,
  id text NOT NULL,
  name_th text NOT NULL,
  name_en text NOT NULL,
  email text NOT NULL,
  lang text NOT NULL,
  password_hash text,
  totp_secret text,
  totp_offered text,
  totp_last_step bigint,
  demo_note_th text,
  demo_note_en text,
  created_at bigint NOT NULL,
  PRIMARY KEY (municipality, id)
);
CREATE UNIQUE INDEX identity_people_by_email ON identity_people (municipality, email);

CREATE TABLE identity_roles (
  municipality text NOT NULL,
  id text NOT NULL,
  position bigint NOT NULL,
  name_th text NOT NULL,
  name_en text NOT NULL,
  permissions text NOT NULL,
  PRIMARY KEY (municipality, id)
);

CREATE TABLE identity_memberships (
  municipality text NOT NULL,
  id text NOT NULL,
  person text NOT NULL,
  role text NOT NULL,
  unit text,
  from_day text NOT NULL,
  to_day text,
  PRIMARY KEY (municipality, id)
);
CREATE INDEX identity_memberships_by_person ON identity_memberships (municipality, person, id);

CREATE TABLE identity_sessions (
  municipality text NOT NULL,
  fingerprint text NOT NULL,
  person text NOT NULL,
  second_factor boolean NOT NULL,
  user_agent text NOT NULL,
  created_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (municipality, fingerprint)
);
CREATE INDEX identity_sessions_by_person ON identity_sessions (municipality, person, last_seen_at);
CREATE INDEX identity_sessions_by_expiry ON identity_sessions (municipality, expires_at);

CREATE TABLE identity_codes (
  municipality text NOT NULL,
  challenge text NOT NULL,
  kind text NOT NULL,
  email text NOT NULL,
  person text,
  fingerprint text NOT NULL,
  attempts bigint NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (municipality, challenge)
);
CREATE INDEX identity_codes_by_person ON identity_codes (municipality, person);
CREATE INDEX identity_codes_by_expiry ON identity_codes (municipality, expires_at);

CREATE TABLE identity_devices (
  municipality text NOT NULL,
  person text NOT NULL,
  fingerprint text NOT NULL,
  last_used_at bigint NOT NULL,
  PRIMARY KEY (municipality, person, fingerprint)
);
CREATE INDEX identity_devices_by_use ON identity_devices (municipality, last_used_at);

CREATE TABLE identity_failures (
  municipality text NOT NULL,
  account text NOT NULL,
  source text NOT NULL,
  failures bigint NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (municipality, account, source)
);
CREATE INDEX identity_failures_by_time ON identity_failures (municipality, last_at);
