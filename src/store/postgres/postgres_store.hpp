#pragma once
// The journal's store on a PostgreSQL server: any number of programs append to it, one batch after
// the other. Rows and compare-and-set only, so that engines that speak its protocol serve as well.
//
// Whoever appends first locks the head's row (`hold`), takes in what others wrote meanwhile, and
// only then decides: what it decides is still true when it is written. Numbers have no gap because
// they come from that row, never from a sequence.

#include <mutex>

#include "journal/store.hpp"
#include "journal/tiles.hpp"
#include "store/inspection.hpp"
#include "store/postgres/session.hpp"

namespace veche::store {

class postgres_store : public journal::store {
  public:
    /// Whether a journal is named so: "postgres://..." or "postgresql://...".
    static bool is_url(std::string_view text);
    /// Makes the tables in an empty schema. Refuses with store.folder_taken where there is one.
    static result<void> create(const std::string& url);
    /// Whether there are tables of a journal, whatever they hold.
    static result<bool> exists(session&);
    /// A journal that is being filled is hidden: whoever opens it finds no union.
    static result<void> hide(const std::string& url);
    static result<void> show(const std::string& url);
    /// Opens and checks what `sqlite_store::open` checks, all as of one moment.
    static result<std::unique_ptr<postgres_store>> open(const std::string& url,
                                                        const known_entries& = {});
    /// As of `sqlite_store`.
    [[nodiscard]] result<std::unique_ptr<later_inspection>> later(const std::string& url) const;

    /// Lets nobody append any more: the journal of so many entries lies elsewhere from now on.
    /// Refuses with store.overtaken where it has more.
    static result<void> retire(const std::string& url, std::uint64_t size);

    /// Where the journal ends, as this connection sees it. Refuses with store.folder_missing,
    /// store.schema_unknown, store.moved.
    static result<journal::head> end_of(session&);
    /// Waits until the standbys have all that a connection which was just made may show.
    static result<void> confirm(session& with);

    [[nodiscard]] bool shared() const override { return true; }
    [[nodiscard]] journal::head current() const override;
    result<journal::head> catch_up() override;
    result<journal::head> hold() override;
    void release() override;
    [[nodiscard]] std::optional<instant> common_clock() const override;
    result<bool> settle(const journal::batch&) override;
    /// Holds the head first where the caller does not.
    result<void> append(const journal::batch& what, std::uint64_t expected) override;
    result<void> read(std::uint64_t from, std::uint64_t to,
                      const std::function<bool(std::uint64_t, std::string_view)>&) const override;
    [[nodiscard]] result<std::string> entry(std::uint64_t seq) const override;
    [[nodiscard]] result<std::string> leaves(std::uint64_t from, std::uint64_t to) const override;
    [[nodiscard]] result<std::string> tile(unsigned level, std::uint64_t index) const override;
    [[nodiscard]] result<std::optional<journal::idem_hit>> find_idem(
        std::string_view actor, std::string_view idem) const override;
    [[nodiscard]] result<std::vector<std::optional<journal::idem_hit>>> find_idems(
        const std::vector<idem_key>&) const override;
    result<void> put_checkpoint(const journal::stored_checkpoint&) override;
    [[nodiscard]] std::optional<journal::stored_checkpoint> latest_checkpoint() const override;
    [[nodiscard]] bool has_checkpoint(std::uint64_t from, std::uint64_t to) const override;

  private:
    /// Where the journal ends, and the tiles that are not full yet.
    struct ending {
        journal::head head;
        journal::tile_edge tiles;
    };
    postgres_store(session write, session read)
        : write_(std::move(write)), read_(std::move(read)) {}
    /// Entries that others wrote, kept for whoever reads them next.
    struct slice_of_others {
        std::uint64_t first = 0;
        std::optional<rows> entries;  ///< bytes, leaf
    };
    result<void> load(const known_entries&);
    result<void> follow(const journal::head& to, const rows* entries = nullptr);
    result<void> hold_locked();
    result<std::vector<rows>> locked_head(std::uint64_t known);
    result<void> check_leaves(const rows&, std::uint64_t first) const;
    bool read_kept(std::uint64_t from, std::uint64_t to,
                   const std::function<bool(std::uint64_t, std::string_view)>&) const;
    result<rows> ask(const char* sql, const parameters& with = {}) const;
    static result<std::vector<session::call>> calls_of(const journal::batch&, ending&);
    result<ending> write(const journal::batch&, std::uint64_t expected);

    session write_;                 ///< of the one thread that appends
    mutable session read_;          ///< of all others
    mutable std::mutex writing_;    ///< write_ and held_
    mutable std::mutex reading_;    ///< read_
    mutable std::mutex following_;  ///< who changes end_
    mutable std::mutex heading_;    ///< end_
    ending end_;
    bool whole_ = false;          ///< all of it was read when it was opened
    journal::head opened_;        ///< where it ended then
    bool held_ = false;           ///< a transaction is open that has locked the head
    std::int64_t clock_ms_ = 0;   ///< the server's, when the head was locked last
    mutable std::mutex keeping_;  ///< kept_
    slice_of_others kept_;
};

}  // namespace veche::store
