#include "store/inspection.hpp"

#include "journal/checkpoint.hpp"
#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "store/refusal.hpp"

namespace veche::store {
namespace {

/// Rows in any order sum up to the same digest: each is hashed, the hashes are added by exclusive
/// or. Enough against damage; against a forger stand the signatures.
class unordered_digest {
  public:
    void add(std::string_view actor, std::string_view key, std::int64_t seq, std::string_view sha) {
        const std::string number = std::to_string(seq);
        const hash256 h = sha256({actor, "\n", key, "\n", number, "\n", sha});
        for (std::size_t i = 0; i < sum_.size(); ++i) sum_[i] ^= h[i];
        ++count_;
    }
    bool operator==(const unordered_digest&) const = default;

  private:
    hash256 sum_{};
    std::uint64_t count_ = 0;
};

class inspector {
  public:
    explicit inspector(journal_tables& from) : from_(from) {}

    result<journal::tile_edge> run(const journal::head& head) {
        VECHE_CHECK(next_checkpoint());
        VECHE_CHECK(compare_checkpoint());
        VECHE_CHECK(read_entries(head));
        if (checkpoint_) return changed(refusals::checkpoint_differs);
        VECHE_CHECK(compare_head(head));
        VECHE_CHECK(compare_tile_count());
        VECHE_CHECK(compare_idems());
        return std::move(tiles_);
    }

  private:
    tl::unexpected<refusal> changed(const refusal_kind& what) const {
        return refuse(what, {}, from_.place());
    }

    result<void> next_checkpoint() {
        checkpoint_.reset();
        const auto stored = VECHE_TRY(from_.next_checkpoint());
        if (!stored) return {};
        const auto read = journal::parse_checkpoint(stored->note);
        if (!read || read->size != stored->size || read->root != stored->root)
            return changed(refusals::checkpoint_differs);
        checkpoint_ = *read;
        return {};
    }
    /// The next checkpoint's root, as soon as that many entries have been read.
    result<void> compare_checkpoint() {
        if (!checkpoint_ || checkpoint_->size != grown_.size()) return {};
        if (checkpoint_->root != grown_.root()) return changed(refusals::checkpoint_differs);
        return next_checkpoint();
    }

    result<void> read_entries(const journal::head& head) {
        VECHE_CHECK(from_.entries(
            [&](std::uint64_t seq, std::string_view leaf, std::string_view bytes) -> result<void> {
                if (seq != grown_.size())
                    return refuse(refusals::not_contiguous, {}, std::to_string(grown_.size()),
                                  std::to_string(head.next));
                return read_entry(leaf, bytes);
            }));
        if (grown_.size() != head.next)
            return refuse(refusals::not_contiguous, {}, std::to_string(grown_.size()),
                          std::to_string(head.next));
        return {};
    }

    result<void> read_entry(std::string_view leaf, std::string_view bytes) {
        const hash256 hash = journal::leaf_hash(bytes);
        const auto view = journal::parse_entry(bytes);
        if (as_bytes(hash) != leaf || !view || view->seq != grown_.size())
            return refuse(refusals::entry_differs, {}, std::to_string(grown_.size()));
        last_at_ = view->at;
        VECHE_CHECK(line_.reset(view->event_line));
        const auto e = VECHE_TRY(journal::read_envelope(line_.root()));
        if (!e.derived)
            from_entries_.add(e.actor, e.idem, static_cast<std::int64_t>(view->seq),
                              as_bytes(sha256(view->event_line)));
        grown_.append(hash);
        VECHE_CHECK(compare_checkpoint());
        return tiles_.append(hash,
                             [this](unsigned level, std::uint64_t index, std::string_view hashes) {
                                 return compare_tile(level, index, hashes);
                             });
    }

    result<void> compare_tile(unsigned level, std::uint64_t index, std::string_view hashes) {
        ++full_tiles_;
        const bool same = VECHE_TRY(from_.has_tile(level, index, hashes));
        if (!same) return changed(refusals::tree_differs);
        return {};
    }

    result<void> compare_head(const journal::head& head) {
        if (head.edge.root() != grown_.root() || head.at != last_at_)
            return changed(refusals::tree_differs);
        return {};
    }

    result<void> compare_tile_count() {
        if (VECHE_TRY(from_.tile_count()) != full_tiles_) return changed(refusals::tree_differs);
        return {};
    }

    result<void> compare_idems() {
        unordered_digest stored;
        VECHE_CHECK(from_.idems([&](std::string_view actor, std::string_view key, std::int64_t seq,
                                    std::string_view sha) { stored.add(actor, key, seq, sha); }));
        if (stored != from_entries_) return changed(refusals::index_differs);
        return {};
    }

    journal_tables& from_;
    json::document line_;
    journal::frontier grown_;
    journal::tile_edge tiles_;
    std::uint64_t full_tiles_ = 0;
    std::optional<journal::checkpoint> checkpoint_;
    instant last_at_;
    unordered_digest from_entries_;
};

}  // namespace

result<journal::tile_edge> inspect(journal_tables& from, const journal::head& head) {
    return inspector(from).run(head);
}

}  // namespace veche::store
