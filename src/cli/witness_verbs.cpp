#include "cli/witness_verbs.hpp"

#include <CLI/CLI.hpp>

namespace veche::cli {

template <class Options>
CLI::App* witness_verbs::verb(CLI::App* group, const char* name, const char* meaning,
                              int (*call)(const Options&, const terminal&), Options& options) {
    CLI::App* sub = group->add_subcommand(name, meaning);
    sub->callback([this, call, &options] {
        chosen_ = [call, &options](const terminal& on) { return call(options, on); };
    });
    return sub;
}

void witness_verbs::add() {
    auto* group = app_.add_subcommand(
        "witness", "Cosign journals of unions, as a witness of a member (docs/witnesses.md)");
    group->require_subcommand(1);
    add_own(group);
    add_running(group);
    add_forks(group);
}

void witness_verbs::add_own(CLI::App* group) {
    auto* make = verb(group, "init", "Make a witness: a key, and a memory that knows no log yet",
                      witness_init, init_);
    make->add_option("folder", init_.folder, "Folder of the witness")->required();
    make->add_option("--name", init_.name, "Its name for ever, such as witness.example/by")
        ->required();

    auto* known = verb(group, "add-log", "Make a log known, or change its keys and address",
                       witness_add_log, log_);
    known->add_option("folder", log_.folder, "Folder of the witness")->required();
    known->add_option("vkey", log_.keys, "Verifier key of the log, or a file that holds it")
        ->required();
    known->add_option("--origin", log_.origin, "Origin of the log, where its key has another name");
    known->add_option("--url", log_.url,
                      "Where the log is read, such as https://union.example/journal");

    auto* status = verb(group, "status", "What it has cosigned of each log", witness_show, folder_);
    status->add_option("folder", folder_.folder, "Folder of the witness")->required();

    auto* out = verb(group, "export", "Write what it cosigned last, and what it refused, as files",
                     witness_export, folder_);
    out->add_option("folder", folder_.folder, "Folder of the witness")->required();
    out->add_option("to", folder_.to, "Folder to write into")->required();

    auto* raise = verb(group, "raise", "Raise a memory by what carries its own signature",
                       witness_raise, folder_);
    raise->add_option("folder", folder_.folder, "Folder of the witness")->required();
    raise->add_option("from", folder_.from, "Checkpoints: files, folders or addresses")->required();
    raise->footer(
        "For a memory that may be old: whatever this witness has signed it must have seen, so a\n"
        "larger checkpoint with its good signature becomes what it extends from now on. Nothing\n"
        "lowers a memory.");
}

void witness_verbs::add_running(CLI::App* group) {
    auto* serve =
        verb(group, "serve", "Serve add-checkpoint (c2sp.org/tlog-witness)", witness_serve, serve_);
    serve->add_option("folder", serve_.folder, "Folder of the witness")->required();
    serve->add_option("--listen", serve_.listen, "Address and port")->capture_default_str();
    serve->add_option("--per-second", serve_.per_second, "Requests of one address in the long run")
        ->check(CLI::Range(0.1, 10'000.0))
        ->capture_default_str();
    serve->add_option("--proxy", serve_.proxies, "Proxies whose X-Forwarded-For counts");
    serve->add_option("--log-level", serve_.log_level, "debug, info, warning or error")
        ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
        ->capture_default_str();
    serve->footer(
        "Serves plain HTTP: put a proxy with TLS before it. What it has seen is on / and /status.");

    auto* watch = verb(group, "watch", "Fetch checkpoints and tiles itself, and cosign what holds",
                       witness_watch, watch_);
    watch->add_option("folder", watch_.folder, "Folder of the witness")->required();
    watch->add_option("origin", watch_.origin, "Only this log");
    watch->add_option("--every", watch_.every_s, "Seconds between looks")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{86'400}))
        ->capture_default_str();
    watch->add_flag("--once", watch_.once, "Look once; ends with 1 where a log does not hold");
    watch->add_flag("--full", watch_.full,
                    "Recompute the whole journal, signatures and outcomes, before cosigning");
}

void witness_verbs::add_forks(CLI::App* group) {
    auto* prove = verb(group, "fork-proof", "Prove two histories by two checkpoints of one log",
                       witness_fork_proof, fork_);
    prove->add_option("a", fork_.a, "A checkpoint: a file, a folder or an address")->required();
    prove->add_option("b", fork_.b, "Another")->required();
    prove->add_option("--vkey", fork_.vkey, "Verifier key of the log, or a file that holds it")
        ->required();
    prove->add_option("--log", fork_.log,
                      "Where the longer history is read; needed where the sizes differ");
    prove->add_option("--to", fork_.to, "The new file")->required();

    auto* check = verb(group, "check-fork", "Check such a proof; it needs the log's key alone",
                       witness_check_fork, fork_);
    check->add_option("proof", fork_.a, "The file")->required();
    check->add_option("--vkey", fork_.vkey, "Verifier key of the log, or a file that holds it")
        ->required();
}

}  // namespace veche::cli
