#include "cli/engine_verbs.hpp"

#include <CLI/CLI.hpp>

namespace veche::cli {
namespace {

void add_sharing(CLI::App* sub, sharing_options& into) {
    sub->add_option("--ties", into.ties,
                    "Where several stand equal: leave it open, give by the order of the list, "
                    "or by lottery")
        ->check(CLI::IsMember({"open", "order", "lottery"}))
        ->capture_default_str();
    sub->add_option("--seed", into.seed, "Seed of the lottery, 64 hexadecimal digits");
    sub->add_option("--call", into.call, "Call whose lottery it is");
    sub->add_option("--programme", into.programme, "Programme of the lottery; * for all");
    sub->add_flag("--explain", into.explain, "Say of each why it has what it has");
    sub->add_option("--certificate", into.certificate, "New file to write the certificate to");
    sub->add_option("--check", into.check, "Judge this certificate instead")
        ->check(CLI::ExistingFile);
    sub->footer("docs/format/apportionment.md describes files, methods and certificates.");
}

/// How a model is estimated, whatever is made of it.
void add_estimation(CLI::App* sub, gravity_options& o) {
    sub->add_option("--family", o.family, "ppml or ols")
        ->check(CLI::IsMember({"ppml", "ols"}))
        ->capture_default_str();
    sub->add_option("--cluster", o.cluster, "Clusters: 'exp^imp', or 'exp + imp' for two ways");
    sub->add_option("--dyadic", o.dyadic, "Rows that share either of two ends: 'exp + imp'");
    sub->add_option("--errors", o.errors, "iid or hetero, whatever clusters there are")
        ->check(CLI::IsMember({"iid", "hetero"}));
    sub->add_option("--vcov", o.rule,
                    "Rule of small samples: fixest, fixest-conventional, ppmlhdfe, stata-ppml, "
                    "reghdfe, stata-regress, capybara, none")
        ->capture_default_str();
    sub->add_option("--weights", o.weights, "Column of weights");
    sub->add_option("--offset", o.offset, "Column or expression added to the linear predictor");
    sub->add_option("--filter", o.filter, "Rows to estimate from: 'year >= 1990 & exp != imp'");
    sub->add_option("--threads", o.threads, "The digits do not depend on it")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    sub->add_option("--memory", o.memory_mb, "MB that may be taken")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    sub->add_option("--seed", o.seed, "Of sampling in slow systems, and of draws")
        ->capture_default_str();
}

/// The wire names of an enum, as a check of an option takes them.
template <class Choices>
auto named() {
    std::vector<std::pair<std::string, Choices>> names;
    const auto all = veche_choices(static_cast<const Choices*>(nullptr));
    for (std::size_t i = 0; i < all.size(); ++i)
        names.emplace_back(all[i], static_cast<Choices>(i));
    return CLI::CheckedTransformer(std::move(names));
}

}  // namespace

template <class Options>
CLI::App* engine_verbs::verb(const char* name, const char* meaning,
                             int (*call)(const Options&, const terminal&), Options& options) {
    CLI::App* sub = app_.add_subcommand(name, meaning);
    sub->callback([this, call, &options] {
        chosen_ = [call, &options](const terminal& on) { return call(options, on); };
    });
    return sub;
}

template <class Options>
CLI::App* engine_verbs::subcommand(CLI::App* group, const char* name, const char* meaning,
                                   int (*call)(const Options&, const terminal&), Options& options) {
    CLI::App* sub = group->add_subcommand(name, meaning);
    sub->callback([this, call, &options] {
        chosen_ = [call, &options](const terminal& on) { return call(options, on); };
    });
    return sub;
}

void engine_verbs::add() {
    add_elect();
    add_apportion();
    add_divide();
    add_deliver();
    add_vectors();
    add_share();
    add_match();
    add_couples();
    add_teams();
    add_panel();
    add_shuffle();
    add_finding();
    add_inputoutput();
    trade_.add();
    add_gravity();
    add_equilibrium();
    add_rt();
    add_seir();
    add_doses();
}

void engine_verbs::add_elect() {
    auto* sub = verb("elect", "Count an election from a file, stage by stage", elect, elect_);
    sub->add_option("file", elect_.file, "Papers as BLT, or as JSON with what is expected")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--seed", elect_.seed, "Seed for lots, instead of the file's");
}

void engine_verbs::add_apportion() {
    auto* sub = verb("apportion", "Share out seats by votes or people", apportion, apportion_);
    sub->add_option("file", apportion_.how.file, "CSV: name,votes and min,max,group if wanted")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--seats", apportion_.seats, "How many")->required();
    sub->add_option("--method", apportion_.method,
                    "dhondt, sainte-lague, adams, huntington-hill, dean, danish, imperiali, "
                    "divisors:1,3,2, hamilton, droop, hagenbach-bischoff, quota-method, dutch")
        ->required();
    sub->add_option("--min", apportion_.least, "Seats at least of who has no own minimum");
    sub->add_option("--max", apportion_.most, "Seats at most of who has no own maximum");
    add_sharing(sub, apportion_.how);
}

void engine_verbs::add_divide() {
    auto* sub = verb("divide", "Divide an amount among claims", divide, divide_);
    sub->add_option("file", divide_.how.file, "CSV: name,claim and weight if wanted")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--amount", divide_.amount, "How much, in its smallest units")->required();
    sub->add_option("--rule", divide_.rule, "max-min, equal-losses, talmud, proportional")
        ->required();
    add_sharing(sub, divide_.how);
}

void engine_verbs::add_deliver() {
    auto* sub = verb("deliver", "Give out units that come in deliveries, regions by weight",
                     deliver, deliver_);
    sub->add_option("file", deliver_.how.file, "CSV: name,weight and owed if wanted")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--units", deliver_.units, "Units that have come")->required();
    sub->add_option("--next", deliver_.next,
                    "New file for the next delivery, with what each is owed from now on");
    add_sharing(sub, deliver_.how);
}

void engine_verbs::add_vectors() {
    auto* sub =
        verb("vectors", "Run cases of allocation and health from a file", run_vectors, vectors_);
    sub->add_option("file", vectors_.file,
                    "JSON: a list of cases with what is expected, or one as \"vectors\"")
        ->required()
        ->check(CLI::ExistingFile);
}

void engine_verbs::add_share() {
    auto* sub = verb("share", "Divide a budget by its voters, with a certificate", share, share_);
    sub->add_option("file", share_.file, "Projects and ballots in Pabulib's form (.pb)")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--rule", share_.rule,
                    "equal-shares, greedy, greedy-no-skip, greedy-threshold, phragmen");
    sub->add_option("--completion", share_.completion,
                    "What is done about money left: none, utilitarian, add1, add1-utilitarian, "
                    "integral, comparison, bos, ees-addopt");
    sub->add_option("--stop", share_.stop, "Where rising endowments stop: overshoot or exhaustive");
    sub->add_option("--step", share_.step, "By how many minor units a voter they rise");
    sub->add_option("--rises", share_.rises, "How often they rise at most; 0 without such an end");
    sub->add_option("--utility", share_.measure, "What a project gives: cost or cardinality");
    sub->add_option("--endowment", share_.endowment,
                    "Minor units of each voter, instead of budget / voters");
    sub->add_option("--filter", share_.filter,
                    "Leave out where votes / voters < cost / (this x budget)");
    sub->add_option("--ties", share_.ties, "What parts equals before the lottery does");
    sub->add_option("--lottery", share_.lottery, "Ids of all projects in the order drawn");
    sub->add_option("--certificate", share_.certificate, "Write the certificate to a new file");
    sub->add_option("--check", share_.check, "Judge this certificate instead of counting");
    sub->add_option("--explain", share_.explain, "Say why this project is funded or not");
    sub->add_option("--write", share_.write, "Write the file with its result to a new one");
    sub->footer("docs/format/budgeting.md describes the file and each parameter.");
}

void engine_verbs::add_match() {
    auto* sub =
        verb("match", "Match applicants to places, with a certificate and reasons", match, match_);
    sub->add_option("files", match_.files,
                    "Programmes and applications as CSV, or one file in RP form or of PrefLib")
        ->required()
        ->expected(1, 2)
        ->check(CLI::ExistingFile);
    matching::match_rules& rules = match_.rules;
    sub->add_option("--aim", rules.seeks, "What is looked for")->transform(named<matching::aim>());
    sub->add_option("--ties", rules.ties, "What is done with applicants ranked alike")
        ->transform(named<matching::tie_policy>());
    sub->add_option("--reserves", rules.reserves, "How reserved seats are filled")
        ->transform(named<matching::reserve_rule>());
    sub->add_option("--lottery", rules.lottery, "One lot for all programmes, or one at each")
        ->transform(named<matching::lottery_kind>());
    sub->add_option("--seed", match_.seed, "Seed of the lots, 64 hexadecimal digits");
    sub->add_option("--call", rules.call, "Id of the call, part of each lot");
    sub->add_option("--propose", rules.propose, "Who asks, and so gets its best outcome")
        ->transform(named<matching::proposing>());
    sub->add_flag("--improve", rules.improve,
                  "After lots, let applicants change places where no rank is passed over");
    sub->add_option_function<matching::minimum_rule>(
           "--minimum", [&rules](const matching::minimum_rule& rule) { rules.minimum = rule; },
           "What gives way to minimums: a programme without its own is closed, or all are filled")
        ->transform(named<matching::minimum_rule>());
    sub->add_option("--certificate", match_.certificate, "Write the certificate to a new file");
    sub->add_option("--check", match_.check, "Only judge this certificate by the files")
        ->check(CLI::ExistingFile);
    sub->add_option("--places", match_.places,
                    "Write everybody's place to a new file, in RP form where it ends in .rp");
    sub->add_option("--explanations", match_.explanations,
                    "Write everybody's reasons to a new file");
    sub->add_option("--explain", match_.explain, "Say why this applicant is where they are");
    sub->footer(
        "docs/format/matching.md describes the files and the rules. Ends with 1 where no "
        "matching keeps the minimums.");
}

void engine_verbs::add_teams() {
    auto* sub = verb("teams", "Find the best teams for sites under windows, from files", find_teams,
                     teams_);
    sub->add_option("people", teams_.people, "People with features, skills and wishes, as CSV")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("sites", teams_.sites, "Sites with their windows, as CSV")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--call", teams_.call, "Id of the call, part of every lot")
        ->capture_default_str();
    sub->add_option("--seed", teams_.seed, "Seed of lots, 64 hex digits");
    sub->add_flag("--placed-first", teams_.placed_first,
                  "Place as many as can be, and then maximise utility");
    sub->add_option("--nodes", teams_.nodes, "Limit of the search")->capture_default_str();
    sub->add_option("--certificate", teams_.certificate, "Write the result with its proof here");
    sub->add_option("--check", teams_.check, "Check such a result instead of computing one")
        ->check(CLI::ExistingFile);
    sub->add_option("--csv", teams_.csv, "Write who goes where here, as CSV");
    sub->add_option("--explain", teams_.explain, "Why this person goes here and not there");
    sub->footer("docs/format/teams.md describes the files. Ends with 1 where there are none.");
}

void engine_verbs::add_finding() {
    CLI::App* group = app_.add_subcommand("finding", "Figures from named data by a named method");
    group->require_subcommand(1);
    group->footer("docs/findings.md says what the methods compute.");
    auto* list =
        group->add_subcommand("methods", "Say which methods there are, and what they want");
    list->add_flag("--all", finding_methods_.all, "Also versions that have a newer one");
    list->callback([this] {
        chosen_ = [this](const terminal& on) { return finding_methods(finding_methods_, on); };
    });
    auto* sub = group->add_subcommand("compute", "Compute figures from files");
    sub->add_option("method", finding_.method, "Method and version, as in partner-share/1")
        ->required();
    sub->add_option("--data", finding_.data, "Data, as flows=FILE")->required();
    sub->add_option("--layout", finding_.layouts, "How data is read, as flows=baci; table if not");
    sub->add_option("--unit", finding_.units, "Unit of the values, as flows=USD");
    sub->add_option("--with", finding_.with, "A parameter, as year=2016");
    sub->add_option("--result", finding_.result, "Write the whole result here, as a new file");
    sub->add_option("--lang", finding_.lang, "Language of the remarks: en, ru, be")
        ->capture_default_str();
    sub->callback(
        [this] { chosen_ = [this](const terminal& on) { return compute_finding(finding_, on); }; });
}

void engine_verbs::add_panel() {
    auto* sub = verb("panel", "Find a panel under windows, the fairest lottery, or draw one", panel,
                     panel_);
    sub->add_option("categories", panel_.categories, "Windows: category, feature, min, max")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("respondents", panel_.respondents, "People, a column for each category")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--size", panel_.size, "People on the panel")->required();
    sub->add_option("--call", panel_.call, "Id of the call, part of every lot")
        ->capture_default_str();
    sub->add_flag("--leximin", panel_.leximin, "Compute the fairest lottery over panels");
    sub->add_option("--draw", panel_.draw, "Draw by this number, 64 hex digits");
    sub->add_option("--nodes", panel_.nodes, "Limit of each search")->capture_default_str();
    sub->add_option("--certificate", panel_.certificate, "Write the result with its proof here");
    sub->add_option("--check", panel_.check, "Check such a result instead of computing one")
        ->check(CLI::ExistingFile);
    sub->footer("docs/format/teams.md describes the files.");
}

void engine_verbs::add_shuffle() {
    auto* sub =
        verb("shuffle", "Draw lines of a file by a public random beacon", shuffle, shuffle_);
    sub->add_option("file", shuffle_.file, "One entry a line; fixed before the beacon speaks")
        ->required();
    sub->add_option("--randomness", shuffle_.randomness, "What the beacon said, 64 hex digits")
        ->required();
    sub->add_option("--limit", shuffle_.limit, "How many are drawn; all if not said")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
    sub->add_flag("--repetitions", shuffle_.repetitions, "An entry can be drawn several times");
    sub->footer("The order is that of the dshuf protocol, so others can check it with its tool.");
}

void engine_verbs::add_couples() {
    auto* sub = verb("couples", "Match applicants and couples to programmes, from a file",
                     match_couples_file, couples_);
    sub->add_option("file", couples_.file, "Lines r, c and p (docs/format/couples.md)")
        ->required()
        ->check(CLI::ExistingFile);
    auto* out = sub->add_option("--certificate", couples_.certificate,
                                "Write the certificate to this new file");
    sub->add_option("--check", couples_.check, "Judge this certificate instead of matching")
        ->check(CLI::ExistingFile)
        ->excludes(out);
}

void engine_verbs::add_io_source(CLI::App* sub) {
    io_source& from = io_.source;
    sub->add_option("table", from.file, "The table: flows, with final use beside them or not")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--final", from.final_use, "Final use, where it has a file of its own")
        ->check(CLI::ExistingFile);
    sub->add_option("--extension", from.extensions, "NAME=FILE: stressors by producer")
        ->allow_extra_args(false);
    sub->add_option("--extension-final", from.by_final, "NAME=FILE: the same by final use")
        ->allow_extra_args(false);
    sub->add_option("--units", from.units, "NAME=FILE: units of its stressors")
        ->allow_extra_args(false);
    sub->add_option("--layout", from.layout, "How the files are laid out; auto looks")
        ->check(CLI::IsMember({"auto", "labelled", "wiod", "wiod-flat", "exiobase"}))
        ->capture_default_str();
    sub->add_option("--between", from.between, "What stands between region and sector in a label")
        ->check(CLI::IsMember({"|", ".", "_", "/", ":", "-", " "}));
    sub->add_option("--part", from.parts, "PART=REGION: a region split in several, such as CN1=CHN")
        ->allow_extra_args(false);
    sub->add_flag("--icio", from.icio, "The parts of China and Mexico in the OECD's tables");
    sub->add_option("--unit", from.unit, "Unit of money, such as \"M USD\"");
    sub->add_option("--region-groups", from.region_groups, "CSV name,group: add up regions")
        ->check(CLI::ExistingFile);
    sub->add_option("--sector-groups", from.sector_groups, "CSV name,group: add up sectors")
        ->check(CLI::ExistingFile);
    sub->add_option("--join", from.join, "NAME=REGION,REGION: take them as one exporter")
        ->allow_extra_args(false);
    sub->add_option("--top", io_.top, "Rows of a table shown; JSON has all")->capture_default_str();
}

void engine_verbs::add_inputoutput() {
    CLI::App* group =
        app_.add_subcommand("inputoutput", "Who uses whose output: tables between regions");
    group->alias("io");
    group->require_subcommand(1);
    group->footer(
        "docs/inputoutput.md tells what each says, docs/format/inputoutput.md the files.");
    const auto add = [&](const char* name, const char* meaning,
                         int (*call)(const io_options&, const terminal&)) {
        CLI::App* sub = group->add_subcommand(name, meaning);
        add_io_source(sub);
        sub->callback(
            [this, call] { chosen_ = [this, call](const terminal& on) { return call(io_, on); }; });
        return sub;
    };
    add("balance", "Whether a table adds up, and what in it is odd", io_balance)
        ->add_option("--tolerance", io_.tolerance, "Gaps are told beyond this share of output")
        ->capture_default_str();
    add("multipliers", "Backward and forward linkages of producers", io_multipliers)
        ->add_option("--region", io_.region, "Only producers of this region")
        ->allow_extra_args(false);
    auto* tiva = add("tiva", "Value added in trade, by a named method", io_tiva);
    tiva->add_option("--region", io_.region, "Only this exporter")->allow_extra_args(false);
    tiva->add_option("--method", io_.method, "By which method exports are taken apart")
        ->check(CLI::IsMember({"borin-mancini-source", "borin-mancini-sink", "kww", "wwz", "oecd",
                               "participation", "leontief"}))
        ->capture_default_str();
    tiva->add_option("--by", io_.by, "Take the terms apart once more")
        ->check(CLI::IsMember({"partner", "sector"}));
    auto* footprint = add("footprint", "An extension by who makes and by who uses", io_footprint);
    footprint->add_option("--of", io_.extension, "Name of the extension")->required();
    footprint->add_option("--region", io_.region, "Only this region")->allow_extra_args(false);
    auto* on_whom = add("dependence", "On whom the sectors of a member depend", io_dependence);
    on_whom->add_option("--member", io_.member, "The member")->required();
    on_whom->add_option("--partner", io_.partner, "The partner that is looked at");
    on_whom->add_option("--union", io_.union_, "Other members of the union")
        ->allow_extra_args(false)
        ->delimiter(',');
    on_whom->add_option("--sector", io_.sector, "Only this sector, and all about it")
        ->allow_extra_args(false);
    auto* stop = add("extract", "What output stops if links of supply stop", io_extract);
    stop->add_option(
            "--stop", io_.stop,
            "FROM|SECTOR>TO|SECTOR:SHARE, once for each link; sectors and share may be left "
            "out, and FROM or TO for all others")
        ->allow_extra_args(false)
        ->required();
    stop->add_flag("--final-use", io_.final_use, "Deliveries to final use stop too");
    stop->add_option("--region", io_.region, "Only producers of this region in the list")
        ->allow_extra_args(false);
}

void engine_verbs::add_gravity() {
    auto& o = gravity_;
    auto* sub = verb("gravity", "Estimate a model of trade with fixed effects", gravity_model, o);
    sub->add_option("formula", o.formula,
                    "'trade ~ rta + log(dist) | exp^year + imp^year + exp^imp'")
        ->required();
    sub->add_option("data", o.data, "Columns with names in the first line, as CSV")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--and", o.more, "Further formulas, each a column of the table");
    add_estimation(sub, o);
    sub->add_option("--bias-correction", o.correction,
                    "three-way: PPML with exporter-year, importer-year and pair effects, pair last")
        ->check(CLI::IsMember({"three-way"}));
    sub->add_option("--certificate", o.certificate,
                    "New file for what shows which rows are separated");
    sub->add_option("--check", o.check, "Check such a file instead")->check(CLI::ExistingFile);
    sub->add_option("--table", o.table, "text, csv, latex or html")
        ->check(CLI::IsMember({"text", "csv", "latex", "html"}))
        ->capture_default_str();
    sub->add_option("--level", o.level, "Of bands")
        ->check(CLI::Range(0.5, 0.9999))
        ->capture_default_str();
    sub->add_flag("--average-effects", o.average_effects,
                  "Say what coefficients mean for the outcome");
    sub->add_option("--series", o.series_draws,
                    "Bands that hold for all coefficients over the levels of a factor, by so many "
                    "draws")
        ->check(CLI::Range(100, 10'000'000));
    auto* to = sub->add_option("--predict", o.predict,
                               "New file for fitted values, residuals and their rows");
    sub->add_option("--at", o.predict_at, "Rows to predict, if not those of the data")
        ->check(CLI::ExistingFile)
        ->needs(to);
    sub->add_flag("--with-effects", o.with_effects, "Write the effects of each row there too")
        ->needs(to);
    sub->footer("docs/gravity.md explains formulas, standard errors and separation.");
}

void engine_verbs::add_rt() {
    auto& o = rt_;
    auto* sub = verb("rt", "Reproduction numbers of an epidemic from counts", rt, o);
    sub->add_option("data", o.data, "Counts by day and region, as CSV")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--date", o.layout.date, "Column of days: dates, or numbers that count them")
        ->capture_default_str();
    sub->add_option("--region", o.layout.region, "Column of regions, if there are several");
    sub->add_option("--cases", o.layout.cases, "Column of new cases")->capture_default_str();
    sub->add_option("--imported", o.layout.imported, "Column of those that came from elsewhere");
    sub->add_flag("--cumulative", o.layout.cumulative, "The column holds sums of all days so far");
    sub->add_option("--wide", o.layout.wide,
                    "Column that names series, where each row is one and each column a day");
    auto* file =
        sub->add_option("--interval", o.interval_file, "Serial interval as CSV: k, w, days from 0")
            ->check(CLI::ExistingFile);
    auto* mean =
        sub->add_option("--interval-mean", o.interval_mean, "Its mean, days")->excludes(file);
    sub->add_option("--interval-sd", o.interval_deviation, "Its standard deviation, days")
        ->needs(mean);
    sub->add_option("--si-mean-sd", o.interval_mean_deviation,
                    "Deviation of the interval's mean, if it is uncertain")
        ->needs(mean);
    sub->add_option("--si-sd,--si-sd-sd", o.interval_deviation_deviation,
                    "Deviation of the interval's deviation, if it is uncertain")
        ->needs(mean);
    sub->add_option("--window", o.window, "Days, or auto: the length that foretells best")
        ->capture_default_str();
    auto* weekly =
        sub->add_flag("--weekly", o.weekly, "A row counts the days since the row before");
    sub->add_option("--nowcast", o.reported,
                    "Column of days of report: rows are new cases of a day by day of report")
        ->excludes(weekly);
    sub->add_option("--prior-mean", o.how.prior_mean)->capture_default_str();
    sub->add_option("--prior-sd", o.how.prior_deviation)->capture_default_str();
    sub->add_option("--only", o.only, "One region");
    sub->add_option("--coverage-from", o.coverage_from,
                    "Say how often intervals held the next count, from this day of a series on");
    sub->add_option("--all", o.all, "New file for every window, as CSV");
    sub->add_option("--plot", o.plot, "New file for a picture of one region, as SVG");
    sub->footer("docs/epidemic.md explains the method and how far to trust it.");
}

void engine_verbs::add_seir() {
    auto& o = seir_;
    auto* sub =
        verb("seir", "Scenarios of an epidemic under measures and doses, side by side", seir, o);
    const auto file = [&](const char* name, std::filesystem::path& into, const char* meaning) {
        sub->add_option(name, into, meaning)->check(CLI::ExistingFile);
    };
    const auto figure = [&](const char* name, auto& into, const char* meaning) {
        sub->add_option(name, into, meaning)->capture_default_str();
    };
    file("regions", o.regions,
         "CSV: region,people,infectious and, if wanted, "
         "exposed,removed,ward,intensive,beds,intensive_beds");
    file("--presence", o.presence, "Matrix: row by row where the residents of a region are");
    file("--measures", o.measures, "CSV: scenario,kind,from,to,regions,value");
    file("--doses", o.doses, "CSV: scenario,day,region,dose,count");
    figure("--region", o.columns.region, "Column of regions");
    figure("--people", o.columns.people, "Column of people");
    figure("--infected", o.columns.infectious, "Column of those infectious at the start");
    sub->add_option("--start", o.start, "Date of day 1, where days are dates");
    auto* beta = sub->add_option("--beta", o.beta, "Infections a day by one infectious person");
    sub->add_option("--r0", o.reproduction, "Or: by one person in all")->excludes(beta);
    sub->add_option("--latent", o.latent_days, "Days from infection to being infectious");
    sub->add_option("--infectious", o.infectious_days, "Days of being infectious");
    figure("--home", o.home, "Share of contacts in the own region, wherever one is");
    figure("--fatality", o.fatality, "Chance to die of who was infectious and not admitted");
    figure("--dose-chance", o.dose_chance, "Chance of each susceptible to get a dose, each day");
    const auto effects = [&](const char* name, std::vector<double>& into, const char* meaning) {
        sub->add_option(name, into, meaning)->delimiter(',')->expected(1, 2);
    };
    effects("--ve-infection", o.ve_infection, "What one dose and two spare of being infected");
    effects("--ve-transmission", o.ve_transmission, "Of infecting others");
    effects("--ve-death", o.ve_death, "Of dying outside hospitals");
    effects("--ve-admission", o.ve_admission, "Of being admitted to one");
    figure("--admitted", o.hospital.admitted,
           "Share admitted to hospital of who was infectious, without doses");
    figure("--ward-days", o.hospital.ward_days, "Mean days in a ward; 0: no hospitals");
    figure("--intensive", o.hospital.intensive, "Share of who leaves a ward: to intensive care");
    figure("--intensive-days", o.hospital.intensive_days, "Mean days there");
    figure("--ward-fatality", o.hospital.ward_fatality, "Chance to die of the others");
    figure("--intensive-fatality", o.hospital.intensive_fatality, "Chance to die there");
    figure("--beds", o.columns.beds, "Column of beds in wards, if there is one");
    figure("--intensive-beds", o.columns.intensive_beds, "Column of beds in intensive care");
    figure("--days", o.days, "How long");
    figure("--replicates", o.replicates, "Runs by chance; 0: equations alone");
    figure("--seed", o.seed, "Where the random numbers begin");
    figure("--steps", o.steps, "Steps of chance in a day: more are nearer to the equations");
    figure("--level", o.level, "Share of the replicates between low and high");
    figure("--tolerance", o.tolerance, "Error allowed in a step of the equations");
    figure("--threads", o.threads, "They change no figure");
    sub->add_option("--all", o.all, "New file for every day, as CSV");
    sub->add_option("--by-region", o.by_region, "New file for every region, as CSV");
    sub->add_option("--svg", o.svg, "New file for a picture");
    sub->add_option("--draw", o.drawn, "What it shows")
        ->check(
            CLI::IsMember({"infectious", "infected_new", "infected", "dead", "ward", "intensive"}))
        ->capture_default_str();
    sub->add_option("--record", o.record, "New file that says what was run and what came out");
    file("--replay", o.replay, "Run such a record again and say whether the same comes out");
    sub->footer("docs/planning.md explains the model, the files and how far to trust it.");
}

void engine_verbs::add_doses() {
    CLI::App* group = app_.add_subcommand("doses", "Doses: stock, shares, plans, policies");
    group->require_subcommand(1);
    group->footer("docs/doses.md tells each from beginning to end.");
    auto* book =
        subcommand(group, "book", "Keep a stock book from a file of events", dose_book, dose_book_);
    book->add_option("events", dose_book_.file,
                     "CSV: day,event,site,doses and lot,expires,to,product,dose,state,why; all "
                     "rows count or none")
        ->required()
        ->check(CLI::ExistingFile);
    book->add_option("--vial", dose_book_.vial, "Doses in a vial")->check(CLI::Range(1, 1000));
    book->add_option("--course", dose_book_.course, "Doses of a course")->check(CLI::Range(1, 9));
    book->add_option("--interval-min", dose_book_.interval_min, "Days between two doses at least")
        ->check(CLI::Range(0, 3660));
    book->add_option("--moves", dose_book_.moves, "New file for every move of every lot, as CSV");
    auto* share = subcommand(group, "share", "Share doses out by three rules side by side",
                             dose_share, dose_share_);
    share->add_option("regions", dose_share_.file, "CSV: region,weight and already,cap if wanted")
        ->required()
        ->check(CLI::ExistingFile);
    share->add_option("--doses", dose_share_.doses, "How many")->required();
    share->add_option("--pack", dose_share_.pack, "Doses in a pack")->capture_default_str();
    share->add_option("--scale", dose_share_.scale, "Parts of a dose in which `already` is said")
        ->capture_default_str();
    add_dose_plan(group);
    add_dose_policies(group);
}

void engine_verbs::add_dose_plan(CLI::App* group) {
    auto& o = dose_plan_;
    auto* sub =
        subcommand(group, "plan", "First doses that avert most deaths, with a bound", dose_plan, o);
    sub->add_option("regions", o.regions, "CSV: region,people,weekly_hazard")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--groups", o.groups, "CSV: group,share,ifr,max_uptake")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--weeks", o.weeks)->capture_default_str();
    sub->add_option("--interval", o.interval, "Weeks between the doses")->capture_default_str();
    sub->add_option("--effect", o.effect, "Part of infections that a first dose averts")
        ->capture_default_str();
    sub->add_option("--supply", o.supply, "Doses a week, as a part of all people")
        ->capture_default_str();
    sub->add_option("--capacity", o.capacity, "Doses a region gives a week, part of its people")
        ->capture_default_str();
    sub->add_option("--floor", o.floor, "Part of every region that gets a first dose at least")
        ->capture_default_str();
    sub->add_option("--plan", o.plan, "New file for the doses by region, group and week, as CSV");
    sub->add_option("--certificate", o.certificate, "New file for plan and prices, as JSON");
    sub->add_option("--check", o.check, "Such a file: judge it without the solver")
        ->check(CLI::ExistingFile);
    sub->add_option("--pack", o.pack, "Doses in a vial: only whole ones are given")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    sub->add_option("--floors", o.floors, "Tell the price of these floors: 0,0.1,0.2")
        ->delimiter(',');
    sub->add_option("--svg", o.plot, "New file for a picture of it, as SVG");
    add_dose_command(sub);
}

void engine_verbs::add_dose_command(CLI::App* sub) {
    auto& o = dose_plan_;
    auto* command = sub->add_option(
        "--command", o.command,
        "New file for the body of doses.allocate, so that a decision can bind the plan");
    const auto needed = [&](const char* name, std::string& into, const char* meaning) {
        command->needs(sub->add_option(name, into, meaning));
    };
    needed("--allocation", o.allocation, "Id of the allocation");
    needed("--product", o.product, "The product");
    needed("--from", o.from, "The store that gives");
    sub->add_option("--now", o.now, "Weeks whose first doses are shared out")
        ->capture_default_str();
    sub->add_option("--within", o.within, "How far below its bound the plan may stay, part of it")
        ->capture_default_str();
    sub->add_option("--policy", o.policy, "What stays for second doses")
        ->check(CLI::IsMember({"release", "lockbox", "set_aside"}))
        ->capture_default_str();
    sub->add_option("--horizon", o.horizon, "Days of set_aside")->capture_default_str();
    sub->add_option("--why", o.why, "Why by this rule: en=TEXT, one for each language");
    sub->add_option("--dataset", o.datasets, "Data set that has the file: regions=ID, groups=ID");
}

void engine_verbs::add_dose_policies(CLI::App* group) {
    auto& o = dose_policies_;
    auto* sub =
        subcommand(group, "policies", "Policies for second doses side by side", dose_policies, o);
    sub->add_option("--supply", o.supply, "Doses a week: one number, or one for each week")
        ->delimiter(',');
    sub->add_option("--supply-file", o.supply_file, "CSV with a column doses, a row a week")
        ->check(CLI::ExistingFile);
    sub->add_option("--weeks", o.weeks, "Where one number is given")->capture_default_str();
    sub->add_option("--interval", o.interval, "Weeks between the doses")->capture_default_str();
    sub->add_option("--horizon", o.horizons, "Weeks of set_aside; several by commas")
        ->delimiter(',')
        ->capture_default_str();
    sub->add_option("--all", o.all, "New file for every week of every policy, as CSV");
    sub->add_option("--svg", o.plot, "New file for a picture, as SVG");
}

void engine_verbs::add_equilibrium() {
    auto& o = equilibrium_;
    auto* sub = verb("equilibrium", "What follows from a change of the costs of trade",
                     equilibrium_effects, o);
    sub->add_option("data", o.data, "Flows of each pair, home markets too, as CSV")
        ->required()
        ->check(CLI::ExistingFile);
    sub->add_option("--exporter", o.columns.exporter, "Column: from where")->capture_default_str();
    sub->add_option("--importer", o.columns.importer, "Column: to where")->capture_default_str();
    sub->add_option("--flow", o.columns.flow, "Column: how much")->capture_default_str();
    sub->add_option("--section", o.section,
                    "Rows that are the world: 'year == 2006'; else those of --filter");
    const auto several = [&](const char* name, std::vector<std::string>& into,
                             const char* meaning) {
        sub->add_option(name, into, meaning)->allow_extra_args(false);
    };
    several("--border", o.border,
            "COLUMN or 'COLUMN: A, B': no border between all, or between these");
    several("--member", o.member, "'COLUMN: NEW = OLD, OLD': an agreement with newcomers");
    several("--set", o.set, "'COLUMN = VALUE where exporter == A': a column changed");
    sub->add_option("--values", o.values, "CSV with new values of columns by pair")
        ->check(CLI::ExistingFile);
    several("--tariff", o.tariff, "'A, B > C = 0, 25': percent before and after; * for all others");
    several("--barrier", o.barrier, "'A > B = 12' or '12, 8, 16': percent of a tariff, lifted");
    sub->add_option("--model", o.model.formula,
                    "Estimate costs: 'trade ~ log(dist) + border | exporter + importer'");
    several("--coefficient", o.coefficients, "Or give them: 'log(dist) = -0.8' or '-0.8, 0.05'");
    sub->add_option("--baseline", o.baseline, "fitted, or observed: trade before")
        ->check(CLI::IsMember({"fitted", "observed"}))
        ->capture_default_str();
    sub->add_option("--sigma", o.sigma, "Elasticity of substitution")->capture_default_str();
    sub->add_option("--closure", o.closure, "W, D or B: what becomes of trade imbalances")
        ->check(CLI::IsMember({"W", "D", "B"}))
        ->capture_default_str();
    sub->add_option("--reference", o.reference, "Whose price index stays; else the largest");
    sub->add_option("--draws", o.draws, "Of the coefficients, for intervals")
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
    sub->add_option("--level", o.level, "Of intervals")
        ->check(CLI::Range(0.5, 0.9999))
        ->capture_default_str();
    sub->add_option("--flows", o.flows, "New file for trade before and after");
    sub->add_option("--table", o.table, "text or csv")
        ->check(CLI::IsMember({"text", "csv"}))
        ->capture_default_str();
    add_estimation(sub, o.model);
    sub->footer("docs/equilibrium.md explains experiments, closures and intervals.");
}

}  // namespace veche::cli
