#pragma once
// A PostgreSQL primary and its standby as far as the journal's store can see them: tables,
// transactions, the lock on the head's row, replication, and every way in which the answer to a
// statement can fail to arrive. libpq.cpp speaks for it to the program's own store.
//
// Synchronous replication is the server's own: COMMIT writes locally, waits until the standby has
// the transaction, makes it visible, answers. A primary that restarts meanwhile comes up with the
// transaction visible although the standby may lack it. A standby that is promoted has what it got.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scheduler.hpp"

namespace veche::simulation {

/// One row put into a table; of `head`, in place of the row before.
struct change {
    enum class into : std::uint8_t { entry, tile, head, checkpoint, idem, stream, form };
    into table = into::entry;
    std::int64_t number = 0;  ///< seq, id, next, size, seq, seq; of form nothing
    std::int64_t other = 0;   ///< -, -, at_ms, -, -, ver
    std::string a;            ///< leaf, hashes, edge, root, actor, stream
    std::string b;            ///< bytes, -, -, note, key, -
    std::string c;            ///< sha of idem
};
using transaction = std::vector<change>;

struct tables {
    std::map<std::int64_t, std::pair<std::string, std::string>> entries;  // leaf, bytes
    std::map<std::int64_t, std::string> tiles;
    std::map<std::int64_t, std::pair<std::string, std::string>> checkpoints;  // root, note
    std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, std::string>> idems;
    std::map<std::pair<std::string, std::int64_t>, std::int64_t> streams;
    std::int64_t next = 0, epoch = 0, at_ms = 0;
    std::string edge;

    void put(const change&);
    /// Whether the row would be a second one of its key.
    [[nodiscard]] bool taken(const change&) const;
};

/// A connection, as both ends of it see it.
struct line : std::enable_shared_from_this<line> {
    process_id of = outside;
    int node = -1;  ///< the machine that it comes from
    int to = 0;     ///< which server
    bool good = true;
    bool in_transaction = false;
    bool failed = false;  ///< an error in it: all but ROLLBACK is refused
    std::shared_ptr<const tables> snapshot;
    transaction written;
    std::int64_t last_asked = 0;
    bool committing =
        false;          ///< written, and not visible yet: its locks stay, whatever becomes of it
    bool busy = false;  ///< a statement of it is being carried out
};

struct server {
    tables rows;                   ///< what others see
    std::vector<transaction> wal;  ///< all that is on its disk, in order
    std::size_t visible = 0;       ///< of them
    bool up = true;
    bool full = false;                                                   ///< its disk
    const void* head_locked_by = nullptr;                                ///< a connection
    std::vector<std::pair<std::size_t, std::shared_ptr<line>>> waiting;  ///< for the standby

    /// Shows others the first so many transactions, and lets go what those had locked.
    void show(std::size_t so_many);
};

struct cluster {
    server servers[2];
    int primary = 0;
    bool synchronous = true;
    bool linked = true;                  ///< primary and standby
    std::size_t replicated = 0;          ///< transactions of the primary that the standby has
    std::int64_t reach_after[8] = {};    ///< by node: no packet to a server passes before then
    std::int64_t slow_until = 0;         ///< a slow disk of the primary
    bool lossy = false;                  ///< acknowledged transactions may have been lost
    std::map<process_id, int> machines;  ///< of processes
    std::vector<std::shared_ptr<line>> lines;
    std::int64_t (*clock_ms)() = [] { return std::int64_t{0}; };  ///< of the servers
    struct note_put {
        int node;
        std::string note;
    };
    std::vector<note_put> published;  ///< every checkpoint that a node ever put here
    std::vector<tables> left_behind;  ///< what each primary had that was given up

    /// The standby takes over with what it has; the old primary never answers again.
    void promote();
    /// The primary goes down and comes up again with all that is on its disk.
    void restart();
    /// All connections of one process (or to one server) end: open transactions are rolled back.
    void cut_process(process_id);
    void cut_server(int which);
    void cut(line&);
    [[nodiscard]] server& now() { return servers[primary]; }
    /// Takes over the transactions that the standby does not have yet.
    void replicate();
};

cluster& database();
/// Says what happens, where somebody wants to know.
void tell(const std::string& what);

}  // namespace veche::simulation
