#include "upkeep/log_key.hpp"

#include <algorithm>

#include <unistd.h>

#include "journal/refusal.hpp"
#include "kernel/check.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/postgres/shared_guard.hpp"
#include "store/refusal.hpp"
#include "upkeep/manifest.hpp"
#include "upkeep/refusal.hpp"
#include "upkeep/target.hpp"

namespace veche::upkeep {
namespace {

namespace fs = std::filesystem;

/// Nodes sign once a second: a change that others come before so often meets something else.
constexpr int most_changes_tried = 20;

fs::path beside(const fs::path& key, const char* ending) {
    return key.string() + ending;
}

result<void> check_union(const store::union_place& at) {
    const fs::path where = at.url.empty() ? at.folder : fs::path(at.url);
    if (!store::is_union(where)) return refuse(store::refusals::folder_missing, {}, where.string());
    if (at.key.empty()) return refuse(store::refusals::key_needed);
    return {};
}

result<std::unique_ptr<store::shared_guard>> guard_on(const std::string& url) {
    const auto names = VECHE_TRY(store::part_names::on(url));
    return store::shared_guard::at(url, names.guard, {});
}

/// Once it is written down that the key changed the files change places; each step may have been
/// done before.
result<void> change_places(const fs::path& key) {
    std::error_code error;
    if (fs::exists(key)) fs::rename(key, beside(key, ".old"), error);
    if (!error) fs::rename(beside(key, ".next"), key, error);
    if (error) return refuse(refusals::file_failed, {}, key.string(), "cannot be replaced");
    return sync_path(key.has_parent_path() ? key.parent_path() : fs::path("."));
}

/// Both keys, as far as their files are there.
struct signing_keys {
    std::string origin;
    std::optional<journal::key_pair> own;
    journal::key_pair next;
    std::string vkey;  ///< of the next one

    [[nodiscard]] std::string own_vkey() const {
        return own ? journal::format_verifier_key({origin, own->public_key}) : std::string();
    }
};

result<signing_keys> keys_at(const store::union_place& at, std::string origin) {
    signing_keys keys;
    keys.origin = std::move(origin);
    const fs::path file = next_key_file(at);
    if (!fs::exists(file)) return refuse(refusals::next_key_missing, {}, file.string());
    keys.next = VECHE_TRY(store::read_log_key(file));
    keys.vkey = journal::format_verifier_key({keys.origin, keys.next.public_key});
    if (fs::exists(at.key)) keys.own = VECHE_TRY(store::read_log_key(at.key));
    return keys;
}

/// The keys with what is known of them, asked for once.
struct known_keys {
    signing_keys files;
    store::key_history before;
    std::unique_ptr<store::shared_guard> guard;  ///< on a server

    [[nodiscard]] std::string in_force() const { return guard ? guard->vkey() : files.own_vkey(); }
    [[nodiscard]] bool is_changed() const {
        return guard ? guard->vkey() == files.vkey : before.change_to(files.vkey) != nullptr;
    }
};

result<known_keys> known_keys_at(const store::union_place& at) {
    VECHE_CHECK(check_union(at));
    known_keys of;
    std::string origin;
    if (at.url.empty()) {
        origin = VECHE_TRY(read_guard(at.folder, "SELECT log FROM guard"));
        of.before = VECHE_TRY(store::key_history::in_folder(at.folder));
    } else {
        of.guard = VECHE_TRY(guard_on(at.url));
        origin = of.guard->origin();
        of.before = VECHE_TRY(store::keys_by(*of.guard, at.folder));
    }
    of.files = VECHE_TRY(keys_at(at, std::move(origin)));
    return of;
}

/// What is said of a change that was broken off before the files changed places.
result<key_change> finish(const store::union_place& at, const store::handover& known) {
    key_change change{0, known.old_vkey, known.vkey};
    if (!known.note.empty()) {
        const auto c = VECHE_TRY(journal::parse_checkpoint(known.note));
        change.entries = static_cast<std::int64_t>(c.size);
    }
    VECHE_CHECK(change_places(at.key));
    return change;
}

/// The note with a line of that key, if it has none.
std::string with_line(std::string note, const std::string& origin, const journal::key_pair& key) {
    if (journal::verify_checkpoint(note, journal::format_verifier_key({origin, key.public_key})))
        return note;
    const std::string text(note.substr(0, note.rfind("\n\n") + 1));
    return note + journal::signature_line(origin, key, text) + "\n";
}

/// The checkpoint of all entries with a line of each key. One that is signed already keeps its
/// lines: it is the same tree, and no fork.
journal::stored_checkpoint sign_with_both(const journal::stored_checkpoint& last,
                                          const journal::head& end, const signing_keys& keys) {
    const journal::checkpoint c{keys.origin, end.next, end.edge.root()};
    const bool signed_already = last.size == c.size && !last.note.empty();
    std::string note = signed_already ? last.note : journal::checkpoint_text(c) + "\n";
    note = with_line(std::move(note), keys.origin, *keys.own);
    return {c.size, c.root, with_line(std::move(note), keys.origin, keys.next)};
}

result<void> put_if_new(journal::store& journal, const journal::stored_checkpoint& made) {
    const auto latest = journal.latest_checkpoint();
    if (made.size == 0 || (latest && latest->size >= made.size)) return {};
    return journal.put_checkpoint(made);
}

// --- In a folder
// -----------------------------------------------------------------------------------------

result<key_change> hand_over_in_folder(const store::union_place& at) {
    auto of_union = VECHE_TRY(known_keys_at(at));
    const signing_keys& keys = of_union.files;
    store::key_history& known = of_union.before;
    if (const auto* made = known.change_to(keys.vkey)) return finish(at, *made);
    key_change change{0, keys.own_vkey(), keys.vkey};
    {
        auto of = VECHE_TRY(store::open_union(at));
        if (of.copy)
            return refuse(store::refusals::looking_copy, {}, std::to_string(of.copy->size));
        const auto last = VECHE_TRY(of.guard->last());
        const auto made = sign_with_both(last, of.journal->current(), keys);
        VECHE_CHECK(of.guard->advance(last.size, made));
        VECHE_CHECK(put_if_new(*of.journal, made));
        change.entries = static_cast<std::int64_t>(made.size);
        known.add({made.note, change.old_vkey, change.vkey});
        VECHE_CHECK(known.keep_in(at.folder));
    }
    VECHE_CHECK(change_places(at.key));
    return change;
}

result<key_change> replace_lost_in_folder(const store::union_place& at,
                                          const std::string& old_vkey) {
    auto of_union = VECHE_TRY(known_keys_at(at));
    const signing_keys& keys = of_union.files;
    store::key_history& known = of_union.before;
    if (const auto* made = known.change_to(keys.vkey)) return finish(at, *made);
    key_change change{0, old_vkey, keys.vkey};
    const int lock = VECHE_TRY(store::take_folder_lock(at.folder));
    const auto done = [&]() -> result<void> {
        const auto journal = VECHE_TRY(store::open_journal(at.folder));
        const auto guard = VECHE_TRY(store::sqlite_guard::open(at.folder / guard_name));
        auto last = VECHE_TRY(guard->last());
        VECHE_CHECK(store::check_against(*journal, last));
        if (const auto latest = journal->latest_checkpoint()) {
            VECHE_CHECK(known.verify(latest->note, old_vkey));
            change.entries = static_cast<std::int64_t>(latest->size);
        }
        if (last.size > 0) {
            last.note = with_line(last.note, keys.origin, keys.next);
            VECHE_CHECK(guard->advance(last.size, last));
        }
        known.add({"", old_vkey, keys.vkey});
        VECHE_CHECK(known.keep_in(at.folder));
        return change_places(at.key);
    }();
    ::close(lock);
    VECHE_CHECK(done);
    return change;
}

// --- On a server
// -----------------------------------------------------------------------------------------

/// The guard on a server with its table of changes, the journal, and what a node saw signed.
class on_server {
  public:
    explicit on_server(const store::union_place& at) : at_(at) {}

    result<key_change> hand_over() {
        VECHE_CHECK(open());
        if (of_.is_changed()) return finish_change();
        if (!of_.files.own) return refuse(store::refusals::key_unreadable, {}, at_.key.string());
        VECHE_CHECK(store::check_log_key(at_.key, {of_.files.origin, of_.files.own->public_key},
                                         of_.guard->vkey(), of_.before));
        return change(of_.files.own_vkey(),
                      [&](const journal::stored_checkpoint& last, const journal::head& end) {
                          const auto made = sign_with_both(last, end, of_.files);
                          return signed_change{made.note, made};
                      });
    }

    result<key_change> replace_lost(const std::string& old_vkey) {
        VECHE_CHECK(open());
        if (of_.is_changed()) return finish_change();
        if (of_.guard->vkey() != old_vkey)
            return refuse(refusals::key_differs, {}, old_vkey, of_.guard->vkey());
        return change(old_vkey, [&](journal::stored_checkpoint last, const journal::head&) {
            if (last.size > 0) last.note = with_line(last.note, of_.files.origin, of_.files.next);
            return signed_change{"", last};
        });
    }

  private:
    struct signed_change {
        std::string note;  ///< what joins the keys
        journal::stored_checkpoint to;
    };

    result<void> open() {
        of_ = VECHE_TRY(known_keys_at(at_));
        return of_.guard->keep(of_.before);
    }

    result<key_change> finish_change() {
        if (const auto* made = of_.before.change_to(of_.files.vkey)) return finish(at_, *made);
        return finish(at_, {"", "", of_.files.vkey});
    }

    /// Nodes append and sign all the while: whoever comes in between is taken in.
    template <class Sign>
    result<key_change> change(const std::string& old_vkey, Sign sign) {
        const auto journal = VECHE_TRY(store::postgres_store::open(at_.url));
        const auto seen = VECHE_TRY(seen_by_node());
        for (int tried = 1;; ++tried) {
            const auto last = VECHE_TRY(of_.guard->last());
            const journal::head end = VECHE_TRY(journal->catch_up());
            VECHE_CHECK(store::check_against(*journal, last));
            VECHE_CHECK(store::check_against(*journal, seen));
            const signed_change made = sign(last, end);
            const auto done =
                of_.guard->change_key({made.note, old_vkey, of_.files.vkey}, last.size, made.to);
            if (!done && done.error().kind == &store::refusals::overtaken &&
                tried < most_changes_tried)
                continue;
            VECHE_CHECK(done);
            VECHE_CHECK(put_if_new(*journal, made.to));
            VECHE_CHECK(change_places(at_.key));
            return key_change{static_cast<std::int64_t>(made.to.size), old_vkey, of_.files.vkey};
        }
    }

    /// What the node of the folder saw signed, if one is named; it may be running.
    result<journal::stored_checkpoint> seen_by_node() {
        if (at_.folder.empty() || !fs::exists(at_.folder / guard_name))
            return journal::stored_checkpoint{0, sha256(""), {}};
        const std::string watched = VECHE_TRY(read_guard(at_.folder, "SELECT log FROM guard"));
        if (watched != of_.files.origin)
            return refuse(store::refusals::other_union, {}, of_.files.origin, watched);
        const std::string note = VECHE_TRY(read_guard(at_.folder, "SELECT note FROM guard"));
        if (note.empty()) return journal::stored_checkpoint{0, sha256(""), {}};
        const auto c = VECHE_TRY(journal::parse_checkpoint(note));
        return journal::stored_checkpoint{c.size, c.root, note};
    }

    const store::union_place& at_;
    known_keys of_;
};

/// That the first entries of the log are those whose root the handover signs.
result<void> check_root(journal::log_source& log, const journal::checkpoint& newest,
                        const journal::checkpoint& at) {
    hash256 root{};
    VECHE_CHECK(journal::for_each_entry(log, newest.size, [&](const journal::read_entry& e) {
        if (e.seq + 1 == at.size) root = e.tree->root();
        return e.seq + 1 < at.size;
    }));
    if (at.size > newest.size || root != at.root)
        return refuse(refusals::handover_differs, {}, std::to_string(at.size));
    return {};
}

}  // namespace

fs::path next_key_file(const store::union_place& at) {
    return beside(at.key, ".next");
}

result<std::string> make_next_key(const store::union_place& at) {
    VECHE_CHECK(check_union(at));
    if (!fs::exists(next_key_file(at)))
        VECHE_CHECK(store::write_log_key(
            next_key_file(at), journal::generate_key().secret_key.substr(0, journal::seed_bytes)));
    const auto of = VECHE_TRY(known_keys_at(at));
    return of.files.vkey;
}

result<next_key> next_key_of(const store::union_place& at) {
    const auto of = VECHE_TRY(known_keys_at(at));
    next_key next{of.files.vkey, of.is_changed()};
    if (next.in_force) return next;
    if (!of.files.own) return refuse(store::refusals::key_unreadable, {}, at.key.string());
    VECHE_CHECK(store::check_log_key(at.key, {of.files.origin, of.files.own->public_key},
                                     of.in_force(), of.before));
    return next;
}

result<key_change> hand_over(const store::union_place& at) {
    return at.url.empty() ? hand_over_in_folder(at) : on_server(at).hand_over();
}

result<key_change> replace_lost(const store::union_place& at, const std::string& old_vkey) {
    return at.url.empty() ? replace_lost_in_folder(at, old_vkey)
                          : on_server(at).replace_lost(old_vkey);
}

result<followed_key> follow_keys(journal::log_source& log, const std::string& vkey) {
    const std::string note = VECHE_TRY(log.checkpoint());
    followed_key found{vkey, {}};
    if (journal::verify_checkpoint(note, vkey)) return found;
    const auto published = log.fetch(store::handovers_name);
    if (!published) return found;  // the checkpoint will be refused by the key that was given
    const auto newest = VECHE_TRY(journal::parse_checkpoint(note));
    const auto keys = VECHE_TRY(store::key_history::parse(*published));
    for (const store::handover& h : keys.changes()) {
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

result<store::key_history> handovers_to(journal::log_source& log, const std::string& vkey) {
    const auto published = log.fetch(store::handovers_name);
    if (!published) return store::key_history{};
    const auto told = VECHE_TRY(store::key_history::parse(*published));
    std::vector<store::handover> good;
    std::string to = vkey;
    for (auto h = told.changes().rbegin(); h != told.changes().rend(); ++h) {
        if (h->vkey != to || !journal::verify_checkpoint(h->note, h->vkey) ||
            !journal::verify_checkpoint(h->note, h->old_vkey))
            continue;
        good.push_back(*h);
        to = h->old_vkey;
    }
    std::reverse(good.begin(), good.end());
    return store::key_history(std::move(good));
}

}  // namespace veche::upkeep
