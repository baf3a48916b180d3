#include "cli/register_verbs.hpp"

#include <CLI/CLI.hpp>

namespace veche::cli {

void register_verbs::add() {
    add_registry();
    add_measures();
    add_barriers();
    add_situation();
}

template <class Options>
CLI::App* register_verbs::verb_in(CLI::App* group, const char* name, const char* meaning,
                                  int (*call)(const Options&, const terminal&), Options& options) {
    CLI::App* sub = group->add_subcommand(name, meaning);
    sub->callback([this, call, &options] {
        chosen_ = [call, &options](const terminal& on) { return call(options, on); };
    });
    return sub;
}

void register_verbs::add_measures() {
    auto* group = app_.add_subcommand("measures", "The register of preventive measures");
    group->require_subcommand(1);
    auto* in = group->add_subcommand("import", "Record a file of orders, all or none");
    order_import_options& to = order_import_;
    in->add_option("file", to.file, "One order a row, or one day a row as OxCGRT publishes it")
        ->required()
        ->check(CLI::ExistingFile);
    in->add_option("--member", to.members, "Which member a country is, as BLR=by");
    in->add_option("--from", to.from, "Pass over days before this one");
    in->add_option("--to", to.to, "Pass over days after this one");
    in->add_option("--source", to.source, "Who says so, where a row does not");
    in->add_option("--body", to.body, "The body that keeps the register")->required();
    in->add_option("--batch", to.batch, "Short name of the batch");
    in->add_flag("--dry-run", to.dry_run,
                 "Only list what could not be recorded, with line and column");
    in->add_option("--at", to.where.at, "The union's folder, or the address of its server")
        ->capture_default_str();
    in->add_option("--login", to.where.login, "Login name at the server");
    in->add_option("--as", to.where.as, "The person who records");
    in->add_option("--auth", to.where.auth, "Office under whose authority");
    in->add_option("--key", to.where.key, "Sign with this key (veche keygen)")
        ->check(CLI::ExistingFile);
    in->footer(
        "docs/prevention.md has the columns. Ends with 1 where an order cannot be recorded; "
        "then none is.");
    in->callback([this] {
        chosen_ = [this](const terminal& on) { return measures_import(order_import_, on); };
    });
}

void register_verbs::add_situation() {
    auto* group = app_.add_subcommand("situation", "Counts of an epidemic by region and day");
    group->require_subcommand(1);
    auto* in = group->add_subcommand("import", "Report a table of counts, all of it or none");
    auto& o = situation_import_;
    in->add_option("file", o.file, "A row for each region and day, as CSV")
        ->required()
        ->check(CLI::ExistingFile);
    in->add_flag("--daily", o.daily, "Counts are of one day each, not sums of all days so far");
    in->add_option("--source", o.source, "Where the figures are from");
    in->add_option("--address", o.address, "Where they stand on the web");
    in->add_option("--reason", o.reason, "Why figures change, if they do");
    in->add_option("--batch", o.batch, "Short name, for tables of more than 4,000 counts");
    in->add_option("--column", o.columns, "AS=COLUMN: region, day or a series; -=COLUMN: not")
        ->allow_extra_args(false);
    in->add_option("--wide", o.wide, "The series of a table with a column for each day");
    in->add_option("--region", o.region, "The region of a table without a column of regions");
    in->add_option("--name", o.names, "NAME=REGION: what the table calls a region")
        ->allow_extra_args(false);
    in->add_option("--only", o.only, "Only this region")->allow_extra_args(false);
    in->add_flag("--month-first", o.month_first, "Days are written as 3/25/21");
    in->add_flag("--dry-run", o.dry_run,
                 "Only list what could not be reported, with line and column");
    union_options& to = o.where;
    in->add_option("--at", to.at, "The union's folder, or the address of its server")
        ->capture_default_str();
    in->add_option("--login", to.login, "Login name at the server");
    in->add_option("--as", to.as, "The person who reports");
    in->add_option("--auth", to.auth, "Office under whose authority");
    in->add_option("--key", to.key, "Sign with this key (veche keygen)")->check(CLI::ExistingFile);
    in->footer(
        "docs/situation.md explains it. Ends with 1 where a count cannot be reported; "
        "then none is.");
    in->callback([this] {
        chosen_ = [this](const terminal& on) { return situation_import(situation_import_, on); };
    });
}

void register_verbs::add_registry() {
    auto* group = app_.add_subcommand("registry", "The register of places, links, enterprises");
    group->require_subcommand(1);
    auto* in = group->add_subcommand("import", "Record files of records, all rows or none");
    in->add_option("files", registry_import_.files, "Files by kind, as place=places.csv")
        ->required();
    in->add_option("--body", registry_import_.body, "The body that answers for the records")
        ->required();
    in->add_option("--batch", registry_import_.batch, "Short name of the batch");
    in->add_flag("--dry-run", registry_import_.dry_run,
                 "Only list what could not be recorded, with line and column");
    union_options& to = registry_import_.where;
    in->add_option("--at", to.at, "The union's folder, or the address of its server")
        ->capture_default_str();
    in->add_option("--login", to.login, "Login name at the server");
    in->add_option("--as", to.as, "The person who records");
    in->add_option("--auth", to.auth, "Office under whose authority");
    in->add_option("--key", to.key, "Sign with this key (veche keygen)")->check(CLI::ExistingFile);
    in->footer(
        "docs/format/registry.md has the columns. Ends with 1 where a row cannot be "
        "recorded; then none is.");
    in->callback([this] {
        chosen_ = [this](const terminal& on) { return registry_import(registry_import_, on); };
    });
    auto* year = group->add_subcommand("year", "What a place did with others in a year");
    year->add_option("place", registry_year_.place, "The place")->required();
    year->add_option("year", registry_year_.year, "The year")->required();
    year->add_option("--at", registry_year_.at, "The union's folder or address")
        ->capture_default_str();
    year->add_option("--language", registry_year_.language, "Language of names")
        ->capture_default_str();
    year->callback([this] {
        chosen_ = [this](const terminal& on) { return registry_year(registry_year_, on); };
    });
}

void register_verbs::add_barriers() {
    auto* group = app_.add_subcommand("barriers", "Barriers: read, report, speak again, take over");
    group->require_subcommand(1);
    group->footer(
        "docs/barriers.md tells the way of a case, docs/format/barriers.md the key of "
        "a "
        "report and the columns of a file.");
    add_barriers_reading(group);
    add_barriers_reporting(group);
    add_barriers_import(group);
}

void register_verbs::add_barriers_reading(CLI::App* group) {
    const auto with_union = [&](CLI::App* sub) {
        sub->add_option("--at", barriers_.at, "The union's folder, or the address of its server")
            ->capture_default_str();
        sub->add_option("--language", barriers_.language, "Language of texts")
            ->capture_default_str();
        return sub;
    };
    auto* list =
        with_union(verb_in(group, "list", "Cases, the dearest first", barriers_list, barriers_));
    list->add_option("--words", barriers_.words, "Words of title, text, authority and law");
    list->add_option("--member", barriers_.member, "Only of this member");
    list->add_option("--class", barriers_.class_, "Only of this class");
    list->add_option("--standing", barriers_.standing, "Only where it is so");
    list->add_flag("--late", barriers_.late, "Only late ones");
    list->add_flag("--open", barriers_.open, "Only open ones");
    list->add_option("--count", barriers_.count, "How many at most")->capture_default_str();
    with_union(verb_in(group, "show", "One case with every step", barriers_show, barriers_))
        ->add_option("barrier", barriers_.barrier, "The case, as in b-7")
        ->required();
    with_union(verb_in(group, "scoreboard", "How each member keeps the clocks", barriers_scoreboard,
                       barriers_));
}

void register_verbs::add_barriers_reporting(CLI::App* group) {
    const auto with_secret = [&](CLI::App* sub, const char* file, bool fresh) {
        sub->add_option("--at", barrier_report_.at, "The address of the union's server")
            ->required();
        auto* secret = sub->add_option("--secret", barrier_report_.secret, file)->required();
        if (!fresh) secret->check(CLI::ExistingFile);
        sub->add_option("--language", barrier_report_.language, "Language of texts and of mail")
            ->capture_default_str();
        return sub;
    };
    auto* report = with_secret(verb_in(group, "report", "Report a barrier by a key made here",
                                       barriers_report, barrier_report_),
                               "New file for the secret of your link", true);
    report->add_option("--text", barrier_report_.text, "File of what happened; - is standard input")
        ->required();
    report->add_option("--class", barrier_report_.class_, "What you take it for");
    report->add_option("--member", barrier_report_.member, "Whose rule or practice it is");
    report->add_option("--draft", barrier_report_.draft, "The draft rule on which it is a comment");
    report->add_option("--contact", barrier_report_.contact, "How to reach you, sealed");
    report->add_option("--mail", barrier_report_.mail,
                       "Address for news of it, kept beside the journal until the case is over");
    auto* mine =
        with_secret(verb_in(group, "mine", "What a report of yours is at; say a word to it",
                            barriers_mine, barrier_report_),
                    "File of the secret of your link", false);
    mine->add_option("--say", barrier_report_.word,
                     "comment, confirm, dispute, returned or withdraw, signed here");
    mine->add_option("--text", barrier_report_.text, "File of what you write with it, sealed");
}

void register_verbs::add_barriers_import(CLI::App* group) {
    auto* in = verb_in(group, "import", "Take over cases of another register, all or none",
                       barriers_import, barriers_import_);
    in->add_option("file", barriers_import_.file, "The file, CSV")
        ->required()
        ->check(CLI::ExistingFile);
    in->add_option("--body", barriers_import_.body, "The body that keeps the register here")
        ->required();
    in->add_option("--batch", barriers_import_.batch, "Short name of the batch");
    in->add_flag("--dry-run", barriers_import_.dry_run,
                 "Only list what could not be taken over, with line, column and remedy");
    union_options& to = barriers_import_.where;
    in->add_option("--at", to.at, "The union's folder, or the address of its server")
        ->capture_default_str();
    in->add_option("--login", to.login, "Login name at the server");
    in->add_option("--as", to.as, "The person who takes them over");
    in->add_option("--auth", to.auth, "Office under whose authority");
    in->add_option("--key", to.key, "Sign with this key (veche keygen)")->check(CLI::ExistingFile);
    in->footer("Ends with 1 where a row cannot be taken over; then none is.");
}

}  // namespace veche::cli
