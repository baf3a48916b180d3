#pragma once
// The tables of journal.sqlite, as docs/format/journal.md says.

#include "store/form.hpp"
#include "store/sqlite/database.hpp"

namespace veche::store {

/// Refuses with store.schema_unknown a file of another form.
result<void> check_form(database&);

constexpr const char* journal_schema = R"(
BEGIN;
CREATE TABLE entry(seq INTEGER PRIMARY KEY CHECK(seq>=0), leaf BLOB NOT NULL CHECK(length(leaf)=32),
  bytes BLOB NOT NULL CHECK(length(bytes) BETWEEN 1 AND 65535)) STRICT;
CREATE TABLE tile(id INTEGER PRIMARY KEY, hashes BLOB NOT NULL CHECK(length(hashes)=8192)) STRICT;
CREATE TABLE head(id INTEGER PRIMARY KEY CHECK(id=1), next INTEGER NOT NULL, epoch INTEGER NOT NULL,
  edge BLOB NOT NULL, at_ms INTEGER NOT NULL) STRICT;
CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, root BLOB NOT NULL, note TEXT NOT NULL) STRICT;
CREATE TABLE idem(actor TEXT, key TEXT, seq INTEGER NOT NULL, sha BLOB NOT NULL,
  PRIMARY KEY(actor,key)) STRICT, WITHOUT ROWID;
CREATE TABLE stream(stream TEXT, ver INTEGER, seq INTEGER NOT NULL,
  PRIMARY KEY(stream,ver)) STRICT, WITHOUT ROWID;
CREATE TRIGGER entry_u BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT,'append-only'); END;
CREATE TRIGGER entry_d BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT,'append-only'); END;
CREATE TRIGGER tile_u BEFORE UPDATE ON tile BEGIN SELECT RAISE(ABORT,'append-only'); END;
CREATE TRIGGER tile_d BEFORE DELETE ON tile BEGIN SELECT RAISE(ABORT,'append-only'); END;
CREATE TRIGGER checkpoint_u BEFORE UPDATE ON checkpoint
  BEGIN SELECT RAISE(ABORT,'append-only'); END;
CREATE TRIGGER checkpoint_d BEFORE DELETE ON checkpoint
  BEGIN SELECT RAISE(ABORT,'append-only'); END;
INSERT INTO head VALUES(1,0,0,x'',0);
PRAGMA user_version=1;
COMMIT;
)";

}  // namespace veche::store
