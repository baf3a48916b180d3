#include "cli/trade_verbs.hpp"

#include <CLI/CLI.hpp>

namespace veche::cli {
namespace {

constexpr const char* any_form =
    "Comtrade, BACI, WITS or SDMX-CSV, any table with a mapping, or a file of columns";

}  // namespace

CLI::App* trade_verbs::subcommand(CLI::App* group, const char* name, const char* meaning,
                                  int (*call)(const trade_options&, const terminal&),
                                  const char* file) {
    CLI::App* sub = group->add_subcommand(name, meaning);
    sub->add_option("file", options_.file, file)->required()->check(CLI::ExistingFile);
    sub->add_option("--rows", options_.rows, "Rows shown; 0 all")->capture_default_str();
    sub->callback([this, call] {
        chosen_ = [this, call](const terminal& on) { return call(options_, on); };
    });
    return sub;
}

void trade_verbs::add() {
    CLI::App* group =
        app_.add_subcommand("trade", "Statistics of trade: take in, compare, compute figures");
    group->require_subcommand(1);
    group->footer("docs/trade.md tells each from beginning to end.");
    add_data(group);
    add_figures(group);
    add_models(group);
}

void trade_verbs::add_reading(CLI::App* sub) {
    sub->add_option("--mapping", options_.mapping, "CSV: field,column; which column is what")
        ->check(CLI::ExistingFile);
    sub->add_option("--classification", options_.classification,
                    "Classification and vintage, where the data name none: HS17");
    sub->add_option("--digits", options_.digits, "Keep products of so many digits");
    sub->add_option("--areas", options_.areas, "CSV with codes and names of territories")
        ->check(CLI::ExistingFile);
    sub->add_option("--area-code", options_.area_code, "Its column of codes")
        ->capture_default_str();
    sub->add_option("--area-name", options_.area_name, "Its column of names")
        ->capture_default_str();
    sub->add_flag("--drop-unknown", options_.drop_unknown,
                  "Leave out territories that the list lacks, instead of refusing");
    sub->add_option("--leave-out", options_.leave_out, "Territories to leave out, such as groups")
        ->delimiter(',');
    sub->add_flag("--add-repeated", options_.add_repeated,
                  "Add up rows with several values of one flow, instead of refusing");
    sub->add_flag("--sound-rows", options_.sound_rows, "Go on without unsound rows");
    sub->add_option("--encoding", options_.encoding, "Of the text")
        ->check(CLI::IsMember({"utf8", "latin1", "windows1251"}))
        ->capture_default_str();
    sub->add_option("--separator", options_.separator, "Of columns: one character, or tab");
    sub->add_option("--decimal-mark", options_.decimal_mark, "Of numbers")->capture_default_str();
    sub->add_option("--missing", options_.missing,
                    "What stands for a missing cell, instead of NA and .")
        ->delimiter(',');
}

void trade_verbs::add_data(CLI::App* group) {
    auto* take = subcommand(group, "import", "Take statistics in, with every trap said",
                            trade_import, "Comtrade, BACI, WITS, SDMX-CSV or any table");
    add_reading(take);
    take->add_option("--to", options_.to, "New file of columns");
    take->add_flag("--replace", options_.replace, "Write over a file that is there");
    auto* sum = subcommand(group, "sum", "Sum a column by others", trade_sum, "A file of columns");
    sum->add_option("--where", options_.where,
                    "column=value, or column=value|value; all must hold");
    sum->add_option("--by", options_.by, "Columns whose values make the groups")->delimiter(',');
    sum->add_option("--value", options_.value, "Column to add up")->capture_default_str();
    auto* convert =
        subcommand(group, "convert", "Write flows in another vintage", trade_convert, any_form);
    add_reading(convert);
    convert->add_option("--concordance", options_.concordance, "CSV with pairs of codes")
        ->required()
        ->check(CLI::ExistingFile);
    convert->add_option("--step", options_.step, "Which of its steps: \"2017 to 2012\"");
    convert->add_option("--to", options_.to, "New file of columns")->required();
    convert->add_flag("--replace", options_.replace, "Write over a file that is there");
    auto* zeros = subcommand(group, "zeros", "Write flows with the zeros between those who report",
                             trade_zeros, any_form);
    add_reading(zeros);
    zeros->add_option("--to", options_.to, "New file of columns")->required();
    zeros->add_flag("--replace", options_.replace, "Write over a file that is there");
    zeros->add_option("--most", options_.most_cells, "Refuse a panel of more rows")
        ->capture_default_str();
}

void trade_verbs::add_figures(CLI::App* group) {
    auto* mirror = subcommand(group, "mirror", "Set both sides of flows against each other",
                              trade_mirror, any_form);
    add_reading(mirror);
    mirror->add_option("--area", options_.area, "Only flows of this territory");
    mirror->add_option("--partner", options_.partner, "Only flows with this one");
    mirror->add_option("--period", options_.period, "Only of this period");
    mirror->add_option("--members", options_.members, "Members between which no customs stand")
        ->delimiter(',');
    mirror->add_option("--prefer", options_.how.prefer, "Whose declaration goes first")
        ->transform(
            CLI::CheckedTransformer(std::vector<std::pair<std::string, trade::preferred_side>>{
                {"exporter", trade::preferred_side::exporter},
                {"importer", trade::preferred_side::importer}}));
    mirror->add_option("--cif", options_.how.cif_factor, "Imports with freight over those without")
        ->capture_default_str();
    mirror->add_option("--to", options_.to, "New file of columns for one value of two");
    mirror->add_flag("--replace", options_.replace, "Write over a file that is there");
    auto* pair = subcommand(group, "indicators", "Figures of one territory with another",
                            trade_indicators, any_form);
    add_reading(pair);
    pair->add_option("--area", options_.area, "Whose figures")->required();
    pair->add_option("--partner", options_.partner, "With whom")->required();
    pair->add_option("--period", options_.period, "When")->required();
    auto* products = subcommand(group, "products", "Exports by product: advantage and growth",
                                trade_products, any_form);
    add_reading(products);
    products->add_option("--area", options_.area, "Whose exports")->required();
    products->add_option("--period", options_.period, "When; else all together");
    products->add_option("--before", options_.before, "Period since which growth is taken apart");
    auto* prices = subcommand(group, "unit-values", "Value over quantity by product",
                              trade_unit_values, any_form);
    add_reading(prices);
    prices->add_option("--area", options_.area, "Whose flows")->required();
    prices->add_option("--partner", options_.partner, "Only with this one");
    prices->add_option("--period", options_.period, "Only of this period");
    prices->add_option("--flow", options_.way, "Which way")
        ->check(CLI::IsMember({"export", "import"}))
        ->capture_default_str();
    auto* depends = subcommand(group, "dependence", "On whom a member depends for its imports",
                               trade_dependence, any_form);
    add_reading(depends);
    depends->add_option("--area", options_.area, "The member; may be absent with --substitutes");
    depends->add_option("--members", options_.members, "Members of the union")
        ->required()
        ->delimiter(',');
    depends->add_option("--period", options_.period, "When; else all together");
    depends->add_flag("--substitutes", options_.substitutes,
                      "What is bought from third countries and another member sells");
    depends->add_option("--advantage", options_.least_advantage, "Least RCA of the seller")
        ->capture_default_str();
}

void trade_verbs::add_models(CLI::App* group) {
    auto* space = subcommand(group, "space", "Complexity, and what is near to what is made",
                             trade_space, any_form);
    add_reading(space);
    space->add_option("--period", options_.period, "When; else all together");
    space->add_option("--area", options_.area, "What this territory could make next");
    space->add_option("--least-exports", options_.least_exports,
                      "Leave out territories that export less");
    space->add_option("--advantage", options_.least_advantage, "Least RCA of what counts as made")
        ->capture_default_str();
    space->add_flag("--regional", options_.regional, "The territories are regions");
    auto* tariff = subcommand(group, "tariff", "Change tariffs in one market or several",
                              trade_tariff, "CSV: market,product,partner,imports,before,after");
    tariff->add_option("--unit", options_.unit, "In which tariffs are given; there is no default")
        ->required()
        ->transform(CLI::CheckedTransformer(std::vector<std::pair<std::string, trade::tariff_unit>>{
            {"fraction", trade::tariff_unit::fraction}, {"percent", trade::tariff_unit::percent}}));
    tariff->add_flag("--sensitivity", options_.sensitivity, "Also where elasticities are other");
    auto* barrier =
        subcommand(group, "barrier", "The trade that a barrier touches", trade_barrier, any_form);
    add_reading(barrier);
    barrier->add_option("--area", options_.area, "Member whose imports it touches")->required();
    barrier->add_option("--affected", options_.affected, "Members whose goods it touches")
        ->required()
        ->delimiter(',');
    barrier->add_option("--products", options_.products, "Codes; 04 stands for all that begin so")
        ->required()
        ->delimiter(',');
    barrier->add_option("--effect", options_.effect,
                        "Estimated effect of its removal on the logarithm of imports");
    barrier->add_option("--error", options_.error, "Standard error of that");
    barrier->add_option("--sigma", options_.sigma, "Elasticity of substitution");
    barrier->add_option("--level", options_.level, "Of the interval: 0.90, 0.95 or 0.99")
        ->capture_default_str();
    auto* barriers = subcommand(group, "barriers", "Rank the barriers of a register by their cost",
                                trade_barriers, any_form);
    add_reading(barriers);
    barriers
        ->add_option("--register", options_.register_of,
                     "CSV: id,imposing,affected,classification,products[,effect,error,sigma]")
        ->required()
        ->check(CLI::ExistingFile);
    barriers->add_option("--period", options_.period, "Year whose trade is touched")->required();
    barriers->add_option("--level", options_.level, "Of the intervals: 0.90, 0.95 or 0.99")
        ->capture_default_str();
    add_partners(group);
}

void trade_verbs::add_partners(CLI::App* group) {
    auto* partners = subcommand(group, "partners",
                                "Where regions of different members could make a thing together",
                                trade_partners, any_form);
    add_reading(partners);
    partners
        ->add_option("--members", options_.members,
                     "Members of the union; their regions have codes as in BY-HM of BY")
        ->required()
        ->delimiter(',');
    partners->add_option("--period", options_.period, "When; else all together");
    partners
        ->add_option("--advantage", options_.least_advantage, "Least RCA of what counts as made")
        ->capture_default_str();
    partners->add_option("--draws", options_.draws, "How often is drawn for ranges")
        ->capture_default_str();
    partners->add_option("--seed", options_.seed, "Where the random numbers begin")
        ->capture_default_str();
    partners->add_option("--level", options_.range, "Of the ranges")->capture_default_str();
}

}  // namespace veche::cli
