ALTER TABLE engine_messages ADD COLUMN secret boolean NOT NULL DEFAULT FALSE;
