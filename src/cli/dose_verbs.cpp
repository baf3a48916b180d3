#include "cli/dose_verbs.hpp"

#include <CLI/CLI.hpp>

namespace veche::cli {

template <class Options>
CLI::App* dose_verbs::subcommand(CLI::App* group, const char* name, const char* meaning,
                                 int (*call)(const Options&, const terminal&), Options& options) {
    CLI::App* sub = group->add_subcommand(name, meaning);
    sub->callback([this, call, &options] {
        chosen_ = [call, &options](const terminal& on) { return call(options, on); };
    });
    return sub;
}

void dose_verbs::add() {
    CLI::App* group = app_.add_subcommand("doses", "Doses: stock, shares, plans, policies");
    group->require_subcommand(1);
    group->footer("docs/doses.md tells each from beginning to end.");
    auto* book = subcommand(group, "book", "Keep a stock book from a file of events", dose_book,
                            book_);
    book->add_option("events", book_.file,
                     "CSV: day,event,site,doses and lot,expires,to,product,dose,state,why; all "
                     "rows count or none")
        ->required()
        ->check(CLI::ExistingFile);
    book->add_option("--vial", book_.vial, "Doses in a vial")->check(CLI::Range(1, 1000));
    book->add_option("--course", book_.course, "Doses of a course")->check(CLI::Range(1, 9));
    book->add_option("--interval-min", book_.interval_min, "Days between two doses at least")
        ->check(CLI::Range(0, 3660));
    book->add_option("--moves", book_.moves, "New file for every move of every lot, as CSV");
    auto* share = subcommand(group, "share", "Share doses out by three rules side by side",
                             dose_share, share_);
    share->add_option("regions", share_.file, "CSV: region,weight and already,cap if wanted")
        ->required()
        ->check(CLI::ExistingFile);
    share->add_option("--doses", share_.doses, "How many")->required();
    share->add_option("--pack", share_.pack, "Doses in a pack")->capture_default_str();
    share->add_option("--scale", share_.scale, "Parts of a dose in which `already` is said")
        ->capture_default_str();
    add_plan(group);
    add_policies(group);
}

void dose_verbs::add_plan(CLI::App* group) {
    auto& o = plan_;
    auto* sub = subcommand(group, "plan", "First doses that avert most deaths, with a bound",
                           dose_plan, o);
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
}

void dose_verbs::add_policies(CLI::App* group) {
    auto& o = policies_;
    auto* sub = subcommand(group, "policies", "Policies for second doses side by side",
                           dose_policies, o);
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

}  // namespace veche::cli
