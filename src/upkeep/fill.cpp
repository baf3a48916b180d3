#include <algorithm>

#include <unistd.h>

#include "journal/checkpoint.hpp"
#include "journal/refusal.hpp"
#include "journal/tiles.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/postgres/shared_guard.hpp"
#include "store/refusal.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "upkeep/log_key.hpp"
#include "upkeep/refusal.hpp"
#include "upkeep/target.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;

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
    opened_guard guard;

    opened() = default;
    opened(opened&& other) noexcept
        : lock(std::exchange(other.lock, -1)),
          journal(std::move(other.journal)),
          guard(std::move(other.guard)) {}
    ~opened() {
        journal.reset();
        if (lock >= 0) ::close(lock);
    }
};

/// On a server other programs may have it open: they do not open what is behind, and what is added
/// is what was signed.
result<opened> open_for_filling(const store::union_place& at) {
    opened o;
    if (!at.folder.empty()) {
        if (const auto copy = VECHE_TRY(store::looking_copy_in(at.folder)))
            return refuse(store::refusals::looking_copy, {}, std::to_string(copy->size));
        o.lock = VECHE_TRY(store::take_folder_lock(at.folder));
    }
    if (at.url.empty())
        o.journal = VECHE_TRY(store::sqlite_store::open(at.folder / store::journal_name));
    else
        o.journal = VECHE_TRY(store::postgres_store::open(at.url));
    o.guard = VECHE_TRY(open_guard(at));
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

/// What the source publishes last, and by which keys it is led there from the one in force here.
struct newest {
    journal::checkpoint c;
    std::string note;
    std::vector<store::handover> links;
};

/// A server that was put back in time may know an older key than the source: then whoever signed
/// with it says which one came next.
result<newest> newest_of(const opened_guard& guard, journal::log_source& from) {
    newest found;
    found.note = VECHE_TRY(from.checkpoint());
    const auto by_known = guard.keys.verify(found.note, guard.vkey);
    if (by_known) {
        found.c = *by_known;
        return found;
    }
    if (guard.shared == nullptr) return tl::unexpected(by_known.error());
    auto followed = VECHE_TRY(follow_keys(from, guard.vkey));
    found.c = VECHE_TRY(journal::verify_checkpoint(found.note, followed.vkey));
    found.links = std::move(followed.links);
    return found;
}

/// Another key is in force from here on, as it was where the entries come from.
result<void> follow_links(store::shared_guard& guard, const std::vector<store::handover>& links) {
    if (links.empty()) return {};
    VECHE_CHECK(guard.keep({}));
    for (const store::handover& link : links) {
        const auto last = VECHE_TRY(guard.last());
        VECHE_CHECK(guard.change_key(link, last.size, last));
    }
    return {};
}

/// How the key changed may have been lost with the end of the journal.
result<void> keep_keys(const store::union_place& at, opened& of, journal::log_source& from) {
    const auto told = VECHE_TRY(handovers_to(from, of.guard.vkey));
    if (told.empty()) return {};
    if (of.guard.shared != nullptr) return of.guard.shared->keep(told);
    auto keys = of.guard.keys;
    keys.add_earlier(told);
    return keys.keep_in(at.folder);
}

/// What the source's checkpoint says was signed, the guard knows from here on.
result<void> tell_guard(opened& of, const newest& from) {
    const auto& [c, note, links] = from;
    if (of.guard.shared != nullptr) VECHE_CHECK(follow_links(*of.guard.shared, links));
    if (!of.journal->has_checkpoint(c.size, c.size + 1))
        VECHE_CHECK(of.journal->put_checkpoint({c.size, c.root, note}));
    const auto last = VECHE_TRY(of.guard.guard->last());
    if (last.size > of.journal->current().next) return {};
    VECHE_CHECK(store::check_against_guard(*of.journal, *of.guard.guard));
    if (last.size >= c.size) return {};
    return of.guard.guard->advance(last.size, {c.size, c.root, note});
}

}  // namespace

result<std::uint64_t> opened_guard::signed_size() const {
    const auto last = VECHE_TRY(guard->last());
    const auto seen = VECHE_TRY(guard->seen());
    return std::max(last.size, seen.size);
}

result<opened_guard> open_guard(const store::union_place& at) {
    opened_guard out;
    if (!at.url.empty()) {
        const auto names = VECHE_TRY(store::part_names::on(at.url));
        auto shared = VECHE_TRY(store::shared_guard::at(at.url, names.guard, at.folder));
        out.origin = shared->origin();
        out.vkey = shared->vkey();
        out.keys = VECHE_TRY(store::keys_by(*shared, at.folder));
        out.shared = shared.get();
        out.guard = std::move(shared);
        return out;
    }
    auto own = VECHE_TRY(store::sqlite_guard::open(at.folder / guard_name));
    out.origin = VECHE_TRY(own->origin());
    const auto key = VECHE_TRY(store::read_log_key(at.key));
    out.vkey = journal::format_verifier_key({out.origin, key.public_key});
    out.keys = VECHE_TRY(store::key_history::in_folder(at.folder));
    out.guard = std::move(own);
    return out;
}

result<std::string> read_guard(const fs::path& folder, const char* sql) {
    const std::string guard = (folder / guard_name).string();
    auto file = VECHE_TRY(store::database::open(guard, store::access::read));
    store::statement one(file, sql);
    if (!VECHE_TRY(one.step())) return refuse(store::refusals::file_missing, {}, guard);
    return std::string(one.text(0));
}

result<fill_report> fill(const fs::path& where, journal::log_source& from,
                         const streams_of_entry& streams) {
    if (!store::is_union(where)) return refuse(store::refusals::folder_missing, {}, where.string());
    const auto at = VECHE_TRY(store::union_place::of(where));
    return fill(at, from, streams);
}

result<fill_report> fill(const store::union_place& at, journal::log_source& from,
                         const streams_of_entry& streams) {
    opened of = VECHE_TRY(open_for_filling(at));
    const newest there = VECHE_TRY(newest_of(of.guard, from));
    const journal::checkpoint& c = there.c;
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
    VECHE_CHECK(tell_guard(of, there));
    VECHE_CHECK(keep_keys(at, of, from));
    return fill_report{static_cast<std::int64_t>(c.size), static_cast<std::int64_t>(c.size - have),
                       to_base64(as_bytes(c.root))};
}

}  // namespace veche::upkeep
