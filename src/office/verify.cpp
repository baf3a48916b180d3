#include "office/verify.hpp"

#include <atomic>
#include <mutex>
#include <thread>

#include "journal/checkpoint.hpp"
#include "journal/entry.hpp"
#include "journal/tree.hpp"
#include "office/state_bytes.hpp"

namespace veche::office {
namespace {

/// One costly check that depends on no other: a signature of an actor, the proofs of a ballot.
struct job {
    std::uint64_t seq = 0;
    std::function<result<void>()> check;
};

/// Does the checks in groups on all cores: they are nearly all the cost of a full verify.
class work_pool {
  public:
    explicit work_pool(unsigned threads)
        : threads_(threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency())) {}

    void add(job one) {
        jobs_.push_back(std::move(one));
        if (jobs_.size() >= 4096) run();
    }

    void run() {
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
            for (std::size_t i = next++; i < jobs_.size(); i = next++)
                if (auto done = jobs_[i].check(); !done)
                    note_bad(jobs_[i].seq, std::move(done).error());
        };
        std::vector<std::jthread> helpers;
        for (unsigned t = 1; t < threads_; ++t) helpers.emplace_back(work);
        work();
        helpers.clear();
        jobs_.clear();
    }

    /// The earliest entry with a check that failed.
    [[nodiscard]] const std::optional<fault>& first_bad() const { return first_bad_; }

  private:
    void note_bad(std::uint64_t seq, refusal why) {
        const std::lock_guard lock(mutex_);
        if (!first_bad_ || seq < *first_bad_->seq) first_bad_ = fault{seq, std::move(why)};
    }
    unsigned threads_;
    std::vector<job> jobs_;
    std::mutex mutex_;
    std::optional<fault> first_bad_;
};

/// Compares the state with what a snapshot says of it, once as many entries are folded.
class snapshot_check {
  public:
    explicit snapshot_check(const std::optional<snapshot_line>& said) : said_(said) {}
    [[nodiscard]] result<void> compare(const union_state& s) const {
        if (!said_ || s.size != static_cast<std::uint64_t>(said_->size)) return {};
        if (to_hex(state_hash(s)) == said_->state) return {};
        return refuse(faults::replay_snapshot, {}, std::to_string(said_->size));
    }

  private:
    const std::optional<snapshot_line>& said_;
};

tl::unexpected<fault> at_entry(std::uint64_t seq, refusal why) {
    return tl::unexpected(fault{seq, std::move(why)});
}

verify_report report_of(const replay& past, std::int64_t signatures, std::int64_t passkeys,
                        std::int64_t proofs) {
    const replay_count& c = past.count();
    verify_report r;
    r.origin = past.origin();
    r.entries = c.entries;
    r.acts = c.acts;
    r.derived = c.derived;
    r.signatures = signatures;
    r.passkeys = passkeys;
    r.proofs = proofs;
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
    work_pool pool(with.threads);
    std::int64_t signatures = 0;
    std::atomic<std::int64_t> passkeys = 0;
    std::int64_t proofs = 0;
    if (with.signatures)
        past.on_signature([&](std::uint64_t seq, std::string_view line, std::string_view block,
                              std::vector<signing_key> keys) -> result<void> {
            ++signatures;
            pool.add({seq,
                      [line = std::string(line), signed_by = journal::signature_lines(block),
                       keys = std::move(keys), &passkeys]() -> result<void> {
                          const signing_key* signer = signer_of(line, signed_by, keys);
                          if (!signer) return refuse(faults::replay_signature);
                          if (!signer->site.empty()) ++passkeys;
                          return {};
                      }});
            return {};
        });
    past.on_proofs([&](std::uint64_t seq, std::function<result<void>()> work) -> result<void> {
        ++proofs;
        pool.add({seq, std::move(work)});
        return {};
    });
    journal::frontier tree;
    const snapshot_check snapshot(with.snapshot);
    std::optional<fault> found;
    const auto streamed = journal::for_each_entry(
        source, checkpoint->size, [&](std::uint64_t seq, std::string_view bytes) {
            if (auto done = past.take(bytes); !done) {
                found = fault{seq, std::move(done).error()};
                return false;
            }
            tree.append(journal::leaf_hash(bytes));
            if (auto same = snapshot.compare(past.state()); !same) {
                found = fault{{}, std::move(same).error()};
                return false;
            }
            if (with.progress && seq % 1024 == 0) with.progress(seq, checkpoint->size);
            return true;
        });
    pool.run();
    // A bad signature or proof on an earlier entry comes first, whatever stopped the replay.
    if (const auto& bad = pool.first_bad();
        bad && (!found || !found->seq || *bad->seq < *found->seq))
        return tl::unexpected(*bad);
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
    if (with.at_end) with.at_end(past.state());
    verify_report report = report_of(past, signatures, passkeys, proofs);
    report.checkpoint_signature = !with.vkey.empty();
    report.root = to_base64(as_bytes(checkpoint->root));
    if (with.state_hash) report.state = to_hex(state_hash(past.state()));
    if (with.snapshot && with.snapshot->size <= report.entries)
        report.snapshot = with.snapshot->size;
    return report;
}

}  // namespace veche::office
