#include "store/inspection.hpp"

#include <algorithm>

#include <sys/resource.h>
#include <unistd.h>

#include "journal/checkpoint.hpp"
#include "journal/entry.hpp"
#include "journal/glance.hpp"
#include "kernel/check.hpp"
#include "store/form.hpp"
#include "store/refusal.hpp"

namespace veche::store {
namespace {

constexpr std::uint64_t slice_entries = 4096;
constexpr std::int64_t first_number = std::numeric_limits<std::int64_t>::min();

/// Rows in any order sum up to the same digest: each is mixed into 64 bits, and these are added.
/// Enough against damage; against a forger stand the signatures. Lives as long as one inspection,
/// and is written nowhere.
class unordered_digest {
  public:
    void add(std::string_view actor, std::string_view key, std::int64_t seq, std::string_view sha) {
        std::uint64_t row = static_cast<std::uint64_t>(seq);
        for (const std::string_view part : {actor, key, sha})
            row = mixed(row ^ std::hash<std::string_view>{}(part));
        sum_ += row;
        ++count_;
    }
    bool operator==(const unordered_digest&) const = default;

  private:
    /// A permutation after which each bit depends on all: the end of SplitMix64 (Steele, Lea,
    /// Flood, "Fast splittable pseudorandom number generators", 2014, figure 14).
    static std::uint64_t mixed(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    std::uint64_t sum_ = 0;
    std::uint64_t count_ = 0;
};

/// Entries as they are read, one after another, held against tree and checkpoints.
class inspector {
  public:
    explicit inspector(journal_tables& from) : from_(from) {}
    /// Goes on after entries of whose tree this is the edge.
    inspector(journal_tables& from, journal::frontier grown, journal::tile_edge tiles)
        : from_(from),
          grown_(std::move(grown)),
          tiles_(std::move(tiles)),
          checkpoint_size_(static_cast<std::int64_t>(grown_.size())) {}

    result<void> begin() {
        VECHE_CHECK(next_checkpoint());
        return compare_checkpoint();
    }

    /// Gives entries away as they are read; nobody may want more (`enough`).
    void hand_to(const journal::take_entry& take) { take_ = &take; }
    [[nodiscard]] bool enough() const { return enough_; }

    /// The next slice of entries up to `end`.
    result<void> read_slice(std::uint64_t end) {
        const std::uint64_t to = std::min(grown_.size() + slice_entries, end);
        VECHE_CHECK(read(to, end));
        if (enough_) return {};
        if (grown_.size() != to) return missing(end);
        return find_keys();
    }

    /// Whether nothing comes after the entries that were read, in the tables as they are now.
    result<void> compare_end(const journal::head& head) {
        VECHE_CHECK(read(to_the_end, head.next));
        if (grown_.size() != head.next) return missing(head.next);
        if (checkpoint_) return changed(refusals::checkpoint_differs);
        for (unsigned level = 0; level < 8; ++level)
            VECHE_CHECK(compare_no_tiles(tile_id(level, head.next >> (8 * level) >> 8),
                                         tile_id(level + 1, 0) - 1));
        VECHE_CHECK(compare_no_tiles(first_number, -1));
        return compare_no_tiles(tile_id(8, 0), std::numeric_limits<std::int64_t>::max());
    }

    result<void> compare_head(const journal::head& head) {
        if (head.edge.root() != grown_.root() || head.at != last_at_)
            return changed(refusals::tree_differs);
        return {};
    }

    /// Another slice of keys; true once all were as the entries say. With `beside` others append
    /// meanwhile: their keys are not looked at.
    result<bool> read_idems(std::uint64_t end, bool beside) {
        bool beyond = false;
        const bool more =
            VECHE_TRY(from_.idems(after_, [&](std::string_view actor, std::string_view key,
                                              std::int64_t seq, std::string_view sha) {
                if (beside && seq >= static_cast<std::int64_t>(end)) {
                    beyond = true;
                    last_key_of_ = std::max(last_key_of_, seq);
                } else {
                    stored_.add(actor, key, seq, sha);
                }
            }));
        // A key that others added belongs to an entry that is there.
        if (beyond && static_cast<std::uint64_t>(last_key_of_) >= VECHE_TRY(from_.next_entry()))
            return changed(refusals::index_differs);
        if (more) return false;
        if (stored_ != from_entries_) return changed(refusals::index_differs);
        return true;
    }

    [[nodiscard]] std::uint64_t size() const { return grown_.size(); }
    [[nodiscard]] journal::tile_edge& tiles() { return tiles_; }
    /// Keys are looked up as their entries are read, not compared in the end.
    void look_up_keys(const journal::store& in) { keys_in_ = &in; }
    void set_last_at(instant at) { last_at_ = at; }

  private:
    tl::unexpected<refusal> changed(const refusal_kind& what) const {
        return refuse(what, {}, from_.place());
    }
    tl::unexpected<refusal> missing(std::uint64_t end) const {
        return refuse(refusals::not_contiguous, {}, std::to_string(grown_.size()),
                      std::to_string(end));
    }

    result<void> next_checkpoint() {
        checkpoint_.reset();
        const auto stored = VECHE_TRY(from_.checkpoint_after(checkpoint_size_));
        if (!stored) return {};
        const auto read = journal::parse_checkpoint(stored->note);
        if (!read || read->size != stored->size || read->root != stored->root)
            return changed(refusals::checkpoint_differs);
        checkpoint_ = *read;
        checkpoint_size_ = static_cast<std::int64_t>(stored->size);
        return {};
    }
    /// The next checkpoint's root, as soon as that many entries have been read.
    result<void> compare_checkpoint() {
        if (!checkpoint_ || checkpoint_->size != grown_.size()) return {};
        if (checkpoint_->root != grown_.root()) return changed(refusals::checkpoint_differs);
        return next_checkpoint();
    }

    result<void> read(std::uint64_t to, std::uint64_t end) {
        return from_.entries(
            grown_.size(), to,
            [&](std::uint64_t seq, std::string_view leaf, std::string_view bytes) -> result<void> {
                if (enough_) return {};
                if (seq != grown_.size()) return missing(end);
                return read_entry(leaf, bytes);
            });
    }

    result<void> read_entry(std::string_view leaf, std::string_view bytes) {
        const hash256 hash = journal::leaf_hash(bytes);
        const auto view = journal::parse_entry(bytes);
        if (as_bytes(hash) != leaf || !view || view->seq != grown_.size())
            return refuse(refusals::entry_differs, {}, std::to_string(grown_.size()));
        last_at_ = view->at;
        VECHE_CHECK(note_key(*view));
        const auto tiles_good = tiles_.append(
            grown_, hash, [this](unsigned level, std::uint64_t index, std::string_view hashes) {
                return compare_tile(level, index, hashes);
            });
        if (take_ != nullptr && !(*take_)({view->seq, bytes, hash, &grown_})) {
            enough_ = true;
            return {};
        }
        VECHE_CHECK(tiles_good);
        return compare_checkpoint();
    }

    result<void> note_key(const journal::entry_view& view) {
        const auto seen = VECHE_TRY(journal::glance_at(view.event_line));
        if (seen.derived) return {};
        const hash256 sha = sha256(view.event_line);
        if (keys_in_ != nullptr)
            sought_.push_back({std::string(seen.actor), std::string(seen.idem), view.seq, sha});
        else
            from_entries_.add(seen.actor, seen.idem, static_cast<std::int64_t>(view.seq),
                              as_bytes(sha));
        return {};
    }

    /// Whether the keys of the slice stand where they should.
    result<void> find_keys() {
        if (keys_in_ == nullptr) return {};
        std::vector<journal::store::idem_key> keys;
        for (const journal::idem_row& one : sought_) keys.push_back({one.actor, one.idem});
        const auto found = VECHE_TRY(keys_in_->find_idems(keys));
        for (std::size_t i = 0; i < sought_.size(); ++i)
            if (!found[i] || found[i]->seq != sought_[i].seq || found[i]->sha != sought_[i].sha)
                return changed(refusals::index_differs);
        sought_.clear();
        return {};
    }

    result<void> compare_tile(unsigned level, std::uint64_t index, std::string_view hashes) {
        const bool same = VECHE_TRY(from_.has_tile(level, index, hashes));
        if (!same) return changed(refusals::tree_differs);
        return {};
    }

    result<void> compare_no_tiles(std::int64_t from, std::int64_t to) {
        const bool there = VECHE_TRY(from_.has_tiles(from, to));
        if (there) return changed(refusals::tree_differs);
        return {};
    }

    journal_tables& from_;
    journal::frontier grown_;
    journal::tile_edge tiles_;
    std::optional<journal::checkpoint> checkpoint_;
    std::int64_t checkpoint_size_ = first_number;
    instant last_at_;
    const journal::take_entry* take_ = nullptr;
    bool enough_ = false;
    const journal::store* keys_in_ = nullptr;
    std::vector<journal::idem_row> sought_;
    unordered_digest from_entries_, stored_;
    std::optional<journal_tables::idem_place> after_;
    std::int64_t last_key_of_ = -1;
};

/// The right edge of the tree of the first `size` entries.
result<journal::frontier> edge_at(const journal::subtree_reader& tree, std::uint64_t size) {
    std::string hashes;
    for (unsigned level = 64; level-- > 0;)
        if ((size >> level & 1) != 0) {
            const hash256 root = VECHE_TRY(tree(level, (size >> level) - 1));
            hashes += as_bytes(root);
        }
    auto edge = journal::frontier::from_bytes(size, hashes);
    VECHE_ENSURE(edge, "a tree has a full subtree for each bit of its size");
    return *std::move(edge);
}

/// The tiles of a journal that nobody has read yet; nothing where they are not the head's.
result<std::optional<journal::tile_edge>> unread_edge(const journal::subtree_reader& tree,
                                                      const journal::head& head) {
    std::optional<journal::tile_edge> end;
    const auto edge = edge_at(tree, head.next);
    if (!edge || edge->root() != head.edge.root()) return end;
    end = VECHE_TRY(journal::tile_edge::at(tree, head.next));
    return end;
}

bool is_of_the_connection(const refusal& why) {
    return why.kind->transient || why.kind == &refusals::unreachable;
}

}  // namespace

result<journal::tile_edge> inspect(journal_tables& from, const journal::head& head, company with,
                                   const journal::take_entry& take) {
    const bool beside = with == company::beside_others;
    inspector all(from);
    if (take) all.hand_to(take);
    VECHE_CHECK(all.begin());
    while (all.size() < head.next) {
        VECHE_CHECK(all.read_slice(head.next));
        if (all.enough()) return std::move(all.tiles());
    }
    if (!beside) VECHE_CHECK(all.compare_end(head));
    VECHE_CHECK(all.compare_head(head));
    while (!VECHE_TRY(all.read_idems(head.next, beside))) {
    }
    return std::move(all.tiles());
}

result<std::optional<journal::tile_edge>> inspect_after(journal_tables& from,
                                                        const journal::head& head,
                                                        const known_entries& known,
                                                        const journal::store& self) {
    std::optional<journal::tile_edge> end;
    const auto tree = journal::subtrees_of(self, head.next);
    if (known.unread) return unread_edge(tree, head);
    if (known.size == 0 || known.size > head.next) return end;
    auto edge = edge_at(tree, known.size);
    if (!edge || edge->root() != known.root) return end;
    auto tiles = VECHE_TRY(journal::tile_edge::at(tree, known.size));
    inspector rest(from, *std::move(edge), std::move(tiles));
    rest.look_up_keys(self);
    if (known.size == head.next) rest.set_last_at(head.at);
    VECHE_CHECK(rest.begin());
    while (rest.size() < head.next) VECHE_CHECK(rest.read_slice(head.next));
    VECHE_CHECK(rest.compare_end(head));
    VECHE_CHECK(rest.compare_head(head));
    end = std::move(rest.tiles());
    return end;
}

// --- Beside its use
// --------------------------------------------------------------------------------

class inspection::reader {
  public:
    reader(journal_tables& from, journal::head of) : all_(from), of_(std::move(of)) {}

    result<bool> step() {
        if (!begun_) {
            VECHE_CHECK(all_.begin());
            begun_ = true;
        }
        if (all_.size() < of_.next) {
            VECHE_CHECK(all_.read_slice(of_.next));
            return true;
        }
        if (!compared_) {
            VECHE_CHECK(all_.compare_head(of_));
            compared_ = true;
        }
        return !VECHE_TRY(all_.read_idems(of_.next, true));
    }
    [[nodiscard]] std::uint64_t size() const { return all_.size(); }

  private:
    inspector all_;
    journal::head of_;
    bool begun_ = false, compared_ = false;
};

inspection::inspection(journal_tables& from, journal::head of)
    : reader_(std::make_unique<reader>(from, std::move(of))) {}
inspection::~inspection() = default;

result<bool> inspection::step() {
    return reader_->step();
}

std::uint64_t inspection::entries_done() const {
    return reader_->size();
}

later_inspection::later_inspection(std::unique_ptr<journal_tables> tables, journal::head of)
    : tables_(std::move(tables)), of_(std::move(of)) {}

later_inspection::~later_inspection() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    wakes_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void later_inspection::start(std::function<void(const refusal&)> on_fault,
                             std::function<void()> on_end) {
    VECHE_ENSURE(!thread_.joinable(), "an inspection is started once");
    on_fault_ = std::move(on_fault);
    on_end_ = std::move(on_end);
    thread_ = std::thread([this] { run(); });
}

result<void> later_inspection::now(const journal::head& of, company with,
                                   const journal::take_entry& take) {
    VECHE_ENSURE(!thread_.joinable(), "an inspection is made once");
    return inspect(*tables_, of, with, take).map([](const journal::tile_edge&) {});
}

/// False where it is to end.
bool later_inspection::wait(std::chrono::milliseconds pause) {
    std::unique_lock lock(mutex_);
    return !wakes_.wait_for(lock, pause, [this] { return closing_; });
}

void later_inspection::run() {
    constexpr auto until_tried_again = std::chrono::milliseconds(500);
    constexpr int gentle = 10;
    // Of this thread alone, as Linux has it. Where it cannot be, all threads are alike.
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), gentle);
    std::optional<inspection> all(std::in_place, *tables_, of_);
    while (wait(std::chrono::milliseconds(0))) {
        const auto more = all->step();
        done_ = all->entries_done();
        if (more && *more) continue;
        if (more) {
            all.reset();
            tables_.reset();  // and its connection
            ended_ = true;
            if (on_end_) on_end_();
            return;
        }
        if (!is_of_the_connection(more.error())) {
            if (on_fault_) on_fault_(more.error());
            return;
        }
        if (!wait(until_tried_again)) return;
        (void)tables_->restore();
        all.emplace(*tables_, of_);
    }
}

}  // namespace veche::store
