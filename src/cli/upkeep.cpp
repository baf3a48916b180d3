// Backup, restoring, the log's key, recoveries, what the program is.

#include <fmt/format.h>

#include "api/clock.hpp"
#include "api/secrets.hpp"
#include "api/vitals.hpp"
#include "cli/desk_rows.hpp"
#include "cli/journal_state.hpp"
#include "cli/link.hpp"
#include "cli/send.hpp"
#include "kernel/hash.hpp"
#include "office/routes.hpp"
#include "office/streams.hpp"
#include "people/views.hpp"
#include "store/form.hpp"
#include "store/refusal.hpp"
#include "upkeep/backup.hpp"
#include "upkeep/log_key.hpp"
#include "upkeep/refusal.hpp"
#include "upkeep/restore.hpp"
#include "upkeep/target.hpp"

namespace veche::cli {
namespace {

template <class T>
void tell_json(const T& value, const terminal& on) {
    if (on.json) on.out << to_json(value) << '\n';
}

/// An entry of a kind that this program does not know is kept; opening the union will say so.
std::vector<std::string> streams_of_known(std::string_view type, json::node body) {
    const office::route* route = office::find_route(type);
    return route ? office::streams_of(*route, body) : std::vector<std::string>{};
}

struct checked_backup {
    instant at;
    std::int64_t entries = 0;
    std::int64_t files = 0;
    std::string origin;
    std::string root;
};
VECHE_FIELDS_HERE(checked_backup, (at, "When it was made."), (entries, "Entries."),
                  (files, "Files."), (origin, "The journal's name."),
                  (root, "Root of the tree, base64."))

/// As a person writes it in a command; the address of a server may hold a password.
std::string where_to_name(const std::filesystem::path& where) {
    return store::place_name(where) == where.string() ? where.string() : "SERVER";
}

void say_restored(const upkeep::restore_report& r, const restore_verb_options& options,
                  const terminal& on) {
    if (!options.at.empty()) {
        on.say(fmt::format("A copy for looking lies in {}: {} of {} entries, up to {}.", r.folder,
                           r.entries, r.of, r.at ? to_text(*r.at) : "the beginning"));
        on.say(
            "It takes no commands and signs nothing; no accounts and no sealed texts are in it.");
        return;
    }
    on.say(
        fmt::format("Restored {} entries and {} papers into {}.", r.entries, r.papers, r.folder));
    if (r.filled > 0) on.say(fmt::format("{} entries came from {}.", r.filled, options.fill_from));
    if (!r.secrets)
        on.say("The backup has no accounts and no sealed texts: add accounts anew.");
    else
        on.say("Accounts are as they were then: disable anew who was disabled since.");
    on.say("Root  " + r.root);
}

/// What the union's program says of keys for checkpoints.
tl::expected<people::log_keys_view, api::problem_details> announced_keys(union_link& link) {
    const auto said = link.ask(std::string(people::log_keys_query::wire.type), {});
    if (!said) return tl::unexpected(said.error());
    auto read = from_json<people::log_keys_view>(std::string_view(*said));
    if (!read) return tl::unexpected(to_details(read.error()));
    return *std::move(read);
}

/// A union's folder, or a server with the file of the log's key and, if there is one, the folder of
/// a node, for what it saw signed.
result<store::union_place> place_of_key(const key_options& options) {
    auto at = VECHE_TRY(store::union_place::of(options.folder));
    if (!options.log_key.empty()) at.key = options.log_key;
    if (at.key.empty()) return refuse(store::refusals::key_needed);
    if (at.url.empty()) return at;
    const auto is_node = [](const std::filesystem::path& folder) {
        return std::filesystem::exists(folder / upkeep::guard_name);
    };
    if (!options.state.empty() && !is_node(options.state))
        return refuse(store::refusals::file_missing, {},
                      (options.state / upkeep::guard_name).string());
    const std::filesystem::path own = at.key.string() + ".node";
    if (!options.state.empty()) at.folder = options.state;
    if (at.folder.empty() && is_node(own)) at.folder = own;
    return at;
}

/// The entry from which on the key signs, unless it is there.
tl::expected<void, api::problem_details> take_into_use(const key_options& options,
                                                       const store::union_place& at,
                                                       const upkeep::next_key& next) {
    if (next.in_force) return {};
    // On a server nothing is signed by whoever only writes the entry, and no node's folder is
    // taken.
    auto link =
        open_place(at.url.empty() ? at : store::union_place{{}, at.url, {}}, options.where.as);
    // It is there, and what was broken off after it is finished next.
    if (!link && link.error().code == upkeep::refusals::key_change_unfinished.code) return {};
    if (!link) return tl::unexpected(link.error());
    const auto keys = announced_keys(**link);
    if (!keys) return tl::unexpected(keys.error());
    for (const people::log_key_row& key : keys->keys)
        if (key.vkey == next.vkey && key.taken) return {};
    const reply receipt = send_command(options.where, people::take_log_key::wire.type,
                                       to_json(people::take_log_key{next.vkey}), "", **link);
    if (!receipt) return tl::unexpected(receipt.error());
    return {};
}

struct recovery_code {
    std::string code;
    person_id person;
};
VECHE_FIELDS_HERE(recovery_code, (code, "The code to hand over."), (person, "To whom."))

struct form_known {
    std::string name;
    std::string version;
};
VECHE_FIELDS_HERE(form_known, (name, "What has the form."), (version, "The version that is known."))

struct version_answer {
    std::string commit;
    std::vector<form_known> entries;
    std::vector<form_known> forms;
    std::string release;
};
VECHE_FIELDS_HERE(version_answer,
                  (commit, "The commit that it was built from; \"\" if nobody said."),
                  (entries, "Types of entries with the version that it knows."),
                  (forms, "Forms of files and databases."), (release, "The release."))

}  // namespace

int back_up_union(const backup_verb_options& options, const terminal& on) {
    std::optional<progress_bar> bar(std::in_place, on, "Backing up");
    upkeep::backup_options with{options.folder,
                                options.to,
                                options.secrets,
                                api::wall_clock(),
                                std::string(api::release_of_program()),
                                {}};
    with.progress = [&](std::uint64_t n, std::uint64_t of) { bar->show(n, of); };
    with.rows = &copy_desk;
    const auto made = upkeep::back_up(with);
    bar.reset();
    if (!made) return on.fail(made.error());
    tell_json(*made, on);
    on.say(fmt::format("{} entries in {}, {} of them new; {} new papers; {} bytes written.",
                       made->entries, made->to, made->fresh, made->papers, made->written));
    on.say("Root  " + made->root);
    for (const std::string& hash : made->damaged)
        on.err << "The paper " << hash << " is damaged in the union and was not copied.\n";
    return made->damaged.empty() ? done : refused;
}

int check_backup_files(const backup_check_options& options, const terminal& on) {
    std::optional<progress_bar> bar(std::in_place, on, "Reading");
    const auto kept = upkeep::check_backup(
        options.backup, [&](std::uint64_t n, std::uint64_t of) { bar->show(n, of); });
    bar.reset();
    if (!kept) return on.fail(kept.error());
    const checked_backup said{kept->at, kept->size, static_cast<std::int64_t>(kept->files.size()),
                              kept->origin, kept->root};
    tell_json(said, on);
    on.say(fmt::format("The backup of {} from {} is whole: {} entries, {} files.", said.origin,
                       to_text(said.at), said.entries, said.files));
    on.say("Root  " + said.root);
    return done;
}

int restore_union(const restore_verb_options& options, const terminal& on) {
    std::unique_ptr<journal::log_source> mirror;
    if (!options.fill_from.empty()) {
        auto found = published_log(options.fill_from);
        if (!found) return on.fail(found.error());
        mirror = *std::move(found);
    }
    std::optional<progress_bar> bar(std::in_place, on, "Checking");
    upkeep::restore_options with;
    with.from = options.from;
    with.to = options.folder;
    with.at = options.at;
    with.key = options.key;
    with.state = options.state;
    with.new_guard = options.new_guard;
    with.fill_from = mirror.get();
    with.streams = &streams_of_known;
    with.rows = &copy_desk;
    with.progress = [&](std::uint64_t n, std::uint64_t of) { bar->show(n, of); };
    const auto restored = upkeep::restore(with);
    bar.reset();
    if (!restored) return on.fail(restored.error());
    tell_json(*restored, on);
    say_restored(*restored, options, on);
    if (restored->missing == 0) return done;
    on.err << restored->missing
           << " entries were signed after this backup and are missing, so that the union does not "
              "open.\nBring them back out of a mirror or an export:  veche fill "
           << where_to_name(options.folder) << " ADDRESS-OR-FOLDER\n";
    return refused;
}

int fill_union(const fill_options& options, const terminal& on) {
    auto from = published_log(options.from);
    if (!from) return on.fail(from.error());
    const auto filled = upkeep::fill(options.folder, **from, &streams_of_known);
    if (!filled) return on.fail(filled.error());
    tell_json(*filled, on);
    on.say(fmt::format("{} entries came from {}; {} are here.", filled->filled, options.from,
                       filled->entries));
    on.say("Root  " + filled->root);
    return done;
}

int new_log_key(const key_options& options, const terminal& on) {
    const auto at = place_of_key(options);
    if (!at) return on.fail(at.error());
    const auto vkey = upkeep::make_next_key(*at);
    if (!vkey) return on.fail(vkey.error());
    tell_json(upkeep::key_change{0, "", *vkey}, on);
    on.say("The next key lies in " + upkeep::next_key_file(*at).string() +
           ". Copy it offline, then announce it:");
    on.say("  veche do people.propose_log_key vkey=" + *vkey + " cause=planned");
    on.say(at->url.empty()
               ? "When another person has confirmed it, stop the server:  veche key change " +
                     options.folder.string()
               : "When another person has confirmed it, beside the nodes:  veche key change " +
                     where_to_name(options.folder) + " --key " + at->key.string());
    if (!at->url.empty())
        on.say(
            "See before that no node of an earlier release runs: it would go on signing with the "
            "old key.");
    return done;
}

int change_log_key(const key_options& options, const terminal& on) {
    if (options.lost && options.old_vkey.empty())
        return on.fail("Name the lost key's verifier key with --old-vkey.", wrong_usage);
    const auto at = place_of_key(options);
    if (!at) return on.fail(at.error());
    if (!options.lost) {
        const auto next = upkeep::next_key_of(*at);
        if (!next) return on.fail(next.error());
        if (const auto taken = take_into_use(options, *at, *next); !taken)
            return on.fail(taken.error());
    }
    const auto changed =
        options.lost ? upkeep::replace_lost(*at, options.old_vkey) : upkeep::hand_over(*at);
    if (!changed) return on.fail(changed.error());
    tell_json(*changed, on);
    on.say("Checkpoints are signed with another key from here on. Publish it:");
    on.say("  " + changed->vkey);
    const std::string file = at->key.string();
    if (!at->url.empty())
        on.say("Copy " + file +
               " to every machine with a node, and start the nodes again, one by "
               "one: until then they sign nothing.");
    on.say(options.lost
               ? "Announce it on the journal (people.propose_log_key, cause=lost), and tell "
                 "everybody who verifies."
               : "The old key is in " + file + ".old: destroy it when all is signed again.");
    return done;
}

int confirm_recovery(const recovery_options& options, const terminal& on) {
    auto link = open_link(options.where);
    if (!link) return on.fail(link.error());
    constexpr std::size_t code_bytes = 16;
    const recovery_code made{to_hex(api::random_bytes(code_bytes)), {options.person}};
    const reply receipt = send_command(
        options.where, people::confirm_recovery::wire.type,
        to_json(people::confirm_recovery{made.person, to_hex(sha256(made.code))}), "", **link);
    if (!receipt) return on.fail(receipt.error());
    tell_json(made, on);
    on.say("Hand this code over yourself; it is good for a day, on the page /en/recover:");
    on.say("  " + made.code);
    return done;
}

int tell_version(const version_options&, const terminal& on) {
    version_answer said;
    said.release = std::string(api::release_of_program());
    said.commit = std::string(api::commit_of_program());
    const std::string schema = std::to_string(store::schema_form);
    for (const char* file :
         {"journal.sqlite", "guard.sqlite", "sealed.sqlite", "accounts.sqlite", "follows.sqlite"})
        said.forms.push_back({file, schema});
    said.forms.push_back({"backup", upkeep::backup_form});
    for (const office::route& route : office::routes())
        said.entries.push_back({std::string(route.wire.type), std::to_string(route.wire.v)});
    tell_json(said, on);
    on.say("veche " + said.release + (said.commit.empty() ? "" : " (" + said.commit + ")"));
    on.say(fmt::format("{} types of entries; --json lists them with their versions.",
                       said.entries.size()));
    return done;
}

}  // namespace veche::cli
