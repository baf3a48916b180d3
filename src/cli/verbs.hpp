#pragma once
// The verbs of `veche`, one per file, each a function of its options. command_line.cpp reads the
// options from the command line and nothing else.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "api/mail_route.hpp"
#include "api/secrets.hpp"
#include "cli/terminal.hpp"
#include "cli/verify_trust.hpp"
#include "fund/views.hpp"

namespace veche::cli {

struct init_options {
    std::filesystem::path folder;  ///< or the address of a PostgreSQL server
    std::filesystem::path charter;
    std::filesystem::path key;  ///< of the log, made where it is missing; for a server
    std::string origin;         ///< "" takes "veche.example/<id of the union>"
};
/// Makes a union's folder: store, guard, log key, and the founding entry.
int init(const init_options&, const terminal&);

struct migrate_options {
    std::filesystem::path folder;
    std::string to;  ///< "postgres://...", or "sqlite": into the folder
};
/// Moves a union to a PostgreSQL server, or back into its folder.
int migrate(const migrate_options&, const terminal&);

struct snapshot_options {
    std::filesystem::path folder;
};
/// Writes the folder's snapshot, from which its next start goes on.
int write_snapshot(const snapshot_options&, const terminal&);

/// How mail leaves the server; off where no server is named.
struct mail_options {
    std::string server;  ///< "mail.example:587"; the port is 587, with TLS from the first byte 465
    api::mail_tls tls = api::mail_tls::starttls;
    std::string login;
    std::filesystem::path password_file;  ///< the only place from which the password is taken
    std::string from;
    std::filesystem::path ca_file;
};

struct serve_options {
    std::filesystem::path folder;  ///< or the address of a PostgreSQL server
    std::filesystem::path key;     ///< of the log, for a server
    std::filesystem::path state;   ///< what this node itself saw signed; "" takes KEY.node
    std::string listen = "127.0.0.1:8080";
    std::string public_url;     ///< "" takes http:// and the address
    std::filesystem::path web;  ///< "" looks for it
    std::filesystem::path
        outlines;         ///< for maps; "" takes "outlines" in the folder, if it is there
    std::string licence;  ///< of what the public sees; "" says nothing
    unsigned threads = 1;
    unsigned workers = 32;
    std::size_t connections = 10'000;
    std::size_t per_address = 256;
    double acts_per_s = 10;
    double reads_per_s = 500;
    std::vector<std::string> proxies;
    api::password_cost cost = api::password_cost::moderate;
    std::string log_level = "info";
    bool log_json = false;  ///< a JSON object a line
    std::string metrics;    ///< address and port for /metrics and /health alone; "" has none
    bool inspect = false;   ///< the whole journal before anything is served
    mail_options mail;
    std::int32_t digest_hour = 7;  ///< at which digests are made up, in the union's zone
};
/// Serves the folder until SIGTERM or SIGINT.
int serve(const serve_options&, const terminal&);

/// Where a union is and who speaks to it.
struct union_options {
    std::string at = ".";  ///< a folder, or the address of a server
    std::string as;        ///< person; needed with a folder or a key
    std::string auth;      ///< office or seat
    std::filesystem::path key;
    std::string
        login;  ///< login name at a server; the password comes from the terminal or VECHE_PASSWORD
};

struct do_options {
    union_options where;
    std::string type;
    std::vector<std::string> fields;  ///< "name=value"
    std::string body;                 ///< JSON instead of fields; "-" reads it from standard input
    std::string idem;
};
/// Sends one command.
int do_command(const do_options&, const terminal&);

struct ask_options {
    union_options where;
    std::string view;
    std::vector<std::string> fields;
};
/// Asks one view.
int ask(const ask_options&, const terminal&);

struct verify_options {
    std::string where;  ///< a union's folder, an exported folder, or an address
    bool signatures = true;
    unsigned threads = 0;
    std::string vkey;         ///< verifier key of the log, or a file that holds it
    bool evidence = false;    ///< compute published findings again, from their data
    bool state_hash = false;  ///< say the hash of the state
    trust_files trust;        ///< what else the reader trusts
};
/// Recomputes everything.
int verify(const verify_options&, const terminal&);

struct backup_verb_options {
    std::filesystem::path folder;
    std::filesystem::path to;
    bool secrets = true;
};
/// Backs up a union that may be running; into a place with a backup only what is new.
int back_up_union(const backup_verb_options&, const terminal&);

struct backup_check_options {
    std::filesystem::path backup;
};
/// Reads a whole backup and names the first file that is not as it was.
int check_backup_files(const backup_check_options&, const terminal&);

struct restore_verb_options {
    std::filesystem::path from;
    std::filesystem::path folder;  ///< or the address of a server
    std::string at;                ///< entry or time: a copy for looking
    std::string fill_from;         ///< address of a mirror, or an exported folder
    std::filesystem::path key;
    std::filesystem::path state;  ///< of a server: folder of a node that has seen it
    bool new_guard = false;
};
/// Makes a union out of a backup, or a copy of it for looking.
int restore_union(const restore_verb_options&, const terminal&);

struct fill_options {
    std::filesystem::path folder;
    std::string from;
};
/// Brings entries back that were published and are missing.
int fill_union(const fill_options&, const terminal&);

struct key_options {
    std::filesystem::path folder;   ///< or the address of a server
    std::filesystem::path log_key;  ///< file of the log's key, where it does not lie in the folder
    std::filesystem::path state;    ///< of a server: folder of a node that has seen it
    union_options where;            ///< who takes the new key into use
    bool lost = false;              ///< the old key is gone
    std::string old_vkey;           ///< its verifier key, where it is lost
};
/// Makes the log's next key beside the one in use.
int new_log_key(const key_options&, const terminal&);
/// Takes the next key into use.
int change_log_key(const key_options&, const terminal&);

struct recovery_options {
    union_options where;
    std::string person;
};
/// Confirms a recovery and prints the code that is to be handed over.
int confirm_recovery(const recovery_options&, const terminal&);

struct version_options {};
/// Says what the program is and which forms it knows.
int tell_version(const version_options&, const terminal&);

struct export_options {
    std::filesystem::path folder;
    std::filesystem::path to;
    bool witnessed = false;  ///< as it was at the newest checkpoint with a quorum of witnesses
    std::optional<fund::book_form> book;  ///< not the journal, but the fund's book, into one file
};
/// Writes the public journal as files that any web server can serve, or the fund's book as a file.
int export_journal(const export_options&, const terminal&);

struct document_options {
    std::filesystem::path folder;
    std::string what;           ///< "ru/minutes/com-3.pdf": the address without the site
    std::filesystem::path to;   ///< a new file; "" writes to standard output
    std::string public_url;     ///< site named in the document; "" takes https://<journal's host>
    std::filesystem::path web;  ///< "" looks for it
};
/// Writes a document, a feed or a page as it would be served.
int write_document(const document_options&, const terminal&);

struct charter_options {
    std::filesystem::path file;
    std::string on;               ///< day; "" takes today
    std::string language = "en";  ///< of what is said
    bool brief = false;           ///< only what was found, not the charter in words
};
/// Says a charter in plain words and finds what in it cannot work.
int check_charter(const charter_options&, const terminal&);

struct preset_options {
    std::string name;  ///< "" lists what there is
    std::string language = "en";
};
/// Prints a preset to paste into a charter, or lists them with their marks.
int print_preset(const preset_options&, const terminal&);

struct tally_options {
    std::filesystem::path file;
    std::filesystem::path charter;  ///< of whose rules and bodies the vectors may speak
};
/// Computes votes from a file, without any union.
int tally(const tally_options&, const terminal&);

struct ledger_check_options {
    std::filesystem::path file;
};
/// Runs a file of ledger vectors, each on a book of its own; `refused` where one comes out
/// otherwise.
int ledger_check(const ledger_check_options&, const terminal&);

struct import_options {
    std::filesystem::path file;  ///< a statement where its name ends in .csv, else a book
    std::string at;              ///< day of the balances; "" takes them all
    std::string decimal_mark;    ///< of a statement: "." or ","; "" sees for itself
    std::string amount, credit, debit, balance;  ///< its columns; "" goes by usual names
};
/// Reads a book of hledger or ledger, or a statement with a running balance, and adds it up;
/// `refused` where it does not add up, with the first line at which it stops.
int import_file(const import_options&, const terminal&);

struct bank_orders_options {
    std::filesystem::path folder;
    std::vector<std::string> payments;  ///< entries of runs, days of the order, ids of payments
    std::string debtor;                 ///< the fund's name at its bank
    std::filesystem::path accounts;     ///< party,account,bic; kept by the operator alone
    std::filesystem::path to;
    std::string id;  ///< of the file at the bank; "" where one whole run names it
};
/// Writes payments of a union's folder as orders to its bank (ISO 20022 pain.001).
int bank_orders(const bank_orders_options&, const terminal&);

struct bank_statement_options {
    std::filesystem::path file;
    std::string of;       ///< only of this account at the bank
    std::string account;  ///< of the fund; "" takes the main one
    std::string id;       ///< of the statement; "" takes that of the bank
    bool texts = false;   ///< record the bank's texts too
    union_options where;  ///< `at` empty: nothing is recorded
};
/// Reads statements of a bank (ISO 20022 camt.053), and records them where a union is named.
int bank_statement(const bank_statement_options&, const terminal&);

struct bank_status_options {
    std::filesystem::path file;
};
/// Reads what became of orders at the bank (ISO 20022 pain.002), order by order.
int bank_status(const bank_status_options&, const terminal&);

struct registry_import_options {
    union_options where;
    std::vector<std::string> files;  ///< as place=places.csv, in the order in which they are read
    std::string body;
    std::string batch;
    bool dry_run = false;  ///< list every problem and record nothing
};
/// Records files of places, organisations, links and so on together, or lists what is wrong in
/// them; `refused` where something is.
int registry_import(const registry_import_options&, const terminal&);

struct registry_year_options {
    std::string at = ".";  ///< a folder, or the address of a server
    std::string place;
    std::int32_t year = 0;
    std::string language = "en";
};
/// The yearly report of a place: what was done on its links, and which were silent.
int registry_year(const registry_year_options&, const terminal&);

struct keygen_options {
    std::string id = "1";  ///< under which it is to be enrolled
    std::filesystem::path file;
};
/// Makes an actor's signing key.
int keygen(const keygen_options&, const terminal&);

struct account_options {
    enum class what { add, reset, disable, enable, list } action = what::list;
    std::filesystem::path folder;
    std::string login;
    std::string person;
    bool generate = false;  ///< make a password and print it
    api::password_cost cost = api::password_cost::moderate;
};
/// Manages who may log in.
int account(const account_options&, const terminal&);

struct mail_test_options {
    mail_options mail;
    std::filesystem::path folder;
    std::string to;
    std::filesystem::path web;  ///< "" looks for it
};
/// Sends one mail that says that mail arrives, and says what the mail server answered.
int test_mail(const mail_test_options&, const terminal&);

struct describe_options {
    std::string type;  ///< "" lists all commands and views
};
/// Lists commands and views, or one with its fields.
int describe_messages(const describe_options&, const terminal&);

struct play_options {
    std::filesystem::path folder;
    std::filesystem::path file;
    std::filesystem::path charter;  ///< "" plays into a union that exists
};
/// Plays a scenario into a folder; with a charter, founds the union by it first.
int play(const play_options&, const terminal&);

struct demo_options {
    serve_options serve;
    std::filesystem::path charter;   ///< "" looks for unions/union-state.toml
    std::filesystem::path scenario;  ///< "" looks for unions/demo/year.play
};
/// Makes the example union where it is not there yet, and serves it.
int demo(const demo_options&, const terminal&);

}  // namespace veche::cli
