#include "cli/witness.hpp"

#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "api/clock.hpp"
#include "api/http_server.hpp"
#include "api/log.hpp"
#include "api/secrets.hpp"
#include "api/witness_site.hpp"
#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "cli/serve.hpp"
#include "cli/web_source.hpp"
#include "journal/refusal.hpp"
#include "office/verify.hpp"
#include "store/sqlite/sqlite_witness.hpp"

namespace veche::cli {
namespace {

struct witness_key_file {
    std::string name;
    std::string secret;
};
VECHE_FIELDS_HERE(witness_key_file, (name, "Name of the witness."), (secret, "Seed of its key."))

std::filesystem::path key_of(const std::filesystem::path& folder) {
    return folder / "witness.key";
}
std::filesystem::path memory_of(const std::filesystem::path& folder) {
    return folder / "witness.sqlite";
}

/// A witness in a folder, opened.
struct opened_witness {
    std::unique_ptr<store::sqlite_witness> record;
    std::unique_ptr<journal::witness> inside;
};

result<opened_witness> open_witness(const std::filesystem::path& folder) {
    const auto file = key_of(folder);
    const auto unusable = [&] { return refuse(refusals::witness_key_file, {}, file.string()); };
    const auto key = read_described<witness_key_file>(file);
    if (!key) return unusable();
    const auto seed = from_base64(key->secret);
    if (!seed || seed->size() != journal::seed_bytes || !journal::is_key_name(key->name))
        return unusable();
    opened_witness out;
    out.record = VECHE_TRY(store::sqlite_witness::open(memory_of(folder)));
    out.inside =
        std::make_unique<journal::witness>(key->name, journal::key_from_seed(*seed), *out.record);
    return out;
}

std::int64_t now_s() {
    return api::wall_clock().ms / 1000;
}

/// A verifier key as given: itself, or a file that holds it.
result<std::string> key_text(const std::string& given) {
    if (given.find('+') != std::string::npos) return given;
    std::string text = VECHE_TRY(read_file(given));
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

/// Whether the log shows more of this witness's own signatures than it remembers.
void look_at_log(journal::witness& inside, const journal::witnessed_log& log) {
    if (log.url.empty()) return;
    const auto note = web_source(log.url).checkpoint();
    if (!note) {
        log::write(log::level::warning, "log_not_read",
                   {{"log", log.origin}, {"detail", note.error().sentence()}});
        return;
    }
    const auto raised = inside.raise(*note);
    if (raised && *raised) log::write(log::level::warning, "memory_raised", {{"log", log.origin}});
    if (!raised)
        log::write(log::level::error, "log_not_trusted",
                   {{"log", log.origin}, {"detail", raised.error().sentence()}});
}

log::level witness_level(const std::string& name) {
    if (name == "debug") return log::level::debug;
    if (name == "info") return log::level::info;
    return name == "error" ? log::level::error : log::level::warning;
}

/// What one look at a log came to.
struct watched {
    std::string origin;
    std::int64_t size = 0;
    bool cosigned = false;
};
VECHE_FIELDS_HERE(watched, (origin, "The log."), (size, "Entries of its checkpoint."),
                  (cosigned, "Whether it was new, and cosigned."))

/// Everything of the journal computed again, its signatures too.
result<void> check_all(journal::log_source& source, const journal::witnessed_log& known) {
    office::verify_options with;
    with.vkey = journal::format_verifier_key(known.keys.front());
    const auto done = office::verify(source, with);
    if (!done) return tl::unexpected(done.error().why);
    return {};
}

result<watched> look(journal::witness& inside, const journal::witnessed_log& known, bool full) {
    auto source = VECHE_TRY(log_at(known.url));
    const std::string note = VECHE_TRY(source->checkpoint());
    VECHE_TRY(inside.raise(note));
    const auto now = VECHE_TRY(inside.record().find(known.origin));
    const auto n = VECHE_TRY(journal::split_note(note));
    const auto c = VECHE_TRY(journal::parse_foreign_checkpoint(n.text));
    watched out{known.origin, static_cast<std::int64_t>(c.size), false};
    if (c.origin != known.origin) return refuse(journal::refusals::log_unknown, {}, c.origin);
    if (c.size < now->size)
        return refuse(journal::refusals::rolled_back, {}, std::to_string(now->size),
                      std::to_string(c.size));
    if (c.size == now->size && c.root == now->root && now->time > 0) return out;
    if (full) VECHE_CHECK(check_all(*source, known));
    const auto proof = VECHE_TRY(
        journal::consistency_proof(journal::subtrees_of(*source, c.size), now->size, c.size));
    const auto reply =
        inside.add_checkpoint(journal::write_checkpoint_request({now->size, proof, note}), now_s());
    if (reply.status == 422)
        return refuse(journal::refusals::history_differs, {}, std::to_string(now->size));
    if (reply.status != 200) return refuse(refusals::not_cosigned, {}, known.origin, reply.body);
    out.cosigned = true;
    return out;
}

/// True where all hold.
bool look_at_all(journal::witness& inside, const witness_watch_options& options,
                 const terminal& on) {
    const auto all = inside.record().all();
    if (!all) {
        on.fail(all.error());
        return false;
    }
    bool good = true;
    for (const journal::witnessed_log& log : *all) {
        if (log.url.empty() || (!options.origin.empty() && log.origin != options.origin)) continue;
        const auto seen = look(inside, log, options.full);
        if (!seen) {
            good = false;
            on.fail(seen.error());
            continue;
        }
        if (on.json) on.out << to_json(*seen) << '\n';
        on.say(fmt::format("{}: {} entries, {}", seen->origin, seen->size,
                           seen->cosigned ? "cosigned" : "nothing new"));
        on.out.flush();
    }
    return good;
}

}  // namespace

int witness_init(const witness_init_options& options, const terminal& on) {
    if (!journal::is_key_name(options.name))
        return on.fail(options.name + " is no name of a witness: it has no spaces and no plus.",
                       wrong_usage);
    std::error_code error;
    std::filesystem::create_directories(options.folder, error);
    if (error) return on.fail("The folder " + options.folder.string() + " cannot be made.");
    const std::string seed = api::random_bytes(journal::seed_bytes);
    const witness_key_file key{options.name, to_base64(seed)};
    if (const auto made = write_new_file(key_of(options.folder), to_json(key) + "\n", true); !made)
        return on.fail(made.error());
    if (const auto made = store::sqlite_witness::create(memory_of(options.folder)); !made)
        return on.fail(made.error());
    const std::string vkey =
        journal::format_witness_key({options.name, journal::key_from_seed(seed).public_key});
    if (on.json) on.out << to_json(api::witness_status{options.name, vkey, {}}) << '\n';
    on.say("The witness " + options.name + " is in " + options.folder.string() + ".");
    on.say("Verifier key  " + vkey);
    on.say("Its memory must never be restored from a copy. Next: veche witness add-log " +
           options.folder.string() + " VKEY --url https://union.example/journal");
    return done;
}

int witness_add_log(const witness_log_options& options, const terminal& on) {
    const auto opened = open_witness(options.folder);
    if (!opened) return on.fail(opened.error());
    std::vector<journal::verifier_key> keys;
    for (const std::string& given : options.keys) {
        const auto text = key_text(given);
        const auto key =
            text ? journal::parse_verifier_key(*text) : tl::unexpected<refusal>(text.error());
        if (!key) return on.fail(key.error());
        keys.push_back(*key);
    }
    const std::string origin = options.origin.empty() ? keys.front().name : options.origin;
    if (const auto known = opened->record->add_log(origin, keys, options.url); !known)
        return on.fail(known.error());
    on.say("Known: " + origin);
    return done;
}

int witness_serve(const witness_serve_options& options, const terminal& on) {
    log::set_level(witness_level(options.log_level));
    const auto at = parse_listen(options.listen);
    if (!at) return on.fail(options.listen + " is no address and port.", wrong_usage);
    const auto opened = open_witness(options.folder);
    if (!opened) return on.fail(opened.error());
    const auto all = opened->record->all();
    if (!all) return on.fail(all.error());
    for (const journal::witnessed_log& log : *all) look_at_log(*opened->inside, log);
    api::witness_site site(*opened->inside,
                           {.burst = 10 * options.per_second, .per_second = options.per_second},
                           &api::wall_clock);
    api::server_settings settings;
    settings.address = at->host;
    settings.port = at->port;
    settings.max_connections = 1000;
    settings.worker_threads = 8;
    settings.trusted_proxies = options.proxies;
    api::http_server server(settings, site);
    server.stop_on_signals();
    on.say(
        fmt::format("Witness {} on http://{}:{}", opened->inside->name(), at->host, server.port()));
    on.out.flush();
    server.run();
    return done;
}

int witness_watch(const witness_watch_options& options, const terminal& on) {
    const auto opened = open_witness(options.folder);
    if (!opened) return on.fail(opened.error());
    for (;;) {
        const bool good = look_at_all(*opened->inside, options, on);
        if (options.once) return good ? done : refused;
        std::this_thread::sleep_for(std::chrono::seconds(options.every_s));
    }
}

int witness_show(const witness_folder_options& options, const terminal& on) {
    const auto opened = open_witness(options.folder);
    if (!opened) return on.fail(opened.error());
    const auto status = api::status_of(*opened->inside);
    if (!status) return on.fail(status.error());
    if (on.json) on.out << to_json(*status) << '\n';
    on.say(status->name + "  " + status->vkey);
    for (const api::witnessed_row& row : status->logs) {
        on.say(fmt::format("  {}: {} entries, cosigned {}", row.origin, row.size,
                           row.cosigned ? to_text(*row.cosigned) : std::string("never")));
        if (row.evidence > 0)
            on.say(
                fmt::format("    {} checkpoints signed by the log were refused: see `veche "
                            "witness export`",
                            row.evidence));
    }
    return done;
}

int witness_export(const witness_folder_options& options, const terminal& on) {
    const auto opened = open_witness(options.folder);
    if (!opened) return on.fail(opened.error());
    std::error_code error;
    std::filesystem::create_directories(options.to, error);
    const auto all = opened->record->all();
    const auto evidence = opened->record->evidence();
    if (!all) return on.fail(all.error());
    if (!evidence) return on.fail(evidence.error());
    std::size_t written = 0;
    for (const journal::witnessed_log& log : *all) {
        if (log.note.empty()) continue;
        const auto file = options.to / (journal::witness::address_of(log.origin) + ".checkpoint");
        std::filesystem::remove(file, error);
        if (const auto made = write_new_file(file, log.note, false); !made)
            return on.fail(made.error());
        ++written;
    }
    for (std::size_t i = 0; i < evidence->size(); ++i) {
        const auto file = options.to / fmt::format("refused-{}.txt", i + 1);
        std::filesystem::remove(file, error);
        if (const auto made = write_new_file(file, (*evidence)[i].body, false); !made)
            return on.fail(made.error());
    }
    on.say(fmt::format("Wrote {} checkpoints and {} refused ones to {}.", written, evidence->size(),
                       options.to.string()));
    return done;
}

int witness_raise(const witness_folder_options& options, const terminal& on) {
    const auto opened = open_witness(options.folder);
    if (!opened) return on.fail(opened.error());
    for (const std::string& from : options.from) {
        const auto note = checkpoint_at(from);
        if (!note) return on.fail(note.error());
        const auto raised = opened->inside->raise(*note);
        if (!raised) return on.fail(raised.error());
        on.say(from + (*raised ? ": raised" : ": nothing newer under this witness's signature"));
    }
    return done;
}

}  // namespace veche::cli
