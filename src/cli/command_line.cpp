#include "cli/command_line.hpp"

#include <functional>

#include <CLI/CLI.hpp>

#include "cli/ballot.hpp"
#include "cli/engine_verbs.hpp"
#include "cli/register_verbs.hpp"
#include "cli/verbs.hpp"
#include "cli/witness_verbs.hpp"
#include "store/postgres/postgres_store.hpp"

namespace veche::cli {
namespace {

constexpr const char* about =
    "Veche runs the common affairs of a union of states, and lets anyone recompute them.";
constexpr const char* footer =
    "Exit codes: 0 done, 1 refused or found wrong, 2 wrong usage, 3 a file, a folder or a server\n"
    "cannot be used.\n"
    "`veche describe` lists the commands for `do` and the views for `ask`.";

/// The verbs with the options they were given; `chosen` is the one to call.
class command_line {
  public:
    command_line() {
        app_.require_subcommand(1);
        app_.fallthrough();
        app_.footer(footer);
        app_.set_version_flag("--version", "veche 0.1.0");
        app_.add_flag("--json", json_, "Write JSON for programs instead of text for people");
        add_init();
        add_migrate();
        add_snapshot();
        add_serve();
        add_do();
        add_ask();
        add_verify();
        add_export();
        add_upkeep();
        add_keys();
        add_document();
        add_charter();
        add_tally();
        engines_.add();
        add_ledger();
        add_import();
        add_bank();
        register_.add();
        witness_.add();
        add_keygen();
        add_account();
        add_mail_test();
        add_describe();
        add_play();
        add_demo();
        add_ballot();
    }

    int run(std::vector<std::string> arguments, std::ostream& out, std::ostream& err,
            bool animated) {
        std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
        try {
            app_.parse(std::move(arguments));
        } catch (const CLI::ParseError& e) {
            return app_.exit(e, out, err) == 0 ? done : wrong_usage;
        }
        const terminal on{out, err, json_, animated};
        try {
            return chosen_(on);
        } catch (const std::exception& e) {
            return on.fail(e.what());
        }
    }

  private:
    template <class Options>
    CLI::App* verb(const char* name, const char* meaning,
                   int (*call)(const Options&, const terminal&), Options& options) {
        CLI::App* sub = app_.add_subcommand(name, meaning);
        sub->callback([this, call, &options] {
            chosen_ = [call, &options](const terminal& on) { return call(options, on); };
        });
        return sub;
    }

    static void add_folder(CLI::App* sub, std::filesystem::path& folder) {
        sub->add_option("folder", folder, "The union's folder")->required();
    }
    static void add_place(CLI::App* sub, std::filesystem::path& place) {
        sub->add_option("folder", place, "The union's folder, or postgres://USER@HOST/DATABASE")
            ->required();
    }

    void add_init() {
        auto* sub =
            verb("init", "Found a union in a new folder, or on a PostgreSQL server", init, init_);
        sub->add_option("folder", init_.folder,
                        "The union's folder, or postgres://USER@HOST/DATABASE")
            ->required();
        sub->add_option("--key", init_.key,
                        "File of the log's key, made if it is missing; for a server");
        sub->add_option("--charter", init_.charter, "The charter, a TOML file")
            ->required()
            ->check(CLI::ExistingFile);
        sub->add_option("--origin", init_.origin,
                        "Name of the journal for ever, such as union.example/journal");
    }

    void add_snapshot() {
        auto* sub = verb("snapshot", "Put the state down, so that the next start is quick",
                         write_snapshot, snapshot_);
        add_folder(sub, snapshot_.folder);
        sub->footer(
            "Folds the journal and writes FOLDER/snapshot. A server does so by itself as its "
            "journal\n"
            "grows. The file serves only the build of the program that wrote it, so run this once\n"
            "after an upgrade of a large union. It is never needed: without it, or with a damaged\n"
            "one, the journal is folded from its beginning. `veche verify` compares the two.");
    }

    void add_migrate() {
        auto* sub = verb("migrate", "Move a union to PostgreSQL, or back into its folder", migrate,
                         migrate_);
        add_folder(sub, migrate_.folder);
        sub->add_option("TO", migrate_.to,
                        "postgres://USER@HOST/DATABASE, or sqlite for a file in the folder")
            ->required()
            ->check([](const std::string& to) {
                return to == "sqlite" || store::postgres_store::is_url(to)
                           ? std::string()
                           : to + " is neither a postgres:// address nor sqlite";
            });
        sub->footer(
            "Everything is copied, opened anew and compared before the folder names the other "
            "place.\nThe address is kept in FOLDER/journal.url, readable by its owner alone, as it "
            "may hold a password.\nStop the server first.");
    }

    void add_serving(CLI::App* sub, serve_options& into) {
        sub->add_option("--listen", into.listen, "Address and port")->capture_default_str();
        sub->add_option_function<std::uint16_t>(
            "--port",
            [&into](std::uint16_t port) {
                into.listen =
                    into.listen.substr(0, into.listen.rfind(':')) + ":" + std::to_string(port);
            },
            "Port alone");
        sub->add_option("--public-url", into.public_url,
                        "Address under which readers reach it, behind a proxy");
        sub->add_option("--web", into.web, "Folder of templates, texts and styles")
            ->check(CLI::ExistingDirectory);
        sub->add_option("--outlines", into.outlines,
                        "Folder of outlines for maps, as unions/outlines makes them")
            ->check(CLI::ExistingDirectory);
        sub->add_option("--threads", into.threads, "Threads for the network")
            ->check(CLI::Range(1U, 64U))
            ->capture_default_str();
        sub->add_option("--workers", into.workers, "Threads for pages and commands")
            ->check(CLI::Range(1U, 512U))
            ->capture_default_str();
        sub->add_option(
            "--licence", into.licence,
            "Licence of what the public sees, to be named on its pages, as in \"CC BY 4.0\"");
        sub->add_option("--connections", into.connections, "Open connections at most")
            ->capture_default_str();
        sub->add_option("--per-address", into.per_address,
                        "Open connections of one address at most")
            ->capture_default_str();
        sub->add_option("--acts-per-second", into.acts_per_s,
                        "Commands of one person or address in the long run, 0 for no limit")
            ->capture_default_str();
        sub->add_option("--reads-per-second", into.reads_per_s,
                        "Pages and views for one address in the long run, 0 for no limit")
            ->capture_default_str();
        sub->add_option("--trust-proxy", into.proxies,
                        "Address of a proxy whose X-Forwarded-* headers count");
        add_cost(sub, into.cost);
        sub->add_option("--log", into.log_level, "Lowest level of log lines")
            ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
            ->capture_default_str();
        sub->add_option_function<std::string>(
               "--log-format", [&into](const std::string& form) { into.log_json = form == "json"; },
               "text, or json: an object a line")
            ->check(CLI::IsMember({"text", "json"}));
        sub->add_option("--metrics", into.metrics,
                        "Address and port that serve /metrics and /health, to nobody else");
        add_mail(sub, into.mail);
        sub->add_option("--digest-hour", into.digest_hour,
                        "Hour at which digests are mailed, in the union's zone; the weekly ones on "
                        "Mondays")
            ->check(CLI::Range(0, 23))
            ->capture_default_str();
    }

    static void add_mail(CLI::App* sub, mail_options& into) {
        static const std::map<std::string, api::mail_tls> names = {
            {"none", api::mail_tls::none},
            {"starttls", api::mail_tls::starttls},
            {"tls", api::mail_tls::tls}};
        sub->add_option("--mail-server", into.server,
                        "SMTP server that takes mail for followers, host or host:port");
        sub->add_option("--mail-from", into.from, "Sender's address of that mail");
        sub->add_option("--mail-tls", into.tls,
                        "starttls (port 587), tls from the first byte (465), or none")
            ->transform(CLI::CheckedTransformer(names));
        sub->add_option("--mail-login", into.login, "Login name at the mail server");
        sub->add_option("--mail-password-file", into.password_file,
                        "File that holds the password for it, and nothing else")
            ->check(CLI::ExistingFile);
        sub->add_option("--mail-ca", into.ca_file,
                        "Certificates to trust instead of the system's, a PEM file")
            ->check(CLI::ExistingFile);
    }

    void add_mail_test() {
        CLI::App* group = app_.add_subcommand("mail", "Mail to followers");
        group->require_subcommand(1);
        group->footer("docs/notifications.md tells what is mailed to whom.");
        auto* sub = group->add_subcommand("test", "Send one mail and say what the server answered");
        add_folder(sub, mail_test_.folder);
        sub->add_option("to", mail_test_.to, "Address that is to get it")->required();
        add_mail(sub, mail_test_.mail);
        sub->add_option("--web", mail_test_.web, "Folder of templates, texts and styles")
            ->check(CLI::ExistingDirectory);
        sub->callback(
            [this] { chosen_ = [this](const terminal& on) { return test_mail(mail_test_, on); }; });
    }

    static void add_cost(CLI::App* sub, api::password_cost& cost) {
        static const std::map<std::string, api::password_cost> names = {
            {"fast", api::password_cost::fast},
            {"interactive", api::password_cost::interactive},
            {"moderate", api::password_cost::moderate}};
        sub->add_option("--password-cost", cost,
                        "Cost of a password hash: moderate, interactive, fast")
            ->transform(CLI::CheckedTransformer(names));
    }

    void add_serve() {
        auto* sub = verb("serve", "Serve a union over HTTP", serve, serve_);
        sub->add_option("folder", serve_.folder,
                        "The union's folder, or postgres://USER@HOST/DATABASE")
            ->required();
        sub->add_option("--key", serve_.key, "File of the log's key, for a union on a server")
            ->check(CLI::ExistingFile);
        sub->add_option("--state", serve_.state,
                        "Folder of this node alone: what it itself saw signed, never restored "
                        "from a copy; KEY.node otherwise");
        sub->add_flag("--inspect", serve_.inspect,
                      "Read the whole journal before serving; otherwise what comes before the "
                      "snapshot is read meanwhile");
        sub->footer(
            "Any number of nodes serve one union on a server: each takes any command. "
            "docs/nodes.md "
            "tells how.");
        add_serving(sub, serve_);
    }

    void add_where(CLI::App* sub, union_options& into) {
        sub->add_option("--at", into.at, "A union's folder, or the address of its server")
            ->envname("VECHE_AT")
            ->capture_default_str();
        sub->add_option("--login", into.login,
                        "Login name at the server; the password is asked for, or VECHE_PASSWORD");
        sub->add_option("--as", into.as, "The person who acts");
    }

    void add_do() {
        auto* sub = verb("do", "Send a command", do_command, do_);
        sub->add_option("type", do_.type, "The command, such as assembly.cast_ballot")->required();
        sub->add_option("fields", do_.fields, "Its fields, name=value; nested names with dots");
        add_where(sub, do_.where);
        sub->add_option("--auth", do_.where.auth, "Office or seat under whose authority");
        sub->add_option("--key", do_.where.key, "Sign with this key (veche keygen)")
            ->check(CLI::ExistingFile);
        sub->add_option("--body", do_.body, "The command as JSON instead of fields; - reads it");
        sub->add_option("--idem", do_.idem, "Idempotency key; made where it is missing");
    }

    void add_ask() {
        auto* sub = verb("ask", "Ask a view", ask, ask_);
        sub->add_option("view", ask_.view, "The view, such as assembly.session")->required();
        sub->add_option("fields", ask_.fields, "Fields of the query, name=value");
        add_where(sub, ask_.where);
    }

    void add_verify() {
        auto* sub =
            verb("verify", "Recompute a journal: tree, signatures, every outcome", verify, verify_);
        sub->add_option("where", verify_.where,
                        "A union's folder, an exported folder, or an address")
            ->required();
        sub->add_flag("!--no-signatures", verify_.signatures, "Skip the signatures of actors");
        sub->add_option(
            "--vkey", verify_.vkey,
            "Verifier key of the log, or a file that holds it; a union's folder knows it");
        sub->add_option("--threads", verify_.threads,
                        "Threads for signatures, 0 for all cores; with 1 nothing is read ahead")
            ->capture_default_str();
        sub->add_flag("--evidence", verify_.evidence,
                      "Compute every published finding again from its data");
        sub->add_option(
            "--policy", verify_.trust.policy,
            "Refuse a checkpoint without a quorum by this policy (c2sp.org/tlog-policy)");
        auto* kept = sub->add_option(
            "--remember", verify_.trust.remember,
            "Keep the checkpoint in this file, and refuse a journal that does not extend it");
        sub->add_flag("--witnessed", verify_.trust.charter,
                      "Refuse a checkpoint without a quorum of the witnesses that the charter "
                      "named at the remembered one")
            ->needs(kept);
        sub->add_flag("--state-hash", verify_.state_hash,
                      "Say the hash of the state: programs of one build that hold the same say the "
                      "same");
    }

    void add_export() {
        static const std::map<std::string, fund::book_form> forms = {
            {"hledger", fund::book_form::ledger},
            {"ledger", fund::book_form::ledger},
            {"beancount", fund::book_form::beancount},
            {"csv", fund::book_form::csv}};
        auto* sub = verb("export", "Write the public journal as files, or the fund's book as one",
                         export_journal, export_);
        add_folder(sub, export_.folder);
        sub->add_option("to", export_.to, "Folder to write into; with --book a new file")
            ->required();
        sub->add_flag("--witnessed", export_.witnessed,
                      "As it was at the newest checkpoint with a quorum of witnesses");
        sub->add_option("--book", export_.book,
                        "Write the fund's book for that program: hledger, ledger, beancount, csv")
            ->transform(CLI::CheckedTransformer(forms));
    }

    void add_upkeep() {
        auto* backup = verb("backup", "Back up a union, running or not", back_up_union, backup_);
        add_place(backup, backup_.folder);
        backup->add_option("to", backup_.to, "Folder of the backup; what is in it is gone on with")
            ->required();
        backup->add_flag("!--without-secrets", backup_.secrets,
                         "Leave out accounts, follows and sealed texts");
        backup->footer(
            "The log's key and the guard are never in it: keep log.key offline, and never copy the "
            "guard.\nAgain into the same folder, only what is new is written. Of a folder and of a "
            "server a backup\nis the same: either can be restored as the other.");
        auto* check = verb("check-backup", "Read a whole backup and name what is damaged",
                           check_backup_files, backup_check_);
        check->add_option("backup", backup_check_.backup, "Folder of the backup")->required();
        auto* back = verb("restore", "Make a union out of a backup", restore_union, restore_);
        back->add_option("from", restore_.from, "Folder of the backup")->required();
        back->add_option("folder", restore_.folder,
                         "The union's folder: empty, or with nothing but log.key and guard.sqlite; "
                         "or postgres://USER@HOST/DATABASE, with nothing of a union but the "
                         "schema of its guard")
            ->required();
        back->add_option("--at", restore_.at,
                         "Cut after this entry or time, for looking: the copy takes no commands");
        back->add_option("--fill-from", restore_.fill_from,
                         "Address of a mirror, or an exported folder, that has newer entries");
        back->add_option("--key", restore_.key, "The log's key, where it is not in the folder")
            ->check(CLI::ExistingFile);
        back->add_option("--state", restore_.state,
                         "For a server: the folder of a node that served the union, as in serve; "
                         "KEY.node otherwise");
        back->add_flag("--new-guard", restore_.new_guard,
                       "The guard is lost, and no mirror and no witness has more entries");
        auto* fill = verb("fill", "Bring back entries that were published and are missing",
                          fill_union, fill_);
        add_place(fill, fill_.folder);
        fill->add_option("from", fill_.from, "Address of a mirror, or an exported folder")
            ->required();
        verb("version", "Say what the program is and which forms it knows", tell_version, version_);
    }

    void add_keys() {
        CLI::App* group =
            app_.add_subcommand("key", "The key that signs the journal's checkpoints");
        group->require_subcommand(1);
        group->footer(
            "docs/operations.md tells how a key is changed, and what to do if it is lost.");
        const auto add_log_key = [&](CLI::App* sub) {
            add_place(sub, key_.folder);
            sub->add_option("--key", key_.log_key,
                            "File of the log's key, where it is not in the folder; the next one is "
                            "KEY.next, the old one KEY.old");
        };
        auto* fresh = group->add_subcommand("new", "Make the next key beside the one in use");
        add_log_key(fresh);
        fresh->callback(
            [this] { chosen_ = [this](const terminal& on) { return new_log_key(key_, on); }; });
        auto* change = group->add_subcommand("change", "Take the next key into use");
        add_log_key(change);
        change->footer(
            "Of a union in a folder, stop its server first. On a server the nodes run on: they "
            "sign "
            "nothing\nmore with the old key; give each the file of the new one and start it "
            "again.");
        change->add_option("--state", key_.state,
                           "For a server: the folder of a node that served the union, as in serve; "
                           "KEY.node otherwise, if it is there");
        change->add_option("--as", key_.where.as, "The person who takes it into use");
        change->add_option("--auth", key_.where.auth, "Their office with the power \"accounts\"");
        change->add_option("--sign", key_.where.key, "Sign the entry with this key (veche keygen)")
            ->check(CLI::ExistingFile);
        change->add_flag("--lost", key_.lost, "The key in use is lost: nothing is signed with it");
        change->add_option("--old-vkey", key_.old_vkey, "Verifier key of the lost one");
        change->callback(
            [this] { chosen_ = [this](const terminal& on) { return change_log_key(key_, on); }; });
        CLI::App* in =
            app_.add_subcommand("recovery", "Accounts whose owner lost password and keys");
        in->require_subcommand(1);
        auto* confirm = in->add_subcommand(
            "confirm", "Confirm what another person proposed, and print the code to hand over");
        confirm->add_option("person", recovery_.person, "Whose account")->required();
        add_where(confirm, recovery_.where);
        confirm->add_option("--auth", recovery_.where.auth,
                            "Your office with the power \"accounts\"");
        confirm->add_option("--key", recovery_.where.key, "Sign with this key (veche keygen)")
            ->check(CLI::ExistingFile);
        confirm->callback([this] {
            chosen_ = [this](const terminal& on) { return confirm_recovery(recovery_, on); };
        });
    }

    void add_document() {
        auto* sub =
            verb("document", "Write a document or a feed from a folder", write_document, document_);
        add_folder(sub, document_.folder);
        sub->add_option("what", document_.what,
                        "Its address without the site, such as ru/minutes/s-1.pdf, "
                        "en/acts/2026-0001.xml or en/sessions.ics")
            ->required();
        sub->add_option("-o,--output", document_.to,
                        "New file to write; standard output otherwise");
        sub->add_option("--public-url", document_.public_url,
                        "Address of the site that the document names");
        sub->add_option("--web", document_.web, "Folder of templates, texts and styles")
            ->check(CLI::ExistingDirectory);
    }

    void add_charter() {
        CLI::App* group = app_.add_subcommand("charter", "Charters as files, before any union");
        group->require_subcommand(1);
        group->footer("docs/charter.md describes the file.");
        auto* sub = group->add_subcommand(
            "check", "Say a charter in plain words and find what in it cannot work");
        sub->add_option("file", charter_.file, "The charter, a TOML file")
            ->required()
            ->check(CLI::ExistingFile);
        sub->add_option("--on", charter_.on,
                        "Day from which mandates and weights are looked at; today otherwise");
        sub->add_option("--lang", charter_.language, "Language of the answer: en, ru, be")
            ->capture_default_str();
        sub->add_flag("--brief", charter_.brief, "Only what was found, not the charter in words");
        sub->callback([this] {
            chosen_ = [this](const terminal& on) { return check_charter(charter_, on); };
        });
        auto* preset = group->add_subcommand(
            "preset", "Print the rules and seats of a real body, to paste into a charter");
        preset->add_option("name", preset_.name, "The preset; without it they are listed");
        preset->add_option("--lang", preset_.language, "Language of the list")
            ->capture_default_str();
        preset->callback(
            [this] { chosen_ = [this](const terminal& on) { return print_preset(preset_, on); }; });
    }

    void add_tally() {
        auto* sub = verb("tally", "Compute votes from a file of vectors", tally, tally_);
        sub->add_option("file", tally_.file, "JSON: one vector, or {\"vectors\":[...]}")
            ->required()
            ->check(CLI::ExistingFile);
        sub->add_option("--charter", tally_.charter,
                        "A charter or preset whose rules and bodies the vectors name")
            ->check(CLI::ExistingFile);
    }

    void add_ledger() {
        CLI::App* group = app_.add_subcommand("ledger", "Books without any union");
        group->require_subcommand(1);
        group->footer("docs/format/ledger-vectors.md describes the file.");
        auto* sub = group->add_subcommand(
            "check", "Run ledger vectors: what each step answers, what balances come out");
        sub->add_option("file", ledger_check_.file, "JSON: one vector, or {\"vectors\":[...]}")
            ->required()
            ->check(CLI::ExistingFile);
        sub->callback([this] {
            chosen_ = [this](const terminal& on) { return ledger_check(ledger_check_, on); };
        });
    }

    void add_import() {
        auto* sub =
            verb("import", "Read a book of hledger or ledger, or a statement, and add it up",
                 import_file, import_);
        sub->add_option("file", import_.file,
                        "The book as text; or, named .csv, a statement with a running balance")
            ->required()
            ->check(CLI::ExistingFile);
        sub->add_option("--at", import_.at, "Balances of a book at the end of this day");
        sub->add_option("--decimal-mark", import_.decimal_mark,
                        "What parts decimals in a statement, where it is not clear")
            ->check(CLI::IsMember({".", ","}));
        for (auto [name, into] :
             {std::pair{"amount", &import_.amount}, std::pair{"credit", &import_.credit},
              std::pair{"debit", &import_.debit}, std::pair{"balance", &import_.balance}})
            sub->add_option(std::string("--") + name, *into,
                            std::string("Name of a statement's column of that kind"));
        sub->footer(
            "docs/fund.md says what of a book is read. Ends with 1 where it does not add up.");
    }

    void add_bank() {
        CLI::App* group = app_.add_subcommand("bank", "Files for the fund's bank and from it");
        group->require_subcommand(1);
        group->footer("docs/fund.md tells what is in them.");
        auto* orders = group->add_subcommand("orders", "Write payments as orders (pain.001)");
        add_folder(orders, bank_orders_.folder);
        orders
            ->add_option(
                "--payments", bank_orders_.payments,
                "Which payments or advances: the entry of a run or of an advance, a day such as "
                "2026-03-01, or the id of one")
            ->required();
        orders->add_option("--debtor", bank_orders_.debtor, "Name of the fund at its bank")
            ->required();
        orders
            ->add_option("--accounts", bank_orders_.accounts,
                         "CSV file party,account,bic that only its operator reads; the fund's own "
                         "account is that of Bank:main")
            ->required()
            ->check(CLI::ExistingFile);
        orders->add_option("-o,--output", bank_orders_.to, "New file to write")->required();
        orders->add_option("--id", bank_orders_.id, "Id of the file, once for all time");
        orders->callback([this] {
            chosen_ = [this](const terminal& on) { return bank_orders(bank_orders_, on); };
        });
        auto* said = group->add_subcommand("statement", "Read statements (camt.053)");
        said->add_option("file", bank_statement_.file, "The file of the bank")
            ->required()
            ->check(CLI::ExistingFile);
        said->add_option("--of", bank_statement_.of, "Only of this account at the bank");
        said->add_option("--account", bank_statement_.account,
                         "Account of the fund that it is; the main one otherwise");
        said->add_option("--id", bank_statement_.id, "Id of the statement, if not the bank's");
        said->add_flag("--texts", bank_statement_.texts,
                       "Record the bank's texts too; they must name no person");
        union_options& to = bank_statement_.where;
        to.at.clear();
        said->add_option("--union", to.at,
                         "Record them in this union: its folder, or the address of its server");
        said->add_option("--login", to.login, "Login name at the server");
        said->add_option("--as", to.as, "The person who records");
        said->add_option("--auth", to.auth, "Office under whose authority");
        said->add_option("--key", to.key, "Sign with this key (veche keygen)")
            ->check(CLI::ExistingFile);
        said->callback([this] {
            chosen_ = [this](const terminal& on) { return bank_statement(bank_statement_, on); };
        });
        auto* told = group->add_subcommand("status", "Read what became of orders (pain.002)");
        told->add_option("file", bank_status_.file, "The file of the bank")
            ->required()
            ->check(CLI::ExistingFile);
        told->callback([this] {
            chosen_ = [this](const terminal& on) { return bank_status(bank_status_, on); };
        });
    }

    void add_keygen() {
        auto* sub = verb("keygen", "Make a signing key", keygen, keygen_);
        sub->add_option("file", keygen_.file, "File to write the key to")->required();
        sub->add_option("--id", keygen_.id, "Id under which the key will be enrolled")
            ->capture_default_str();
    }

    void add_account() {
        CLI::App* group = app_.add_subcommand("account", "Who may log in");
        group->require_subcommand(1);
        using what = account_options::what;
        const auto add = [&](const char* name, const char* meaning, what action) {
            CLI::App* sub = group->add_subcommand(name, meaning);
            add_folder(sub, account_.folder);
            if (action != what::list)
                sub->add_option("login", account_.login, "Login name")->required();
            if (action == what::add)
                sub->add_option("person", account_.person, "The person of the charter")->required();
            if (action == what::add || action == what::reset) {
                sub->add_flag("--generate", account_.generate, "Make a password and print it");
                add_cost(sub, account_.cost);
            }
            sub->callback([this, action] {
                account_.action = action;
                chosen_ = [this](const terminal& on) { return account(account_, on); };
            });
        };
        add("add", "Let a person log in; the password is asked for, or VECHE_PASSWORD", what::add);
        add("reset", "Set a new password and end the sessions", what::reset);
        add("disable", "Shut an account and end its sessions", what::disable);
        add("enable", "Open a shut account again", what::enable);
        add("list", "List the accounts", what::list);
    }

    void add_ballot() {
        CLI::App* group = app_.add_subcommand("ballot", "Secret ballots, in files or at a union");
        group->require_subcommand(1);
        group->footer("docs/secret-ballots.md tells one from beginning to end.");
        const auto add = [&](const char* name, const char* meaning,
                             int (*call)(const ballot_options&, const terminal&),
                             bool on_record = true) {
            CLI::App* sub = group->add_subcommand(name, meaning);
            if (on_record) sub->add_option("record", ballot_.record, "The record")->required();
            sub->callback([this, call] {
                chosen_ = [this, call](const terminal& on) { return call(ballot_, on); };
            });
            return sub;
        };
        const auto with_key = [&](CLI::App* sub, const char* whose) {
            sub->add_option("--key", ballot_.key, whose)->required()->check(CLI::ExistingFile);
        };
        auto* keygen =
            add("keygen", "Make a secret and print its public part", ballot_keygen, false);
        keygen->add_option("file", ballot_.to, "File to write the secret to")->required();
        keygen->add_option("--trustee", ballot_.trustee, "Of a trustee with this name");
        auto* start = add("start", "Begin the record of a ballot", ballot_start);
        start->add_option("--definition", ballot_.definition, "The question, as JSON")->required();
        start->add_option("--roll", ballot_.roll, "Credentials and weights, as JSON")->required();
        // Verbs that work on a file, and with --at on a secret vote of a union.
        const auto anywhere = [&](CLI::App* sub) {
            sub->add_option(
                "--at", ballot_.where.at,
                "A union's folder or the address of its server; RECORD is then the vote");
            add_person(sub);
            return sub;
        };
        with_key(
            anywhere(add("ceremony", "A trustee's next step in making the key", ballot_ceremony)),
            "The trustee's secret");
        add("open", "Open the ballot", ballot_open);
        auto* vote = anywhere(
            add("vote", "Encrypt a ballot, offline into a file or for a union", ballot_vote));
        with_key(vote, "The voter's secret");
        vote->add_option("--choose", ballot_.choose, "Id of an option, or blank; may be repeated");
        vote->add_option("--to", ballot_.to, "File to write the ballot or its opening to");
        vote->add_flag("--cast", ballot_.cast, "Do not ask whether to challenge the ballot");
        add("cast", "Put ballots on the record", ballot_cast)
            ->add_option("files", ballot_.files, "The ballots")
            ->required();
        anywhere(add("audit", "Check a challenged ballot", ballot_audit))
            ->add_option("opening", ballot_.files, "The opening")
            ->required()
            ->expected(1);
        anywhere(add("find", "Find a ballot on the record", ballot_find))
            ->add_option("tracker", ballot_.tracker, "The tracker of the ballot")
            ->required();
        add("close", "Close the ballot", ballot_close);
        with_key(anywhere(add("decrypt", "A trustee's part of the decryption", ballot_decrypt)),
                 "The trustee's secret");
        add("tally", "Put the decryptions together and record the result", ballot_tally);
        anywhere(add("verify", "Recompute a record: every proof, every total", ballot_verify))
            ->add_option("--threads", ballot_.threads, "Threads for ballots, 0 for all cores")
            ->capture_default_str();
        add_union_ballot(group);
    }

    void add_person(CLI::App* sub) {
        sub->add_option("--login", ballot_.where.login,
                        "Login name at the server; the password is asked for, or VECHE_PASSWORD");
        sub->add_option("--as", ballot_.where.as, "The person who acts");
        sub->add_option("--sign", ballot_.where.key,
                        "Sign the command with this key (veche keygen)")
            ->check(CLI::ExistingFile);
    }

    /// Verbs that only a union knows.
    void add_union_ballot(CLI::App* group) {
        const auto add = [&](const char* name, const char* meaning,
                             int (*call)(const ballot_options&, const terminal&)) {
            CLI::App* sub = group->add_subcommand(name, meaning);
            sub->callback([this, call] {
                chosen_ = [this, call](const terminal& on) { return call(ballot_, on); };
            });
            sub->add_option("--at", ballot_.where.at, "The union's folder, or its server's address")
                ->required();
            return sub;
        };
        auto* enrol = add("register", "Register the public part of a secret", ballot_register);
        enrol->add_option("--key", ballot_.key, "The secret of a voter or trustee")
            ->required()
            ->check(CLI::ExistingFile);
        enrol->add_option("--seat", ballot_.seat, "The voter's seat");
        add_person(enrol);
        auto* fetch = add("export", "Write the record of a union's secret vote", ballot_export);
        fetch->add_option("vote", ballot_.record, "The vote")->required();
        fetch->add_option("--to", ballot_.to, "New file; standard output otherwise");
    }

    void add_describe() {
        auto* sub = verb("describe", "List commands and views, or the fields of one",
                         describe_messages, describe_);
        sub->add_option("type", describe_.type, "A command or a view");
    }

    void add_play() {
        auto* sub = verb("play", "Play a scenario of commands into a folder", play, play_);
        add_folder(sub, play_.folder);
        sub->add_option("file", play_.file, "The scenario")->required()->check(CLI::ExistingFile);
        sub->add_option("--charter", play_.charter,
                        "Found the union by this charter first, an hour before the scenario begins")
            ->check(CLI::ExistingFile);
    }

    void add_demo() {
        auto* sub =
            verb("demo", "Make the example union, play a year of it, serve it", demo, demo_);
        // The demonstration's password is printed, so that a costly hash of it protects
        // nothing.
        demo_.serve.cost = api::password_cost::fast;
        demo_.serve.log_level = "warning";
        add_folder(sub, demo_.serve.folder);
        add_serving(sub, demo_.serve);
        sub->add_option("--charter", demo_.charter, "Another charter")->check(CLI::ExistingFile);
        sub->add_option("--scenario", demo_.scenario, "Another scenario")->check(CLI::ExistingFile);
    }

    CLI::App app_{about, "veche"};
    bool json_ = false;
    std::function<int(const terminal&)> chosen_;
    init_options init_;
    migrate_options migrate_;
    snapshot_options snapshot_;
    serve_options serve_;
    do_options do_;
    ask_options ask_;
    verify_options verify_;
    export_options export_;
    backup_verb_options backup_;
    backup_check_options backup_check_;
    restore_verb_options restore_;
    fill_options fill_;
    version_options version_;
    key_options key_;
    recovery_options recovery_;
    document_options document_;
    charter_options charter_;
    preset_options preset_;
    tally_options tally_;
    engine_verbs engines_{app_, chosen_};
    register_verbs register_{app_, chosen_};
    witness_verbs witness_{app_, chosen_};
    ledger_check_options ledger_check_;
    import_options import_;
    bank_orders_options bank_orders_;
    bank_statement_options bank_statement_;
    bank_status_options bank_status_;
    keygen_options keygen_;
    mail_test_options mail_test_;
    account_options account_;
    describe_options describe_;
    play_options play_;
    demo_options demo_;
    ballot_options ballot_;
};

}  // namespace

int run(std::vector<std::string> arguments, std::ostream& out, std::ostream& err, bool animated) {
    return command_line().run(std::move(arguments), out, err, animated);
}

}  // namespace veche::cli
