#pragma once
// The office: the one writer. It admits commands, orders them, folds them, makes them durable in
// groups, answers, and lets views be read. Thread-safe.
//
// Promises: a receipt means the entries are on disk; a reading never shows what is not; commands
// are folded in the order of their numbers; a refused command leaves no trace in the state.

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <thread>

#include "journal/publisher.hpp"
#include "journal/store.hpp"
#include "office/routes.hpp"
#include "office/snapshot.hpp"

namespace veche::office {

/// What a client hands in.
struct submission {
    std::string line;  ///< event line (line 2 of the entry), canonical, no newline
    std::vector<std::string> signatures;  ///< signature lines as they will stand in the entry
    /// Who the edge knows the client to be (a logged-in session). Empty: the signature alone must
    /// say.
    person_id authenticated;
};

struct receipt {
    std::uint64_t seq = 0;      ///< number of the act
    std::uint64_t entries = 0;  ///< entries appended: the act, and what followed from it
    bool repeated = false;      ///< the same command had been accepted before; nothing was appended
};

/// One appended entry, as the stream tells it.
struct notice {
    std::uint64_t seq = 0;
    instant at;
    std::string type;
    std::string bytes;  ///< the whole entry
};

/// What one group commit took.
struct commit_facts {
    std::size_t commands = 0;
    std::size_t entries = 0;
    std::int64_t us = 0;  ///< from handing the batch to the store until it was durable
};

struct options {
    std::function<instant()> now;  ///< the clock at the edge
    std::size_t batch = 256;       ///< commands per group commit at most
    bool ticker = true;            ///< run deadlines and publish checkpoints in the background
    bool verify_signatures = true;
    /// Told when a checkpoint could not be signed or written; the office goes on.
    std::function<void(const refusal&)> on_trouble;
    /// Told of every group commit, on the writer's thread.
    std::function<void(const commit_facts&)> on_commit;
    /// Told whenever all that is durable here is signed.
    std::function<void()> on_checkpoint;
    /// Told whether the store answered when the office looked.
    std::function<void(bool)> on_store;
};

class office {
  public:
    /// Folds the journal that lies in the store (checking each entry as verify does, without
    /// signatures) and starts the writer. Refuses a journal that does not fold. With a snapshot
    /// that fits (check_snapshot_fits) only what came after it is folded.
    static result<std::unique_ptr<office>> open(journal::store& store,
                                                journal::publisher& publisher, options with,
                                                std::optional<snapshot> from = {});
    ~office();
    office(const office&) = delete;
    office& operator=(const office&) = delete;

    /// Founds a union on an empty store: entry 0.
    result<receipt> found(const charter::charter_document& document);
    /// Admits, decides, applies, makes durable. Blocks until the answer is true.
    result<receipt> submit(submission what);
    /// Hands all in at once, in this order, and waits for all: each is judged by itself, after
    /// those before it, and many share one sync of the disk. The answers stand in the same order.
    std::vector<result<receipt>> submit_all(std::vector<submission> all);
    /// Composes the event line for a keyless actor and submits it. `body` is canonical JSON.
    result<receipt> submit_unsigned(std::string_view type, std::string_view body,
                                    const person_id& actor, std::string_view auth,
                                    std::string_view idem);
    /// Tries a command without doing it: what it would lead to, or the refusal.
    result<events> rehearse(std::string_view type, std::string_view body, const person_id& actor,
                            std::string_view auth) const;

    /// Answers a view. `query` is canonical JSON.
    result<answer> ask(std::string_view view, std::string_view query, const viewer& who) const;
    /// Runs a function on the state; returns when all it saw is durable.
    void read(const std::function<void(const state&)>& reader) const;

    /// The state as it is now, durable, to be put down. Costs little: what changes afterwards is
    /// copied.
    [[nodiscard]] snapshot taken() const;

    /// Derives what fell due, publishes a checkpoint if there is something new.
    result<void> tick();
    /// Returns when all that other offices had appended to the journal before is folded here.
    result<void> follow_others();
    /// Returns when the first `size` entries are folded here, or all that there are; looks for
    /// them at once. Refuses with office.behind after so many milliseconds.
    result<void> reach(std::uint64_t size, std::int64_t most_ms) const;
    /// How it stands here, for whoever sends readers to nodes.
    enum class standing : std::uint8_t { well, cut_off, unsettled };
    [[nodiscard]] standing stands() const;
    /// Whether other offices append to the same journal.
    [[nodiscard]] bool shared() const;
    /// Where they do: how far the own clock may be from the one that all share before nothing is
    /// admitted here. 0, as at first: not looked at.
    void keep_to_clock(std::int64_t tolerance_ms);
    /// Called, on the writer's thread, for every appended entry after it is durable. Returns a
    /// token.
    std::uint64_t subscribe(std::function<void(const notice&)> listener);
    void unsubscribe(std::uint64_t token);

    [[nodiscard]] const std::string& origin() const;
    [[nodiscard]] instant now() const;
    [[nodiscard]] std::uint64_t durable_size() const;
    /// Commands that wait for the writer.
    [[nodiscard]] std::size_t queued() const;
    /// Why this office takes no commands and folds nothing more: others wrote what it does not
    /// know. What it shows is the state before that, whole.
    [[nodiscard]] std::optional<refusal> stopped() const;

  private:
    struct impl;
    explicit office(std::unique_ptr<impl> inside);
    std::unique_ptr<impl> impl_;
};

namespace refusals {
inline constexpr refusal_kind type_unknown{"office.type_unknown", 404,
                                           "There is no command called {0}."};
inline constexpr refusal_kind version_unknown{"office.version_unknown", 400,
                                              "The command {0} has no version {1}."};
inline constexpr refusal_kind view_unknown{"office.view_unknown", 404,
                                           "There is no view called {0}."};
inline constexpr refusal_kind wrong_log{
    "office.wrong_log", 400, "The command was made for the journal {0}, and this is {1}."};
inline constexpr refusal_kind not_signed_in{"office.not_signed_in", 403,
                                            "Sign in, or sign the command with an enrolled key."};
inline constexpr refusal_kind actor_mismatch{
    "office.actor_mismatch", 403, "The command names {0}, but you are signed in as {1}."};
inline constexpr refusal_kind signature_missing{
    "office.signature_missing", 403,
    "{0} has an enrolled key, so this command must be signed with it."};
inline constexpr refusal_kind unsigned_not_allowed{
    "office.unsigned_not_allowed", 403,
    "The charter accepts {0} only with a signature. Enrol a key first."};
inline constexpr refusal_kind signature_wrong{
    "office.signature_wrong", 403, "No signature on the command is by a key of {0} in force now."};
inline constexpr refusal_kind key_unacceptable{
    "office.key_unacceptable", 400,
    "This public key is not acceptable: it is weak or not well-formed."};
inline constexpr refusal_kind idem_reused{
    "office.idem_reused", 409, "The idempotency key was used before for another command."};
inline constexpr refusal_kind basis_changed{
    "office.basis_changed", 409, "{0} has changed since you looked: it is at version {1} now.",
    true};
inline constexpr refusal_kind entry_too_large{
    "office.entry_too_large", 413, "The command is too large: an entry holds at most 65535 bytes."};
inline constexpr refusal_kind enactment_not_enactable{"office.enactment_not_enactable", 400,
                                                      "A decision cannot order {0}."};
inline constexpr refusal_kind enactment_refused{"office.enactment_refused", 409,
                                                "Enactment {0} could not be carried out: {1}"};
inline constexpr refusal_kind newer_entries{
    "office.newer_entries", 503,
    "Entry {0} is a {1} of version {2}, which this node does not know: a newer release wrote it. "
    "The node takes no commands until it is upgraded.",
    true};
inline constexpr refusal_kind behind{
    "office.behind", 503,
    "This node has not seen {0} yet, which you have seen elsewhere. Try again.", true};
inline constexpr refusal_kind unsettled{
    "office.unsettled", 503,
    "The connection to the journal was lost while something was being written, and it is not known "
    "yet whether it arrived. Nothing is answered until it is. Try again.",
    true};
inline constexpr refusal_kind clock_differs{
    "office.clock_differs", 503,
    "The clock of this node differs by {0} from the one that all nodes share, so it admits "
    "nothing.",
    true};
inline constexpr refusal_kind shutting_down{"office.shutting_down", 503,
                                            "The office is closing. Try again soon.", true};
inline constexpr const refusal_kind* all[] = {
    &type_unknown,    &version_unknown,         &view_unknown,      &wrong_log,
    &not_signed_in,   &actor_mismatch,          &signature_missing, &unsigned_not_allowed,
    &signature_wrong, &key_unacceptable,        &idem_reused,       &basis_changed,
    &entry_too_large, &enactment_not_enactable, &enactment_refused, &behind,
    &unsettled,       &clock_differs,           &shutting_down,     &newer_entries};
}  // namespace refusals

}  // namespace veche::office
