#pragma once
// The office from within: office.cpp is the writer, sharing.cpp what is added where other offices
// append to the same journal.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <span>

#include "journal/envelope.hpp"
#include "journal/refusal.hpp"
#include "office/office.hpp"

namespace veche::office {

/// Where a caller sleeps until the writer has served it. It sleeps at once: a standard semaphore
/// spins before, which with hundreds of callers takes the processor from the writer they wait for.
class turn {
  public:
    void come() {
        const std::lock_guard lock(mutex_);
        come_ = true;
        changed_.notify_one();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return come_; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool come_ = false;
};

/// One caller's command on its way through the writer.
struct pending {
    enum class kind : std::uint8_t { command, founding, tick, others };  // others': what they wrote
    kind what = kind::command;
    submission sent;
    json::document line;
    journal::envelope envelope;
    hash256 sha{};  ///< of the line
    bool signed_well = false;
    bool proofs_checked = false;
    bool key_unknown = false;  ///< where others append: the store was not asked for its key
    std::optional<result<receipt>> answer;
    turn served;
};

/// How often offices that share a journal look for what others wrote.
constexpr auto tail_pause = std::chrono::milliseconds(100);

/// Between two attempts to learn what became of a batch.
constexpr auto settle_pause = std::chrono::milliseconds(250);

/// Whether the journal no longer has what this program has seen of it: nothing mends that.
inline bool is_lost(const refusal& why) {
    return why.kind == &journal::refusals::entries_lost ||
           why.kind == &journal::refusals::history_differs;
}

/// A journal that cannot be written must not be answered from: what is folded is not on disk, and
/// what a failed fsync left there nobody knows. Stop; the next start reads what is really there.
[[noreturn]] inline void stop_for_good(const refusal& why) {
    std::fprintf(
        stderr,
        "veche: the journal cannot be written, so the program stops. %s Nothing was answered "
        "that is not on disk. Mend this and start again.\n",
        why.sentence().c_str());
    std::_Exit(3);
}

/// What one group commit will make durable.
struct group {
    journal::batch batch;
    std::vector<notice> notices;
    std::vector<pending*> callers;
    // Commands of this group by actor and idempotency key: the store does not know them yet.
    std::map<std::pair<std::string, std::string>, std::pair<std::uint64_t, hash256>> fresh;
    // And what the store said of those whose keys it was asked for.
    std::map<std::pair<std::string, std::string>, std::pair<std::uint64_t, hash256>> known;
};

struct office::impl {
    impl(journal::store& s, journal::publisher& p, options o)
        : store(s), publisher(p), with(std::move(o)), origin(p.origin()) {}

    journal::store& store;
    journal::publisher& publisher;
    options with;
    std::string origin;

    mutable std::shared_mutex state_mutex;
    union_state state;
    // Where others append too, readers see this copy of it, made when a group is on disk, and never
    // wait: whatever becomes of a group whose fate is not known, the copy stands. A copy costs
    // little (kernel/cow.hpp).
    struct visible_state {
        union_state state;
        stream_versions versions;
    };
    mutable std::mutex shown_mutex;
    std::shared_ptr<const visible_state> shown;
    std::uint64_t next_entry = 0;  ///< number of the next entry to be written
    stream_versions versions;

    mutable std::mutex stopped_mutex;
    std::optional<refusal> stopped;  ///< others wrote what is not known here

    mutable std::mutex queue_mutex;
    std::condition_variable queue_filled;
    std::deque<pending*> queue;
    std::atomic<bool> closing = false;

    mutable std::mutex durable_mutex;
    mutable std::condition_variable durable_grew;
    std::uint64_t durable = 0;

    std::mutex listeners_mutex;
    std::map<std::uint64_t, std::function<void(const notice&)>> listeners;
    std::uint64_t next_token = 1;

    std::mutex ticker_mutex;
    std::condition_variable ticker_wakes;
    std::atomic<bool> look_now = false;  ///< without waiting for the pause to end
    // Looks for what others wrote, under durable_mutex: how many began, the number of the last one
    // that ended well, and where the journal ended then.
    std::uint64_t looks_begun = 0, look_ended = 0, look_found = 0;
    std::atomic<std::int64_t> clock_tolerance_ms = 0;
    std::atomic<bool> cut_off = false;    ///< the last look failed
    std::atomic<bool> unsettled = false;  ///< what became of a batch is not known
    std::thread writer;
    std::thread ticker;

    result<void> load(std::optional<snapshot> from);
    void run_writer();
    void run_ticker();
    void serve(std::vector<pending*> callers);
    result<std::vector<std::string>> fetch_known(std::uint64_t to) const;
    result<void> take_in(std::uint64_t to, group&);
    [[nodiscard]] std::optional<refusal> why_stopped() const;
    void count_versions(std::string_view type, json::node body);
    std::int64_t count_version(const std::string& stream);
    void look_for_others();
    void pass_time();
    result<receipt> admit(pending&, group&, instant at);
    result<void> check_sender(const pending&) const;
    bool has_keys(const journal::envelope&) const;
    result<std::optional<receipt>> repeated(pending&, const group&);
    void answer_repeats(std::span<pending* const> callers, group&);
    result<void> check_basis(const pending&) const;
    void pass_deadlines(group&, instant at);
    void append(group&, instant at, std::string_view line,
                const std::vector<std::string>& signatures, std::string_view type);
    void append_derived(group&, instant at, std::uint64_t by, const events&);
    void touch_streams(group&, std::string_view type, json::node body, std::uint64_t seq);
    result<void> commit(group&);
    void tell(const group&);
    bool settle(const group&);
    void show();
    void undo();
    result<void> decide_all(std::vector<pending*>& callers, group&, bool ask_for_keys);
    result<void> look_up(std::span<pending* const> callers, group&) const;
    void gather_more(std::vector<pending*>& callers);
    result<void> check_clock() const;
    [[nodiscard]] std::shared_ptr<const visible_state> visible() const;
    result<receipt> enqueue(pending&);
    void enqueue_all(std::span<pending* const>);
    void wait_durable(std::uint64_t size) const;
    instant admission_time() const;
};

}  // namespace veche::office
