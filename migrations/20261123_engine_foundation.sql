CREATE TABLE engine_municipalities (
  municipality text NOT NULL PRIMARY KEY,
  hosts text NOT NULL,
  profile text NOT NULL,
  created_at bigint NOT NULL
);

CREATE TABLE engine_history (
  municipality text NOT NULL,
  number bigint NOT NULL,
  at bigint NOT NULL,
  actor_kind text NOT NULL,
  actor text NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  facts text NOT NULL,
  previous text NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (municipality, number)
);
CREATE INDEX engine_history_by_subject ON engine_history (municipality, subject, number);

CREATE TABLE engine_history_heads (
  municipality text NOT NULL PRIMARY KEY,
  number bigint NOT NULL,
  hash text NOT NULL
);

CREATE TABLE engine_jobs (
  municipality text NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  payload text NOT NULL,
  run_at bigint NOT NULL,
  attempts bigint NOT NULL,
  state text NOT NULL,
  error text,
  failed_at bigint,
  PRIMARY KEY (municipality, id)
);
CREATE INDEX engine_jobs_due ON engine_jobs (state, run_at);

CREATE TABLE engine_daily (
  municipality text NOT NULL,
  name text NOT NULL,
  last_day text NOT NULL,
  PRIMARY KEY (municipality, name)
);

CREATE TABLE engine_messages (
  municipality text NOT NULL,
  id text NOT NULL,
  channel text NOT NULL,
  address text NOT NULL,
  lang text NOT NULL,
  subject text NOT NULL,
  text text NOT NULL,
  link text,
  about text NOT NULL,
  created_at bigint NOT NULL,
  sent_at bigint,
  read_at bigint,
  error text,
  attempts bigint NOT NULL,
  PRIMARY KEY (municipality, id)
);
CREATE INDEX engine_messages_by_address ON engine_messages (municipality, channel, address, id);
CREATE INDEX engine_messages_by_channel ON engine_messages (municipality, channel, id);

CREATE TABLE engine_files (
  municipality text NOT NULL,
  id text NOT NULL,
  subject text NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  size bigint NOT NULL,
  sha256 text NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (municipality, id)
);
CREATE INDEX engine_files_by_subject ON engine_files (municipality, subject, id);

CREATE TABLE engine_documents (
  municipality text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  number text NOT NULL,
  code text NOT NULL,
  paper text NOT NULL,
  file text,
  created_at bigint NOT NULL,
  PRIMARY KEY (municipality, id)
);
CREATE UNIQUE INDEX engine_documents_by_code ON engine_documents (municipality, code);
CREATE INDEX engine_documents_by_subject ON engine_documents (municipality, subject, id);

CREATE TABLE engine_document_registers (
  municipality text NOT NULL,
  register text NOT NULL,
  year bigint NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (municipality, register, year)
);

CREATE TABLE engine_holidays (
  municipality text NOT NULL,
  day text NOT NULL,
  name_th text NOT NULL,
  name_en text NOT NULL,
  PRIMARY KEY (municipality, day)
);

CREATE TABLE engine_search_words (
  municipality text NOT NULL,
  kind text NOT NULL,
  word text NOT NULL,
  subject text NOT NULL,
  PRIMARY KEY (municipality, kind, word, subject)
);
