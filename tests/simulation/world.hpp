#pragma once
// A union on several nodes over one database, its clients, and whoever breaks things. What clients
// and listeners were told is kept for check.cpp.

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "database.hpp"
#include "office/office.hpp"
#include "store/postgres/postgres_store.hpp"

namespace veche::simulation {

inline constexpr const char* origin = "union.example/journal";

/// What may be broken; a run that fails is tried again with fewer.
enum class fault : std::uint8_t {
    kill_node,
    pause_node,
    cut_node,
    part_node,
    restart_primary,
    part_standby,
    promote,
    full_disk,
    slow_disk,
    clock_jump,
    lost_message,
    doubled_message,
    guard_full,
    lossy_standby
};
inline constexpr std::array<const char*, 14> fault_names{
    "kill_node",    "pause_node",      "cut_node",   "part_node",    "restart_primary",
    "part_standby", "promote",         "full_disk",  "slow_disk",    "clock_jump",
    "lost_message", "doubled_message", "guard_full", "lossy_standby"};

struct plan {
    std::uint64_t seed = 1;
    int nodes = 3;
    int clients = 9;
    int acts = 12;             ///< of each client
    std::uint32_t faults = 0;  ///< a bit for each
    bool trace = false;

    [[nodiscard]] bool has(fault f) const { return (faults >> static_cast<unsigned>(f) & 1U) != 0; }
};
/// What a seed alone says.
plan plan_of(std::uint64_t seed);

/// What was signed last, on a disk of its own that survives its node.
class durable_guard : public journal::guard {
  public:
    [[nodiscard]] result<journal::stored_checkpoint> last() const override { return last_; }
    result<void> advance(std::uint64_t expected, const journal::stored_checkpoint& to) override;

    bool may_fail = false;
    std::vector<journal::stored_checkpoint> all;  ///< ever signed through it

  private:
    journal::stored_checkpoint last_{0, sha256(""), {}};
};

/// An entry as a node told it to its listeners.
struct heard {
    std::uint64_t seq;
    std::string bytes;
};
/// A state as somebody read it.
struct sight {
    int node;
    std::uint64_t size;
    instant last_at;
};

/// Somebody reading.
struct reading {
    process_id of;
    bool over;
};

/// One start of a node's program.
struct incarnation {
    process_id process = 0;
    int node = 0;
    std::unique_ptr<store::postgres_store> store;
    std::unique_ptr<journal::publisher> publisher;
    std::shared_ptr<office::office> desk;
    std::vector<heard> told;
};

struct machine {
    durable_guard guard;
    std::int64_t clock_ahead_ms = 0;
    std::shared_ptr<incarnation> now;
    std::vector<std::shared_ptr<incarnation>> all;
    int refused_to_start = 0;  ///< since what is there is not what was signed
    int stopped_itself = 0;
};

struct command {
    std::string actor, auth, type, body, idem;
};

/// One command and all that its client was told of it.
struct told {
    command what;
    int sent = 0;
    int begun = 0;                         ///< copies that a node began to work on
    int answered = 0;                      ///< copies that a node answered
    std::optional<office::receipt> first;  ///< the first acknowledgement
    std::vector<office::receipt> later;    ///< of copies
    std::optional<std::string> refused;    ///< for good: its code
};

struct world {
    explicit world(const plan& p) : with(p), machines(static_cast<std::size_t>(p.nodes)) {}

    plan with;
    std::vector<machine> machines;
    std::vector<std::shared_ptr<told>> acts;
    std::vector<sight> sights;
    std::vector<std::shared_ptr<reading>> readings;
    std::vector<std::string> wrong;  ///< seen while it ran
    std::int64_t loud_until = 0;     ///< things are broken until then
    bool calm = false;               ///< nothing is broken any more
    int clients_left = 0;
    int latest_vote = 0;
    int broken = 0;  ///< faults so far that may end a node

    /// Starts everything; returns at once. The last thread calls `finish()`.
    void start(const std::function<void(world&)>& check);
    void boot(int node, std::int64_t after);
    void kill_node(int node, const std::string& why);
};

/// The journal with which every run begins, and the clock at which it ends: made once, before all
/// runs.
void found_union();
[[nodiscard]] std::int64_t first_ms();
std::vector<std::string> recent_events();

}  // namespace veche::simulation
