#include "office/verify.hpp"

#include <atomic>
#include <mutex>
#include <thread>

#include "journal/checkpoint.hpp"
#include "journal/entry.hpp"
#include "journal/tree.hpp"
#include "office/read_ahead.hpp"
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

/// The tree of the entries so far: of whoever reads them, or grown here.
class growing_tree {
  public:
    const journal::frontier& with(const journal::read_entry& last) {
        if (last.tree) return *last.tree;
        own_.append(last.leaf);
        return own_;
    }

  private:
    journal::frontier own_;
};

tl::unexpected<fault> at_entry(std::uint64_t seq, refusal why) {
    return tl::unexpected(fault{seq, std::move(why)});
}

/// What was given to the pool.
struct handed_out {
    std::int64_t signatures = 0;
    std::atomic<std::int64_t> passkeys = 0;
    std::int64_t proofs = 0;
};

/// Lets the pool check signatures, where they are to be checked, and proofs of ballots. Both must
/// outlive the replay.
void hand_out_checks(replay& past, bool signatures, work_pool& pool, handed_out& count) {
    if (signatures)
        past.on_signature([&](std::uint64_t seq, std::string_view line, std::string_view block,
                              std::vector<signing_key> keys) -> result<void> {
            ++count.signatures;
            pool.add({seq,
                      [line = std::string(line), signed_by = journal::signature_lines(block),
                       keys = std::move(keys), &count]() -> result<void> {
                          const signing_key* signer = signer_of(line, signed_by, keys);
                          if (!signer) return refuse(faults::replay_signature);
                          if (!signer->site.empty()) ++count.passkeys;
                          return {};
                      }});
            return {};
        });
    past.on_proofs([&](std::uint64_t seq, std::function<result<void>()> work) -> result<void> {
        ++count.proofs;
        pool.add({seq, std::move(work)});
        return {};
    });
}

verify_report report_of(const replay& past, const handed_out& checks) {
    const replay_count& c = past.count();
    verify_report r;
    r.origin = past.origin();
    r.entries = c.entries;
    r.acts = c.acts;
    r.derived = c.derived;
    r.signatures = checks.signatures;
    r.passkeys = checks.passkeys;
    r.proofs = checks.proofs;
    r.unsigned_acts = c.unsigned_acts;
    r.votes = c.votes;
    r.decisions = c.decisions;
    return r;
}

/// With one thread all in turn; with more one reads ahead.
result<void> stream(journal::log_source& source, std::uint64_t size, unsigned threads,
                    const journal::take_entry& take) {
    return threads == 1 ? source.entries(size, take) : entries_ahead(source, size, take);
}

/// The checkpoint, held against the log's key and what else the reader trusts.
result<journal::checkpoint> accepted(const result<std::string>& note, const std::string& vkey,
                                     trust& held) {
    if (!note) return tl::unexpected(note.error());
    auto c = VECHE_TRY(vkey.empty() ? journal::parse_checkpoint(*note)
                                    : journal::verify_checkpoint(*note, vkey));
    VECHE_CHECK(held.begin(c, *note));
    return c;
}

}  // namespace

tl::expected<verify_report, fault> verify(journal::log_source& source, const verify_options& with) {
    const auto whole = [](refusal why) { return tl::unexpected(fault{{}, std::move(why)}); };
    trust held(with.trust, with.vkey);
    const auto note = source.checkpoint();
    const auto checkpoint = accepted(note, with.vkey, held);
    if (!checkpoint) return whole(checkpoint.error());
    replay past(checkpoint->origin);
    work_pool pool(with.threads);
    handed_out checks;
    hand_out_checks(past, with.signatures, pool, checks);
    growing_tree grown;
    const snapshot_check snapshot(with.snapshot);
    std::optional<fault> found;
    hash256 root = journal::frontier().root();
    const auto streamed =
        stream(source, checkpoint->size, with.threads, [&](const journal::read_entry& e) {
            if (auto done = past.take(e.bytes); !done) {
                found = fault{e.seq, std::move(done).error()};
                return false;
            }
            const journal::frontier& tree = grown.with(e);
            if (tree.size() == checkpoint->size) root = tree.root();
            if (auto same = held.reach(tree, past.state()); !same) {
                found = fault{{}, std::move(same).error()};
                return false;
            }
            if (auto same = snapshot.compare(past.state()); !same) {
                found = fault{{}, std::move(same).error()};
                return false;
            }
            if (with.progress && e.seq % 1024 == 0) with.progress(e.seq, checkpoint->size);
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
    if (root != checkpoint->root)
        return whole(refusal{&faults::replay_root, {}, {to_base64(as_bytes(root))}});
    if (auto good = held.end(*note); !good) return whole(std::move(good).error());
    if (with.progress) with.progress(checkpoint->size, checkpoint->size);
    if (with.at_end) with.at_end(past.state());
    verify_report report = report_of(past, checks);
    report.checkpoint_signature = !with.vkey.empty();
    report.root = to_base64(as_bytes(checkpoint->root));
    held.tell(report.cosigned, report.extends);
    if (with.state_hash) report.state = to_hex(state_hash(past.state()));
    if (with.snapshot && with.snapshot->size <= report.entries)
        report.snapshot = with.snapshot->size;
    return report;
}

}  // namespace veche::office
