#include "upkeep/log_key.hpp"

#include <algorithm>

#include <unistd.h>

#include "journal/refusal.hpp"
#include "kernel/check.hpp"
#include "store/folder.hpp"
#include "store/refusal.hpp"
#include "store/whole_file.hpp"
#include "upkeep/manifest.hpp"
#include "upkeep/refusal.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;

result<std::string> origin_of(const fs::path& folder) {
    auto file =
        VECHE_TRY(store::database::open((folder / "guard.sqlite").string(), store::access::read));
    store::statement name(file, "SELECT log FROM guard");
    if (!VECHE_TRY(name.step()))
        return refuse(store::refusals::file_missing, {}, (folder / "guard.sqlite").string());
    return std::string(name.text(0));
}

result<handover_list> read_handovers(const std::string& text) {
    const std::string canonical = VECHE_TRY(json::canonicalize(text));
    return from_json<handover_list>(std::string_view(canonical));
}

/// Once the handover is written down the keys change places; each step may have been done before.
result<void> change_places(const fs::path& folder) {
    std::error_code error;
    const fs::path key = folder / store::log_key_name;
    if (fs::exists(key)) fs::rename(key, folder / "log.key.old", error);
    if (!error) fs::rename(folder / next_key_name, key, error);
    if (error) return refuse(refusals::file_failed, {}, key.string(), "cannot be replaced");
    return sync_path(folder);
}

result<void> note_handover(const fs::path& folder, const handover& made) {
    handover_list all;
    const fs::path file = folder / handovers_name;
    if (fs::exists(file)) all = VECHE_TRY(read_handovers(VECHE_TRY(file_bytes(file))));
    const bool known = std::any_of(all.handovers.begin(), all.handovers.end(),
                                   [&](const handover& h) { return h.vkey == made.vkey; });
    if (!known) all.handovers.push_back(made);
    return store::replace_file(file, to_json(all) + "\n");
}

result<std::optional<handover>> noted_handover(const fs::path& folder, const std::string& vkey) {
    const fs::path file = folder / handovers_name;
    if (!fs::exists(file)) return std::optional<handover>{};
    for (const handover& h : VECHE_TRY(read_handovers(VECHE_TRY(file_bytes(file)))).handovers)
        if (h.vkey == vkey) return std::optional(h);
    return std::optional<handover>{};
}

/// The newest checkpoint, if it is of all entries and both keys signed it; else made here.
result<journal::stored_checkpoint> sign_with_both(store::union_folder& of,
                                                  const journal::key_pair& old_key,
                                                  const journal::key_pair& next,
                                                  const std::string& vkey) {
    const journal::head end = of.journal->current();
    const std::string origin = of.publisher->origin();
    if (const auto latest = of.journal->latest_checkpoint(); latest && latest->size == end.next) {
        if (journal::verify_checkpoint(latest->note, vkey)) return *latest;
        return refuse(refusals::handover_late);
    }
    const journal::checkpoint c{origin, end.next, end.edge.root()};
    const std::string text = journal::checkpoint_text(c);
    const journal::stored_checkpoint made{c.size, c.root,
                                          journal::sign_note(text, origin, old_key) +
                                              journal::signature_line(origin, next, text) + "\n"};
    VECHE_CHECK(store::check_against_guard(*of.journal, *of.guard));
    const auto last = VECHE_TRY(of.guard->last());
    if (last.size != c.size) VECHE_CHECK(of.guard->advance(last.size, made));
    VECHE_CHECK(of.journal->put_checkpoint(made));
    return made;
}

/// That the first entries of the log are those whose root the handover signs.
result<void> check_root(journal::log_source& log, const journal::checkpoint& newest,
                        const journal::checkpoint& at) {
    journal::frontier tree;
    hash256 root{};
    VECHE_CHECK(journal::for_each_entry(
        log, newest.size, [&](std::uint64_t seq, std::string_view bytes, const hash256&) {
            tree.append(journal::leaf_hash(bytes));
            if (seq + 1 == at.size) root = tree.root();
            return seq + 1 < at.size;
        }));
    if (at.size > newest.size || root != at.root)
        return refuse(refusals::handover_differs, {}, std::to_string(at.size));
    return {};
}

}  // namespace

result<std::string> next_vkey(const fs::path& folder) {
    const fs::path file = folder / next_key_name;
    if (!fs::exists(file)) return refuse(refusals::next_key_missing, {}, file.string());
    const auto key = VECHE_TRY(store::read_log_key(file));
    return journal::format_verifier_key({VECHE_TRY(origin_of(folder)), key.public_key});
}

result<std::string> make_next_key(const fs::path& folder) {
    VECHE_CHECK(check_in_folder(folder));
    if (!fs::exists(folder / next_key_name))
        VECHE_CHECK(store::write_log_key(folder / next_key_name,
                                         journal::generate_key().secret_key.substr(0, 32)));
    return next_vkey(folder);
}

result<key_change> hand_over(const fs::path& folder) {
    VECHE_CHECK(check_in_folder(folder));
    const std::string vkey = VECHE_TRY(next_vkey(folder));
    const auto next = VECHE_TRY(store::read_log_key(folder / next_key_name));
    key_change change;
    change.vkey = vkey;
    if (const auto noted = VECHE_TRY(noted_handover(folder, vkey));
        noted && !fs::exists(folder / store::log_key_name)) {
        // Broken off while the keys changed places.
        change.old_vkey = noted->old_vkey;
        change.entries =
            static_cast<std::int64_t>(VECHE_TRY(journal::parse_checkpoint(noted->note)).size);
        VECHE_CHECK(change_places(folder));
        return change;
    }
    {
        auto of = VECHE_TRY(store::open_folder(folder));
        if (of.copy)
            return refuse(store::refusals::looking_copy, {}, std::to_string(of.copy->size));
        const auto old_key = VECHE_TRY(store::read_log_key(folder / store::log_key_name));
        change.old_vkey = of.publisher->vkey();
        const auto made = VECHE_TRY(sign_with_both(of, old_key, next, vkey));
        change.entries = static_cast<std::int64_t>(made.size);
        VECHE_CHECK(note_handover(folder, {made.note, change.old_vkey, vkey}));
    }
    VECHE_CHECK(change_places(folder));
    return change;
}

result<key_change> replace_lost(const fs::path& folder, const std::string& old_vkey) {
    VECHE_CHECK(check_in_folder(folder));
    const std::string vkey = VECHE_TRY(next_vkey(folder));
    key_change change{0, old_vkey, vkey};
    const int lock = VECHE_TRY(store::take_folder_lock(folder));
    const auto done = [&]() -> result<void> {
        const auto journal = VECHE_TRY(store::open_journal(folder));
        const auto guard = VECHE_TRY(store::sqlite_guard::open(folder / "guard.sqlite"));
        VECHE_CHECK(store::check_against_guard(*journal, *guard));
        if (const auto latest = journal->latest_checkpoint()) {
            VECHE_CHECK(journal::verify_checkpoint(latest->note, old_vkey));
            change.entries = static_cast<std::int64_t>(latest->size);
        }
        const fs::path file = store::old_vkeys_file(folder);
        const std::string before = fs::exists(file) ? VECHE_TRY(file_bytes(file)) : std::string();
        VECHE_CHECK(store::replace_file(file, before + old_vkey + "\n"));
        return change_places(folder);
    }();
    ::close(lock);
    VECHE_CHECK(done);
    return change;
}

result<followed_key> follow_keys(journal::log_source& log, const std::string& vkey) {
    const std::string note = VECHE_TRY(log.checkpoint());
    followed_key found{vkey, {}};
    if (journal::verify_checkpoint(note, vkey)) return found;
    const auto published = log.fetch(handovers_name);
    if (!published) return found;  // the checkpoint will be refused by the key that was given
    const auto newest = VECHE_TRY(journal::parse_checkpoint(note));
    for (const handover& h : VECHE_TRY(read_handovers(*published)).handovers) {
        // The note of a handover is good by the key that it led to as well.
        const auto by_old = journal::verify_checkpoint(h.note, found.vkey);
        if (!by_old || h.vkey == found.vkey) continue;
        VECHE_CHECK(journal::verify_checkpoint(h.note, h.vkey));
        VECHE_CHECK(check_root(log, newest, *by_old));
        found.vkey = h.vkey;
        found.links.push_back(h);
    }
    return found;
}

}  // namespace veche::upkeep
