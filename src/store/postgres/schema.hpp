#pragma once
// The tables of a journal on a PostgreSQL server, as docs/format/journal.md says.

namespace veche::store {

/// Bytes are hashes or compressed badly: they are kept as they are. The head's row is written again
/// and again, so its page has room for that. Names of streams are for people with a SQL prompt.
constexpr const char* postgres_schema = R"(
BEGIN;
CREATE TABLE form(id int8 PRIMARY KEY CHECK(id=1), number int8 NOT NULL);
INSERT INTO form VALUES(1,1);
CREATE TABLE entry(seq int8 PRIMARY KEY CHECK(seq>=0), leaf bytea NOT NULL CHECK(length(leaf)=32),
  bytes bytea NOT NULL CHECK(length(bytes) BETWEEN 1 AND 65535));
ALTER TABLE entry ALTER bytes SET STORAGE EXTERNAL;
CREATE TABLE tile(id int8 PRIMARY KEY, hashes bytea NOT NULL CHECK(length(hashes)=8192));
ALTER TABLE tile ALTER hashes SET STORAGE EXTERNAL;
CREATE TABLE head(id int8 PRIMARY KEY CHECK(id=1), next int8 NOT NULL, epoch int8 NOT NULL,
  edge bytea NOT NULL, at_ms int8 NOT NULL) WITH (fillfactor=10);
INSERT INTO head VALUES(1,0,0,'',0);
CREATE TABLE checkpoint(size int8 PRIMARY KEY, root bytea NOT NULL, note text NOT NULL);
CREATE TABLE idem(actor bytea, key bytea, seq int8 NOT NULL, sha bytea NOT NULL,
  PRIMARY KEY(actor,key));
CREATE TABLE stream(stream text, ver int8, seq int8 NOT NULL, PRIMARY KEY(stream,ver));
REVOKE UPDATE, DELETE, TRUNCATE ON entry, tile, checkpoint, idem, stream FROM PUBLIC, CURRENT_USER;
COMMIT;
)";

}  // namespace veche::store
