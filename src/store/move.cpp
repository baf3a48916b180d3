#include "store/move.hpp"

#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "store/folder.hpp"
#include "store/postgres/postgres_rows.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/postgres/postgres_tables.hpp"
#include "store/postgres/shared_guard.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_rows.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/sqlite/sqlite_tables.hpp"
#include "store/whole_file.hpp"

namespace veche::store {
namespace {

constexpr std::size_t entries_at_once = 1000;

/// Gathers batches and appends them.
class copier {
  public:
    copier(journal_tables& from, journal::store& to, std::function<void(std::uint64_t)> progress)
        : from_(from), to_(to), progress_(std::move(progress)) {}

    result<void> run() {
        stream_ = VECHE_TRY(from_.next_stream());
        VECHE_CHECK(from_.entries(0, to_the_end,
                                  [this](std::uint64_t seq, std::string_view leaf,
                                         std::string_view bytes) -> result<void> {
                                      auto done = take(seq, leaf, bytes);
                                      return done && batch_.entries.size() == entries_at_once
                                                 ? flush()
                                                 : done;
                                  }));
        VECHE_CHECK(flush());
        std::int64_t size = -1;
        while (const auto one = VECHE_TRY(from_.checkpoint_after(size))) {
            VECHE_CHECK(to_.put_checkpoint(*one));
            size = static_cast<std::int64_t>(one->size);
        }
        return {};
    }

  private:
    result<void> take(std::uint64_t seq, std::string_view leaf, std::string_view bytes) {
        const auto view = VECHE_TRY(journal::parse_entry(bytes));
        VECHE_CHECK(line_.reset(view.event_line));
        const auto e = VECHE_TRY(journal::read_envelope(line_.root()));
        if (leaf.size() != sizeof(hash256))
            return refuse(refusals::entry_differs, {}, std::to_string(seq));
        batch_.entries.push_back({seq, journal::hash_at(leaf, 0), std::string(bytes)});
        batch_.at = view.at;
        if (!e.derived)
            batch_.idems.push_back(
                {std::string(e.actor), std::string(e.idem), seq, sha256(view.event_line)});
        while (stream_ && stream_->seq <= seq) {
            batch_.streams.push_back(*std::move(stream_));
            stream_ = VECHE_TRY(from_.next_stream());
        }
        return {};
    }
    result<void> flush() {
        if (batch_.entries.empty()) return {};
        const std::uint64_t first = batch_.entries.front().seq;
        const std::uint64_t last = batch_.entries.back().seq;
        VECHE_CHECK(to_.append(batch_, first));
        batch_ = {};
        if (progress_) progress_(last + 1);
        return {};
    }

    journal_tables& from_;
    journal::store& to_;
    std::function<void(std::uint64_t)> progress_;
    journal::batch batch_;
    json::document line_;
    std::optional<journal::stream_row> stream_;
};

result<void> compare(const journal::store& a, const journal::store& b) {
    if (a.current().next != b.current().next)
        return refuse(refusals::overtaken, {}, std::to_string(a.current().next),
                      std::to_string(b.current().next));
    if (a.current().edge.root() != b.current().edge.root())
        return refuse(refusals::tree_differs, {}, "of the copy");
    return {};
}

/// Readable by its owner alone: the address may hold a password.
result<void> write_pointer(const std::filesystem::path& folder, const std::string& url) {
    return replace_file(pointer_file(folder), url + "\n", 0600);
}

result<void> copy_papers(const contents& from, contents& to) {
    const auto all = VECHE_TRY(from.all());
    for (const std::string& hash : all) {
        const std::string bytes = VECHE_TRY(from.read(hash));
        VECHE_CHECK(to.keep(bytes));
    }
    return {};
}

result<std::shared_ptr<row_base>> open_rows(const std::string& url, const std::string& schema) {
    return VECHE_TRY(postgres_rows::open(url, schema));
}

/// All that is neither journal nor key.
result<void> parts_to_server(const std::filesystem::path& folder, const union_folder& opened,
                             const std::string& url, const copy_rows& rest) {
    const part_names names = VECHE_TRY(part_names::on(url));
    VECHE_CHECK(create_parts(url, names, opened.publisher->origin(), opened.publisher->vkey()));
    const auto guard_rows = VECHE_TRY(open_rows(url, names.guard));
    const auto guard = VECHE_TRY(shared_guard::open(guard_rows, nullptr));
    const key_history keys = VECHE_TRY(opened.keys());
    VECHE_CHECK(guard->keep(keys));
    const auto last = VECHE_TRY(opened.guard->last());
    if (last.size > 0) VECHE_CHECK(guard->advance(0, last));
    const auto sealed = VECHE_TRY(open_rows(url, names.sealed));
    const auto own = VECHE_TRY(sqlite_rows::open(folder / "sealed.sqlite", row_file::secret));
    VECHE_CHECK(sealed_store::copy(*own, *sealed));
    const auto paper_rows = VECHE_TRY(open_rows(url, names.papers));
    row_contents papers(paper_rows);
    VECHE_CHECK(copy_papers(*opened.papers, papers));
    const auto desk = VECHE_TRY(open_rows(url, names.desk));
    return rest(*opened.accounts, *opened.follows, *desk, *desk);
}

/// Under names that nothing opens.
result<void> set_aside(const std::filesystem::path& folder) {
    for (const char* name : {"sealed.sqlite", "follows.sqlite", "accounts.sqlite", "papers",
                             handovers_name, lost_vkeys_name, journal_name}) {
        std::error_code error;
        const auto moved = folder / (std::string(name) + ".moved");
        if (!std::filesystem::exists(folder / name)) continue;
        std::filesystem::remove_all(moved, error);
        std::filesystem::rename(folder / name, moved, error);
        if (error) return refuse(refusals::read_only, {}, folder.string(), error.message());
    }
    return {};
}

result<void> to_server(const std::filesystem::path& folder, const union_folder& opened,
                       const std::string& url, const copy_rows& rest,
                       const std::function<void(std::uint64_t)>& progress) {
    VECHE_CHECK(postgres_store::create(url));
    {
        database file = VECHE_TRY(database::open((folder / journal_name).string(), access::read));
        sqlite_tables tables(file);
        const auto to = VECHE_TRY(postgres_store::open(url));
        VECHE_CHECK(copy_journal(tables, *to, progress));
    }
    const auto copy = VECHE_TRY(postgres_store::open(url));
    VECHE_CHECK(compare(*opened.journal, *copy));
    VECHE_CHECK(parts_to_server(folder, opened, url, rest));
    // The pointer rules from here on; the files stay as copies.
    VECHE_CHECK(write_pointer(folder, url));
    return set_aside(folder);
}

/// Copies the parts into files beside those that they will be; renames them last.
result<void> parts_to_folder(const std::filesystem::path& folder, const union_folder& opened,
                             const std::string& url, const copy_rows& rest) {
    const part_names names = VECHE_TRY(part_names::on(url));
    std::error_code error;
    const char* const files[] = {"sealed.sqlite", "follows.sqlite", "accounts.sqlite"};
    for (const char* name : files)
        std::filesystem::remove(folder / (std::string(name) + ".part"), error);
    {
        VECHE_CHECK(sealed_store::create(folder / "sealed.sqlite.part"));
        const auto sealed = VECHE_TRY(open_rows(url, names.sealed));
        const auto own =
            VECHE_TRY(sqlite_rows::open(folder / "sealed.sqlite.part", row_file::secret));
        VECHE_CHECK(sealed_store::copy(*sealed, *own));
        const auto follows =
            VECHE_TRY(sqlite_rows::open(folder / "follows.sqlite.part", row_file::alone));
        const auto accounts =
            VECHE_TRY(sqlite_rows::open(folder / "accounts.sqlite.part", row_file::beside));
        VECHE_CHECK(rest(*opened.accounts, *opened.follows, *accounts, *follows));
        folder_contents papers(folder / "papers");
        VECHE_CHECK(copy_papers(*opened.papers, papers));
        const auto last = VECHE_TRY(opened.guard->last());
        VECHE_CHECK(opened.guard->saw(last));
        const key_history keys = VECHE_TRY(opened.keys());
        VECHE_CHECK(keys.keep_in(folder));
    }
    for (const char* name : files) {
        std::filesystem::rename(folder / (std::string(name) + ".part"), folder / name, error);
        if (error) return refuse(refusals::read_only, {}, folder.string(), error.message());
    }
    return {};
}

result<void> to_folder(const std::filesystem::path& folder, const union_folder& opened,
                       const std::string& url, const copy_rows& rest,
                       const std::function<void(std::uint64_t)>& progress) {
    const std::filesystem::path part = folder / "journal.sqlite.part";
    std::error_code error;
    std::filesystem::remove(part, error);
    VECHE_CHECK(sqlite_store::create(part));
    {
        session from = VECHE_TRY(session::open(url));
        VECHE_CHECK(from.begin_reading());
        postgres_tables tables(from);
        const auto to = VECHE_TRY(sqlite_store::open(part));
        VECHE_CHECK(copy_journal(tables, *to, progress));
    }
    std::uint64_t size = 0;
    {
        const auto copy = VECHE_TRY(sqlite_store::open(part));
        VECHE_CHECK(compare(*opened.journal, *copy));
        size = copy->current().next;
    }
    VECHE_CHECK(parts_to_folder(folder, opened, url, rest));
    // The last moment at which somebody else could have written: from here on nobody can.
    VECHE_CHECK(postgres_store::retire(url, size));
    std::filesystem::rename(part, folder / journal_name, error);
    if (!error) std::filesystem::remove(pointer_file(folder), error);
    if (error) return refuse(refusals::read_only, {}, folder.string(), error.message());
    return {};
}

}  // namespace

result<void> copy_journal(journal_tables& from, journal::store& to,
                          const std::function<void(std::uint64_t)>& progress) {
    return copier(from, to, progress).run();
}

result<moved_journal> move_union(const std::filesystem::path& folder, const std::string& to,
                                 const copy_rows& rest,
                                 const std::function<void(std::uint64_t, std::uint64_t)>& tell) {
    const union_folder opened = VECHE_TRY(open_folder(folder));
    const std::string url = VECHE_TRY(pointer_in(folder));
    const bool out = postgres_store::is_url(to);
    const std::string from = url.empty() ? folder.string() : session::place_of(url);
    if (out == !url.empty()) return refuse(refusals::already_there, {}, from);
    const std::uint64_t of = opened.journal->current().next;
    const auto progress = [&](std::uint64_t n) {
        if (tell) tell(n, of);
    };
    VECHE_CHECK(out ? to_server(folder, opened, to, rest, progress)
                    : to_folder(folder, opened, url, rest, progress));
    const journal::head end = opened.journal->current();
    return moved_journal{end.next, end.edge.root(), from,
                         out ? session::place_of(to) : folder.string()};
}

}  // namespace veche::store
