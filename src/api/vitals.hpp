#pragma once
// How the server is: counted while it runs, told as /health for whoever sends it traffic and as
// /metrics for whoever watches it. No path, no person and no address is ever a label: the number of
// series is bounded by what stands in this program.

#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "api/http.hpp"
#include "api/messages.hpp"
#include "office/office.hpp"

namespace veche::api {

/// Counts by upper bounds, as Prometheus has them. Thread-safe.
class histogram {
  public:
    explicit histogram(std::vector<double> bounds);
    void add(double value);
    /// The lines of one series; `labels` as in `route="page"`, or "".
    void write(std::string& out, std::string_view name, std::string_view labels) const;

  private:
    std::vector<double> bounds_;
    std::vector<std::atomic<std::uint64_t>> counts_;  ///< each value in the first that holds it
    std::atomic<std::uint64_t> all_ = 0;
    std::atomic<double> sum_ = 0;
};

/// What a request asked for, by its address: a handful of classes.
enum class route_class : std::uint8_t {
    page,
    form,
    asset,
    act,
    ask,
    stream,
    journal,
    papers,
    login,
    health,
    other
};
constexpr std::size_t route_classes = 11;
std::string_view name_of(route_class);
route_class class_of(std::string_view method, std::string_view path);

/// What was refused because a client was too fast.
enum class limited : std::uint8_t { act, read, login, report };

/// What the program counts, for all of it, as its log is for all of it.
class figures {
  public:
    static figures& of_program();

    void count_answer(std::string_view method, std::string_view path, int status, std::int64_t us);
    void count_refusal(std::string_view code);
    void count_limited(limited what) { ++limited_[static_cast<std::size_t>(what)]; }
    void count_commit(const office::commit_facts&);
    void write(std::string& out) const;

  private:
    figures();
    std::vector<std::unique_ptr<histogram>> answers_;  ///< by route class
    histogram commit_commands_, commit_entries_, commit_seconds_;
    std::array<std::atomic<std::uint64_t>, 4> limited_{};
    mutable std::mutex mutex_;
    std::map<std::array<int, 3>, std::uint64_t> statuses_;  ///< class, method, status
    std::map<std::string_view, std::uint64_t> refusals_;    ///< codes are constants of the program
};

/// What the program is and knows.
std::string_view release_of_program();
/// The commit it was built from, "" where nobody said.
std::string_view commit_of_program();

/// One serving program. Thread-safe.
class vitals {
  public:
    struct sources {
        const office::office* office = nullptr;
        const journal::store* store = nullptr;
        const journal::publisher* publisher = nullptr;
        std::filesystem::path folder;
        bool looking = false;                      ///< a copy for looking
        std::function<std::size_t()> sessions;     ///< open login sessions
        std::function<std::size_t()> connections;  ///< open connections
        std::function<std::size_t()> streams;      ///< open event streams
        /// Entries inspected by now, of how many; nothing where nothing is left to inspect.
        std::function<std::optional<std::pair<std::uint64_t, std::uint64_t>>()> inspecting{};
    };
    explicit vitals(std::function<std::int64_t()> now_ms)
        : now_ms_(std::move(now_ms)), started_ms_(now_ms_()) {}

    /// Before that it answers that it is starting. What it names must outlive the last answer.
    void watch(sources of);
    /// What else is told; nothing calls it any more once another one is named.
    void show_more(std::function<void(health_answer&)> more);
    /// Told by the office.
    void note_checkpoint() { checkpoint_ms_ = now_ms_(); }
    void note_trouble(const refusal& why);
    void note_store(bool answers);
    /// No more traffic, please: the program is about to end.
    void stop() { stopping_ = true; }

    [[nodiscard]] health_answer look() const;
    /// 200 where traffic may come, 503 where it must not.
    [[nodiscard]] response health() const;
    [[nodiscard]] response metrics() const;

  private:
    std::pair<std::string_view, std::string> state(const health_answer&) const;

    std::function<std::int64_t()> now_ms_;
    std::int64_t started_ms_;
    mutable std::mutex mutex_;
    sources of_;
    std::function<void(health_answer&)> more_;
    std::string fork_;  ///< why checkpoints may never be signed again
    std::atomic<std::int64_t> checkpoint_ms_ = 0;
    std::atomic<std::int64_t> store_lost_ms_ = 0;  ///< 0 while it answers
    std::atomic<bool> stopping_ = false;
};

/// A server of its own for /metrics and /health, for whoever watches and for nobody else.
class vitals_page final : public http_handler {
  public:
    explicit vitals_page(const vitals& of) : of_(of) {}
    response handle(const request&) override;
    [[nodiscard]] std::size_t body_limit(std::string_view, std::string_view) const override {
        return 0;
    }
    [[nodiscard]] bool blocks(const request&) const override { return true; }

  private:
    const vitals& of_;
};

}  // namespace veche::api
