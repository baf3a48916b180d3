// `veche trade partners`: where regions of different members could make a thing together.

#include <fmt/format.h>

#include "cli/trade_files.hpp"
#include "trade/joint_enterprises.hpp"
#include "trade/sentences.hpp"

namespace veche::cli {
namespace {

std::string range_text(double low, double high) {
    return fmt::format("{:.3f} to {:.3f}", low, high);
}

void add_facts(sheet& to, const trade::enterprise_table& made, const trade_options& options) {
    to.facts.emplace_back("values in", made.unit);
    to.facts.emplace_back("regions of members", std::to_string(made.regions.size()));
    to.facts.emplace_back("suggestions in all", std::to_string(made.found));
    to.facts.emplace_back("ranges", fmt::format("density: the middle {} % of {} draws of products, "
                                                "seed {}; rank: six definitions",
                                                100 * options.range, options.draws, options.seed));
    to.remarks.emplace_back(
        "A suggestion is a question to ask, not an answer: products of one code differ, and "
        "whether anybody wants to make them together no statistic knows.");
    if (!made.mirrored.empty())
        to.remarks.push_back(
            fmt::format("{} regions declare no imports; what others sell to them stands for it.",
                        made.mirrored.size()));
    to.remarks.push_back(
        "(d) " + (made.order ? trade::sentence_of(trade::said_of(*made.order))
                             : std::string("The data are too small to test whether an index of "
                                           "complexity means anything in them.")));
}

}  // namespace

int trade_partners(const trade_options& options, const terminal& on) {
    const auto from = flows_from_file(options, on);
    if (!from) return on.fail(from.error());
    trade::enterprise_scope scope;
    scope.period = options.period;
    scope.members = options.members;
    scope.digits = static_cast<std::size_t>(options.digits);
    scope.least_advantage = options.least_advantage;
    scope.most = options.rows;
    scope.draws = options.draws;
    scope.seed = options.seed;
    scope.level = options.range;
    const auto made = trade::joint_enterprises(*from->flows, scope);
    if (!made) return on.fail(made.error());
    sheet out = sheet_about("Where regions could make a thing together", from->flows->source,
                            static_cast<std::size_t>(made->rows), options);
    add_facts(out, *made, options);
    out.columns = {"rank",
                   "best to worst",
                   "product",
                   "maker",
                   "partner",
                   "could move at most",
                   "density",
                   "its range",
                   "RCA of the maker",
                   "of the partner",
                   "maker sells outside",
                   "partner buys outside",
                   "buys from the maker",
                   "complementarity"};
    for (const trade::joint_enterprise& one : made->suggestions)
        out.rows.push_back(
            {static_cast<double>(one.rank), fmt::format("{} to {}", one.best_rank, one.worst_rank),
             one.product, one.maker, one.partner, one.amount, one.density,
             range_text(one.density_low, one.density_high), one.advantage, one.partner_advantage,
             one.sold_outside, one.bought_outside, one.bought_from_maker, one.complementarity});
    show(out, on);
    return done;
}

}  // namespace veche::cli
