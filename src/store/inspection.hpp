#pragma once
// The tables of a journal, whichever database they lie in, and what is checked of them: all of it
// before they are used, or, where a snapshot knows how they begin, the end of them before and all
// of it beside their use.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>

#include "journal/log_source.hpp"
#include "journal/store.hpp"
#include "journal/tiles.hpp"

namespace veche::store {

/// Beyond the number of any entry.
constexpr auto to_the_end = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

/// The tables of a journal, as they are read through. Each call reads what is there at its moment.
class journal_tables {
  public:
    virtual ~journal_tables() = default;
    /// What a person is told: the file, the server.
    [[nodiscard]] virtual std::string place() const = 0;
    /// Once more after the connection was lost.
    virtual result<void> restore() { return {}; }

    using take_entry = std::function<result<void>(std::uint64_t seq, std::string_view leaf,
                                                  std::string_view bytes)>;
    /// Those of [from, to) in the order of their numbers, as they lie there.
    virtual result<void> entries(std::uint64_t from, std::uint64_t to, const take_entry&) = 0;
    /// The number of the next entry, as the head says.
    virtual result<std::uint64_t> next_entry() = 0;
    /// Whether this tile is there with these hashes.
    virtual result<bool> has_tile(unsigned level, std::uint64_t index, std::string_view hashes) = 0;
    /// Whether there is any tile of a number in [from, to].
    virtual result<bool> has_tiles(std::int64_t from, std::int64_t to) = 0;
    /// The first one of a greater size; nothing after the last.
    virtual result<std::optional<journal::stored_checkpoint>> checkpoint_after(
        std::int64_t size) = 0;

    using take_idem = std::function<void(std::string_view actor, std::string_view key,
                                         std::int64_t seq, std::string_view sha)>;
    struct idem_place {
        std::string actor, key;
    };
    /// A slice of them in their order, from after that place on or from the first. Moves the place;
    /// false after the last.
    virtual result<bool> idems(std::optional<idem_place>& after, const take_idem&) = 0;
    /// Versions of streams, by the number of the entry; nothing after the last.
    virtual result<std::optional<journal::stream_row>> next_stream() = 0;
};

/// How a journal is known to begin: so many entries, and the root of their tree.
struct known_entries {
    std::uint64_t size = 0;
    hash256 root{};
    /// Nothing is known, and nothing is read before it is used but that the tree which the tables
    /// keep is the head's: whoever opens it reads all of it (`later_inspection::now`).
    bool unread = false;
};

/// Whether others may append meanwhile: what comes after the head is left alone then.
enum class company : std::uint8_t { alone, beside_others };

/// Reads everything once. Refuses, naming what differs: entries that are missing or changed
/// (store.not_contiguous, store.entry_differs), tiles or a head that do not follow from them
/// (store.tree_differs), idempotency keys (store.index_differs), checkpoints
/// (store.checkpoint_differs). Answers the tiles that are not full. `take` is given each entry once
/// it was compared with its leaf; the rest is not read where it wants no more.
result<journal::tile_edge> inspect(journal_tables&, const journal::head& head,
                                   company = company::alone, const journal::take_entry& take = {});

/// The same of what comes after the entries that are known. Nothing where the tree that the tables
/// keep does not begin with those: then they are to be read from the first. `self`: the store over
/// the tables, which answers by them already.
result<std::optional<journal::tile_edge>> inspect_after(journal_tables&, const journal::head& head,
                                                        const known_entries&,
                                                        const journal::store& self);

/// Reads everything up to a head once, in slices, while others append: what comes after is left to
/// whoever opens it next.
class inspection {
  public:
    inspection(journal_tables&, journal::head);
    ~inspection();
    inspection(const inspection&) = delete;
    inspection& operator=(const inspection&) = delete;

    /// Reads a slice; false once all is read. Refuses as `inspect`, and is of no use afterwards.
    result<bool> step();
    /// Entries that were read so far.
    [[nodiscard]] std::uint64_t entries_done() const;

  private:
    class reader;
    std::unique_ptr<reader> reader_;
};

/// An inspection in a thread of its own, of low priority. Where the tables cannot be reached it
/// begins again.
class later_inspection {
  public:
    /// `tables`: over a connection of its own.
    later_inspection(std::unique_ptr<journal_tables> tables, journal::head of);
    ~later_inspection();
    later_inspection(const later_inspection&) = delete;
    later_inspection& operator=(const later_inspection&) = delete;

    /// Told of a fault, once and on its thread; or that all holds.
    void start(std::function<void(const refusal&)> on_fault, std::function<void()> on_end);
    /// `inspect` up to this head, here and now, instead.
    result<void> now(const journal::head&, company, const journal::take_entry&);
    [[nodiscard]] std::uint64_t done() const { return done_; }
    [[nodiscard]] std::uint64_t of() const { return of_.next; }
    [[nodiscard]] bool ended() const { return ended_; }

  private:
    void run();
    bool wait(std::chrono::milliseconds);

    std::unique_ptr<journal_tables> tables_;
    journal::head of_;
    std::atomic<std::uint64_t> done_ = 0;
    std::atomic<bool> ended_ = false;
    std::function<void(const refusal&)> on_fault_;
    std::function<void()> on_end_;
    std::mutex mutex_;
    std::condition_variable wakes_;
    bool closing_ = false;
    std::thread thread_;
};

}  // namespace veche::store
