CREATE TABLE identity_people (
  municipality text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  position text NOT NULL,
  email text,
  telephone text NOT NULL,
  lang text NOT NULL,
  password text,
  totp_secret text,
  totp_confirmed_at bigint,
  totp_step bigint NOT NULL,
  left_on text,
  created_at bigint NOT NULL,
  PRIMARY KEY (municipality, id)
);
CREATE UNIQUE INDEX identity_people_by_email ON identity_people (municipality, email);
CREATE INDEX identity_people_by_name ON identity_people (municipality, name, id);

CREATE TABLE identity_roles (
  municipality text NOT NULL,
  id text NOT NULL,
  position bigint NOT NULL,
  name_th text NOT NULL,
  name_en text NOT NULL,
  permissions text NOT NULL,
  PRIMARY KEY (municipality, id)
);

CREATE TABLE identity_appointments (
  municipality text NOT NULL,
  id text NOT NULL,
  person text NOT NULL,
  role text NOT NULL,
  unit text,
  from_day text NOT NULL,
  to_day text,
  PRIMARY KEY (municipality, id)
);
CREATE INDEX identity_appointments_by_person ON identity_appointments (municipality, person, id);

CREATE TABLE identity_sessions (
  municipality text NOT NULL,
  id text NOT NULL,
  token text NOT NULL,
  person text NOT NULL,
  created_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  second_factor_at bigint,
  address text NOT NULL,
  device text NOT NULL,
  PRIMARY KEY (municipality, id)
);
CREATE UNIQUE INDEX identity_sessions_by_token ON identity_sessions (municipality, token);
CREATE INDEX identity_sessions_by_person ON identity_sessions (municipality, person, id);
CREATE INDEX identity_sessions_by_expiry ON identity_sessions (municipality, expires_at);

CREATE TABLE identity_devices (
  municipality text NOT NULL,
  token text NOT NULL,
  person text NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (municipality, token)
);
CREATE INDEX identity_devices_by_person ON identity_devices (municipality, person);

CREATE TABLE identity_codes (
  municipality text NOT NULL,
  token text NOT NULL,
  email text NOT NULL,
  code text NOT NULL,
  attempts bigint NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (municipality, token)
);
CREATE INDEX identity_codes_by_expiry ON identity_codes (municipality, expires_at);

CREATE TABLE identity_invitations (
  municipality text NOT NULL,
  token text NOT NULL,
  person text NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (municipality, token)
);
CREATE INDEX identity_invitations_by_person ON identity_invitations (municipality, person);
CREATE INDEX identity_invitations_by_expiry ON identity_invitations (municipality, expires_at);

CREATE TABLE identity_limits (
  municipality text NOT NULL,
  key text NOT NULL,
  since bigint NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (municipality, key)
);
CREATE INDEX identity_limits_by_age ON identity_limits (municipality, since);
