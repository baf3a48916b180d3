#include "upkeep/restore.hpp"

#include <algorithm>
#include <charconv>

#include <sys/stat.h>
#include <unistd.h>

#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "journal/refusal.hpp"
#include "store/contents.hpp"
#include "store/folder.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "upkeep/refusal.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;

constexpr const char* guard_name = "guard.sqlite";

/// Where a journal is cut.
struct cut {
    std::optional<std::uint64_t> seq;
    std::optional<instant> at;
};

result<cut> parse_cut(const std::string& text) {
    if (const auto at = parse_instant(text)) return cut{std::nullopt, at};
    if (const auto day = parse_date(text)) return cut{std::nullopt, start_of(*day)};
    std::uint64_t seq = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
    if (error != std::errc{} || end != text.data() + text.size())
        return refuse(refusals::at_malformed, "at", text);
    return cut{seq, std::nullopt};
}

/// Whether entries are still within the cut. What follows from the last act of it belongs to it:
/// a journal that ends between an act and its consequences does not fold.
class within {
  public:
    explicit within(cut at) : at_(at) {}
    result<bool> operator()(std::uint64_t seq, std::string_view bytes) {
        const auto view = VECHE_TRY(journal::parse_entry(bytes));
        const bool inside = at_.seq ? seq <= *at_.seq : !at_.at || view.at <= *at_.at;
        if (inside) {
            last_ = seq;
            any_ = true;
            return true;
        }
        json::document line;
        VECHE_CHECK(line.reset(view.event_line));
        const auto e = VECHE_TRY(journal::read_envelope(line.root()));
        return any_ && e.derived && e.by <= last_;
    }

  private:
    cut at_;
    std::uint64_t last_ = 0;
    bool any_ = false;
};

class restoring {
  public:
    explicit restoring(const restore_options& with) : with_(with), folder_(with.folder) {}
    ~restoring() {
        if (lock_ >= 0) ::close(lock_);
    }
    restoring(const restoring&) = delete;
    restoring& operator=(const restoring&) = delete;

    result<restore_report> go() {
        const cut at = with_.at.empty() ? cut{} : VECHE_TRY(parse_cut(with_.at));
        kept_ = VECHE_TRY(check_backup(with_.from, with_.progress));
        if (at.seq && *at.seq >= static_cast<std::uint64_t>(kept_.size))
            return refuse(refusals::entry_unknown, "at", with_.at, std::to_string(kept_.size));
        VECHE_CHECK(take_folder());
        if (!looks()) VECHE_CHECK(take_key());
        VECHE_CHECK(take_journal(at));
        VECHE_CHECK(take_papers());
        VECHE_CHECK(take_secrets());
        report_.of = kept_.size;
        report_.folder = folder_.string();
        return looks() ? finish_copy() : finish_union();
    }

  private:
    [[nodiscard]] bool looks() const { return !with_.at.empty(); }

    result<void> take_folder() {
        std::error_code error;
        fs::create_directories(folder_, error);
        for (const auto& each : fs::directory_iterator(folder_, error)) {
            const std::string name = each.path().filename().string();
            const bool of_the_union = name == store::log_key_name || name.starts_with(guard_name);
            if (name != "lock" && (looks() || !of_the_union))
                return refuse(refusals::target_taken, {}, folder_.string(), name);
        }
        lock_ = VECHE_TRY(store::take_folder_lock(folder_));
        return {};
    }

    /// The key must be this journal's, and there must be a guard, or a way to make one.
    result<void> take_key() {
        const fs::path own = folder_ / store::log_key_name;
        const fs::path from = fs::exists(own) ? own : with_.key;
        if (from.empty()) return refuse(refusals::key_missing, {}, folder_.string());
        const auto key = VECHE_TRY(store::read_log_key(from));
        if (journal::format_verifier_key({kept_.origin, key.public_key}) != kept_.vkey)
            return refuse(refusals::key_differs, {}, from.string(), kept_.vkey);
        const bool guarded = fs::exists(folder_ / guard_name);
        if (!guarded && !with_.new_guard && with_.fill_from == nullptr)
            return refuse(refusals::guard_lost);
        if (from != own)
            VECHE_CHECK(store::write_log_key(own, key.secret_key.substr(0, journal::seed_bytes)));
        makes_guard_ = !guarded;
        return guarded ? result<void>{}
                       : store::sqlite_guard::create(folder_ / guard_name, kept_.origin);
    }

    result<void> take_journal(const cut& at) {
        const fs::path part = folder_ / "journal.sqlite.part";
        VECHE_CHECK(store::sqlite_store::create(part));
        {
            const auto to = VECHE_TRY(store::sqlite_store::open(part));
            entry_taker taker(*to, with_.streams);
            within inside(at);
            const auto taken = for_each_kept(
                with_.from, kept_, [&](std::uint64_t seq, std::string_view bytes) -> result<bool> {
                    if (!VECHE_TRY(inside(seq, bytes))) return false;
                    VECHE_CHECK(taker.take(seq, bytes));
                    return true;
                });
            VECHE_CHECK(taken);
            VECHE_CHECK(taker.flush());
            VECHE_CHECK(keep_checkpoint(*to));
            const journal::head end = to->current();
            report_.entries = static_cast<std::int64_t>(end.next);
            report_.root = to_base64(as_bytes(end.edge.root()));
            if (end.next > 0) report_.at = end.at;
        }
        std::error_code error;
        fs::rename(part, folder_ / store::journal_name, error);
        if (error)
            return refuse(refusals::file_failed, {}, part.string(), "cannot be put in its place");
        return sync_path(folder_);
    }

    result<void> keep_checkpoint(store::sqlite_store& to) {
        if (!kept_.checkpoint) return {};
        const auto c = VECHE_TRY(journal::verify_checkpoint(*kept_.checkpoint, kept_.vkey));
        if (c.size > to.current().next) return {};
        return to.put_checkpoint({c.size, c.root, *kept_.checkpoint});
    }

    result<void> take_papers() {
        for (const file_row& row : kept_.files) {
            if (!row.path.starts_with("papers/")) continue;
            const std::string bytes = VECHE_TRY(file_bytes(with_.from / row.path));
            (void)VECHE_TRY(store::keep_content(folder_ / "papers", bytes));
            ++report_.papers;
        }
        return {};
    }

    /// A copy for looking has none: nobody logs in to it, and what is sealed stays where it is.
    result<void> take_secrets() {
        report_.secrets = kept_.secrets && !looks();
        if (report_.secrets)
            for (const file_row& row : kept_.files) {
                if (!row.path.starts_with("secrets/")) continue;
                const std::string name = fs::path(row.path).filename().string();
                const std::string bytes = VECHE_TRY(file_bytes(with_.from / row.path));
                VECHE_CHECK(
                    put_file(folder_ / (name.substr(0, name.find('-')) + ".sqlite"), bytes, true));
            }
        if (report_.secrets) VECHE_CHECK(end_sessions());
        if (!fs::exists(folder_ / "sealed.sqlite"))
            return store::sealed_store::create(folder_ / "sealed.sqlite");
        return {};
    }

    /// Who logged out after the backup was made must not be logged in again.
    result<void> end_sessions() {
        const fs::path file = folder_ / "accounts.sqlite";
        if (!fs::exists(file)) return {};
        auto accounts = VECHE_TRY(store::database::open(file.string(), store::access::write));
        return accounts.execute("DELETE FROM session; PRAGMA journal_mode=DELETE;");
    }

    result<restore_report> finish_copy() {
        const store::looking_copy copy{report_.at.value_or(instant{}), kept_.size, kept_.origin,
                                       report_.entries, kept_.vkey};
        VECHE_CHECK(put_file(store::looking_file(folder_), to_json(copy) + "\n", false));
        return std::move(report_);
    }

    /// A guard that is made anew knows at least what the backup knows to be signed.
    result<void> tell_new_guard() {
        if (!makes_guard_ || !kept_.checkpoint) return {};
        const auto c = VECHE_TRY(journal::verify_checkpoint(*kept_.checkpoint, kept_.vkey));
        const auto guard = VECHE_TRY(store::sqlite_guard::open(folder_ / guard_name));
        return guard->advance(0, {c.size, c.root, *kept_.checkpoint});
    }

    result<restore_report> finish_union() {
        VECHE_CHECK(tell_new_guard());
        ::close(std::exchange(lock_, -1));
        if (with_.fill_from != nullptr) {
            const auto filled = fill(folder_, *with_.fill_from, with_.streams);
            // That nobody has more is no failure: the backup was whole.
            if (!filled && filled.error().kind != &refusals::source_behind)
                return tl::unexpected(filled.error());
            if (filled) {
                report_.filled = filled->filled;
                report_.entries = filled->entries;
                report_.root = filled->root;
            }
        }
        const auto guard = VECHE_TRY(store::sqlite_guard::open(folder_ / guard_name));
        const auto last = VECHE_TRY(guard->last());
        report_.missing =
            std::max<std::int64_t>(0, static_cast<std::int64_t>(last.size) - report_.entries);
        if (report_.missing == 0) (void)VECHE_TRY(store::open_folder(folder_));
        return std::move(report_);
    }

    const restore_options& with_;
    fs::path folder_;
    int lock_ = -1;
    bool makes_guard_ = false;
    manifest kept_;
    restore_report report_;
};

/// The entries of [from, size) of a log, fetched by their bundles.
result<void> fetch_entries(
    journal::log_source& log, std::uint64_t from, std::uint64_t size,
    const std::function<result<void>(std::uint64_t, std::string_view)>& take) {
    for (std::uint64_t first = from / journal::tile_width * journal::tile_width; first < size;
         first += journal::tile_width) {
        const auto width =
            static_cast<unsigned>(std::min<std::uint64_t>(journal::tile_width, size - first));
        const std::string path = journal::tile_path({true, 0, first / journal::tile_width, width});
        const std::string bundle = VECHE_TRY(log.fetch(path));
        const auto entries = VECHE_TRY(journal::split_bundle(bundle, path));
        if (entries.size() != width)
            return refuse(journal::refusals::tile_malformed, {}, path,
                          "it does not hold " + std::to_string(width) + " entries");
        for (unsigned i = 0; i < width; ++i)
            if (first + i >= from) VECHE_CHECK(take(first + i, entries[i]));
    }
    return {};
}

/// A union whose journal may be behind what was signed.
struct opened {
    int lock = -1;
    std::unique_ptr<journal::store> journal;
    std::unique_ptr<store::sqlite_guard> guard;
    std::string vkey;

    opened() = default;
    opened(opened&& other) noexcept
        : lock(std::exchange(other.lock, -1)),
          journal(std::move(other.journal)),
          guard(std::move(other.guard)),
          vkey(std::move(other.vkey)) {}
    ~opened() {
        journal.reset();
        if (lock >= 0) ::close(lock);
    }
};

result<opened> open_for_filling(const fs::path& folder) {
    VECHE_CHECK(check_in_folder(folder));
    if (const auto copy = VECHE_TRY(store::looking_copy_in(folder)))
        return refuse(store::refusals::looking_copy, {}, std::to_string(copy->size));
    opened o;
    o.lock = VECHE_TRY(store::take_folder_lock(folder));
    o.journal = VECHE_TRY(store::open_journal(folder));
    o.guard = VECHE_TRY(store::sqlite_guard::open(folder / guard_name));
    const auto key = VECHE_TRY(store::read_log_key(folder / store::log_key_name));
    o.vkey = journal::format_verifier_key({VECHE_TRY(o.guard->origin()), key.public_key});
    return o;
}

/// Leaf hashes of what is to be taken, if they give the signed root.
result<std::vector<hash256>> prove(journal::log_source& log, const journal::checkpoint& to,
                                   journal::frontier tree) {
    std::vector<hash256> leaves;
    const std::uint64_t have = tree.size();
    VECHE_CHECK(fetch_entries(log, have, to.size, [&](std::uint64_t, std::string_view bytes) {
        leaves.push_back(journal::leaf_hash(bytes));
        tree.append(leaves.back());
        return result<void>{};
    }));
    if (tree.root() != to.root)
        return refuse(refusals::source_differs, {}, std::to_string(to.size));
    return leaves;
}

/// What the source's checkpoint says was signed, the guard knows from here on.
result<void> tell_guard(opened& of, const journal::checkpoint& c, const std::string& note) {
    if (!of.journal->has_checkpoint(c.size, c.size + 1))
        VECHE_CHECK(of.journal->put_checkpoint({c.size, c.root, note}));
    const auto last = VECHE_TRY(of.guard->last());
    if (last.size > of.journal->current().next) return {};
    VECHE_CHECK(store::check_against_guard(*of.journal, *of.guard));
    if (last.size >= c.size) return {};
    return of.guard->advance(last.size, {c.size, c.root, note});
}

}  // namespace

result<restore_report> restore(const restore_options& with) {
    return restoring(with).go();
}

result<fill_report> fill(const fs::path& folder, journal::log_source& from,
                         const streams_of_entry& streams) {
    opened of = VECHE_TRY(open_for_filling(folder));
    const std::string note = VECHE_TRY(from.checkpoint());
    const auto c = VECHE_TRY(journal::verify_checkpoint(note, of.vkey));
    const std::uint64_t have = of.journal->current().next;
    if (c.size < have)
        return refuse(refusals::source_behind, {}, std::to_string(c.size), std::to_string(have));
    const auto leaves = VECHE_TRY(prove(from, c, of.journal->current().edge));
    entry_taker taker(*of.journal, streams);
    result<void> counted;
    VECHE_CHECK(of.journal->read(0, have, [&](std::uint64_t, std::string_view bytes) {
        counted = taker.pass(bytes);
        return counted.has_value();
    }));
    VECHE_CHECK(counted);
    VECHE_CHECK(fetch_entries(from, have, c.size, [&](std::uint64_t seq, std::string_view bytes) {
        // What is fetched again must be what was proven.
        if (journal::leaf_hash(bytes) != leaves[seq - have])
            return result<void>(refuse(refusals::source_differs, {}, std::to_string(c.size)));
        return taker.take(seq, bytes);
    }));
    VECHE_CHECK(taker.flush());
    VECHE_CHECK(tell_guard(of, c, note));
    return fill_report{static_cast<std::int64_t>(c.size), static_cast<std::int64_t>(c.size - have),
                       to_base64(as_bytes(c.root))};
}

}  // namespace veche::upkeep
