#include "office/verify.hpp"

#include <atomic>
#include <mutex>
#include <thread>

#include "journal/checkpoint.hpp"
#include "journal/entry.hpp"
#include "journal/tree.hpp"

namespace veche::office {
namespace {

struct signature_job {
    std::uint64_t seq = 0;
    std::string event_line;
    std::vector<std::string> lines;
    std::vector<signing_key> keys;
};

/// Checks signatures in groups on all cores: they are nearly all the cost of a full verify and do
/// not depend on each other.
class signature_pool {
  public:
    explicit signature_pool(unsigned threads)
        : threads_(threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency())) {}

    void add(signature_job job) {
        jobs_.push_back(std::move(job));
        if (jobs_.size() >= 4096) run();
    }

    void run() {
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
            for (std::size_t i = next++; i < jobs_.size(); i = next++) {
                const signature_job& job = jobs_[i];
                if (!any_signature_good(job.event_line, job.lines, job.keys)) note_bad(job.seq);
            }
        };
        std::vector<std::jthread> helpers;
        for (unsigned t = 1; t < threads_; ++t) helpers.emplace_back(work);
        work();
        helpers.clear();
        checked_ += static_cast<std::int64_t>(jobs_.size());
        jobs_.clear();
    }

    [[nodiscard]] std::optional<std::uint64_t> first_bad() const { return first_bad_; }
    [[nodiscard]] std::int64_t checked() const { return checked_; }

  private:
    void note_bad(std::uint64_t seq) {
        const std::lock_guard lock(mutex_);
        if (!first_bad_ || seq < *first_bad_) first_bad_ = seq;
    }
    unsigned threads_;
    std::vector<signature_job> jobs_;
    std::mutex mutex_;
    std::optional<std::uint64_t> first_bad_;
    std::int64_t checked_ = 0;
};

tl::unexpected<fault> at_entry(std::uint64_t seq, refusal why) {
    return tl::unexpected(fault{seq, std::move(why)});
}

verify_report report_of(const replay& past, const signature_pool& pool) {
    const replay_count& c = past.count();
    verify_report r;
    r.origin = past.origin();
    r.entries = c.entries;
    r.acts = c.acts;
    r.derived = c.derived;
    r.signatures = pool.checked();
    r.unsigned_acts = c.unsigned_acts;
    r.votes = c.votes;
    r.decisions = c.decisions;
    return r;
}

}  // namespace

tl::expected<verify_report, fault> verify(journal::log_source& source, const verify_options& with) {
    const auto whole = [](refusal why) { return tl::unexpected(fault{{}, std::move(why)}); };
    const auto note = source.checkpoint();
    if (!note) return whole(note.error());
    const auto checkpoint = with.vkey.empty() ? journal::parse_checkpoint(*note)
                                              : journal::verify_checkpoint(*note, with.vkey);
    if (!checkpoint) return whole(checkpoint.error());

    replay past(checkpoint->origin);
    signature_pool pool(with.threads);
    if (with.signatures)
        past.on_signature([&](std::uint64_t seq, std::string_view line, std::string_view block,
                              std::vector<signing_key> keys) -> result<void> {
            pool.add({seq, std::string(line), journal::signature_lines(block), std::move(keys)});
            return {};
        });
    journal::frontier tree;
    std::optional<fault> found;
    const auto streamed = journal::for_each_entry(
        source, checkpoint->size, [&](std::uint64_t seq, std::string_view bytes) {
            if (auto done = past.take(bytes); !done) {
                found = fault{seq, std::move(done).error()};
                return false;
            }
            tree.append(journal::leaf_hash(bytes));
            if (with.progress && seq % 1024 == 0) with.progress(seq, checkpoint->size);
            return true;
        });
    pool.run();
    // A bad signature on an earlier entry comes first, whatever stopped the replay.
    if (const auto bad = pool.first_bad(); bad && (!found || !found->seq || *bad < *found->seq))
        return at_entry(*bad, refusal{&faults::replay_signature, {}, {}});
    if (found) return tl::unexpected(*found);
    if (!streamed) {
        // All before it held, so the fault lies with the next entry, if there should be one.
        const auto next = static_cast<std::uint64_t>(past.count().entries);
        return next < checkpoint->size ? at_entry(next, streamed.error()) : whole(streamed.error());
    }
    if (auto done = past.finish(); !done)
        return at_entry(checkpoint->size, std::move(done).error());
    if (tree.root() != checkpoint->root)
        return whole(refusal{&faults::replay_root, {}, {to_base64(as_bytes(tree.root()))}});
    if (with.progress) with.progress(checkpoint->size, checkpoint->size);
    verify_report report = report_of(past, pool);
    report.checkpoint_signature = !with.vkey.empty();
    report.root = to_base64(as_bytes(checkpoint->root));
    return report;
}

}  // namespace veche::office
