-- From what and from where an account was signed in: a sign-in from elsewhere is mailed to it. `mark` is a hash.
CREATE TABLE familiar (
  account TEXT NOT NULL REFERENCES credential (account),
  mark TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (account, mark)
) STRICT, WITHOUT ROWID;
