// Money: the budget with its lines, what members owe and have paid, the balances of the ledger.
// Every figure leads to the entries behind it.

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/measure_money.hpp"
#include "api/pages/money_office.hpp"
#include "api/pages/open_data.hpp"
#include "documents/thing_news.hpp"
#include "fund/views.hpp"
#include "render/filters.hpp"
#include "render/svg.hpp"

namespace veche::api::pages {

namespace {

using namespace fund;

// --- The budget
// -------------------------------------------------------------------------------------

struct unit_plot {
    amount total;
    render::markup plot;
};
VECHE_VIEW_HERE(unit_plot, (total, "Sum of the lines in force."), (plot, "The lines as bars."))

/// The fund in one unit: what came in, what may be spent, what was.
struct unit_glance {
    unit_id unit;
    amount called;
    amount received;
    amount outstanding;
    amount amended;
    amount open;
    amount paid;
    amount available;
    std::vector<balance_row> banks;
};
VECHE_VIEW_HERE(unit_glance, (unit, "The unit."), (called, "Called from members."),
                (received, "Received of it."), (outstanding, "Still owed."),
                (amended, "Appropriated, as it stands."),
                (open, "Reserved and committed, not paid."), (paid, "Paid."),
                (available, "What can still be spent."), (banks, "Accounts that hold it."))

/// A line, below the line that it is a part of.
struct line_place {
    line_row line;
    std::int32_t depth = 0;
    pace_warning warning = pace_warning::none;
};
VECHE_VIEW_HERE(line_place, (line, "The line."), (depth, "How many lines are above it."),
                (warning, "The early warning of its spending."))

struct money_page {
    shown<budget_view> budget;
    shown<contributions_view> contributions;
    std::vector<unit_glance> glance;
    std::vector<line_place> tree;
    std::vector<unit_plot> units;
    std::vector<measure_money_card> measures;
    std::vector<choice_option> years;
    bool filtered = false;
    std::string query;
};
VECHE_VIEW_HERE(money_page, (budget, "The budget."), (contributions, "What members owe."),
                (glance, "All years, unit by unit."), (tree, "The lines, each below its own."),
                (units, "The lines of each unit, drawn."), (measures, "The lines by measure."),
                (years, "Years to choose from."), (filtered, "Whether a year is chosen."),
                (query, "The filter as part of an address."))

std::vector<unit_glance> glance_of(const contributions_view& contributions,
                                   const budget_view& budget, const balances_view& balances) {
    std::map<unit_id, unit_glance> units;
    const auto of = [&](const unit_id& unit) -> unit_glance& {
        unit_glance& one = units[unit];
        one.unit = unit;
        for (amount* sum : {&one.called, &one.received, &one.outstanding, &one.amended, &one.open,
                            &one.paid, &one.available})
            sum->unit = unit;
        return one;
    };
    for (const member_row& row : contributions.members) {
        unit_glance& one = of(row.assessed.unit);
        one.called.minor += row.assessed.minor;
        one.received.minor += row.received.minor;
        one.outstanding.minor += row.outstanding.minor;
    }
    for (const unit_total& total : budget.totals) {
        unit_glance& one = of(total.amended.unit);
        one.amended = total.amended;
        one.open = total.open;
        one.paid = total.paid;
        one.available = total.available;
    }
    for (const balance_row& row : balances.accounts)
        if (row.account.starts_with("Bank:")) of(row.balance.unit).banks.push_back(row);
    std::vector<unit_glance> all;
    for (auto& [unit, one] : units) all.push_back(std::move(one));
    // What members pay in comes first.
    std::stable_partition(all.begin(), all.end(),
                          [](const unit_glance& one) { return one.called.minor != 0; });
    return all;
}

/// Lines in the order given, each followed by its parts. One whose own line is not among them, as
/// where it is of another year, stands by itself.
std::vector<line_place> tree_of(const std::vector<line_row>& lines) {
    const auto among = [&](const line_id& id) {
        return std::any_of(lines.begin(), lines.end(),
                           [&](const line_row& one) { return one.line == id; });
    };
    std::vector<line_place> tree;
    std::vector<std::pair<const line_row*, std::int32_t>> waiting;
    for (auto it = lines.rbegin(); it != lines.rend(); ++it)
        if (!it->parent || !among(*it->parent)) waiting.emplace_back(&*it, 0);
    while (!waiting.empty()) {
        const auto [line, depth] = waiting.back();
        waiting.pop_back();
        tree.push_back({*line, depth, pace_warning::none});
        for (auto it = lines.rbegin(); it != lines.rend(); ++it)
            if (it->parent && *it->parent == line->line) waiting.emplace_back(&*it, depth + 1);
    }
    return tree;
}

/// Puts the early warnings of their years beside the lines.
result<void> warn(visit& here, std::vector<line_place>& tree) {
    std::set<std::int32_t> years;
    for (const line_place& one : tree) years.insert(one.line.year);
    for (const std::int32_t year : years) {
        const auto pace = VECHE_TRY(here.ask<pace_view>(pace_query{year}));
        for (line_place& one : tree)
            for (const pace_row& row : pace->lines)
                if (row.line == one.line.line) one.warning = row.warning;
    }
    return {};
}

std::vector<unit_plot> plots_of(const visit& here, const budget_view& budget) {
    std::vector<unit_plot> plots;
    for (const unit_total& total : budget.totals) {
        std::vector<render::plot_part> bars;
        for (const line_row& line : budget.lines)
            if (line.amended.unit == total.amended.unit)
                bars.push_back({here.name_of(line.title), line.amended.minor, "a",
                                render::amount_text(line.amended, here.around)});
        plots.push_back(
            {total.amended,
             render::bars(here.text("money.plot", {{"unit", total.amended.unit.value}}), bars)});
    }
    return plots;
}

response list_budget(visit& here) {
    budget_query query;
    query.year = budget_year_asked(here);
    VECHE_SHOW_OR_FAIL(budget, here, here.ask<budget_view>(query));
    if (here.form == "json") return here.json(*budget);
    if (here.form == "csv") return here.csv(budget->lines);
    VECHE_SHOW_OR_FAIL(contributions, here, here.ask<contributions_view>(contributions_query{}));
    VECHE_SHOW_OR_FAIL(all_years, here, here.ask<budget_view>(budget_query{}));
    VECHE_SHOW_OR_FAIL(held, here, here.ask<balances_view>(balances_query{}));
    VECHE_SHOW_OR_FAIL(measures, here, money_by_measure(here, query.year));
    money_page page{budget,
                    contributions,
                    glance_of(*contributions, *all_years, *held),
                    tree_of(budget->lines),
                    plots_of(here, *budget),
                    measures,
                    {},
                    query.year.has_value(),
                    query_text(here)};
    for (const std::int64_t year : budget->years)
        page.years.push_back(
            {std::to_string(year), std::to_string(year), query.year && *query.year == year});
    offer_open_data(here, *contributions, *all_years);
    if (auto warned = warn(here, page.tree); !warned) return here.fail(warned.error());
    return here.show("money", page);
}

struct line_page {
    shown<line_view> line;
    std::vector<line_row> under;
    shown<commitments_view> commitments;
    std::vector<act> acts;
    std::optional<pace_row> pace;
    std::string year;
};
VECHE_VIEW_HERE(line_page, (line, "The budget line."), (under, "Lines that are parts of it."),
                (commitments, "What is reserved and committed on it."),
                (acts, "What the reader may do."), (pace, "How fast it is used."),
                (year, "Its year, as part of an address."))

response one_line(visit& here) {
    VECHE_SHOW_OR_FAIL(line, here, here.ask<line_view>(line_query{{here.id}}));
    if (here.form == "json") return here.json(*line);
    here.above("money", here.text("door.money"));
    VECHE_SHOW_OR_FAIL(commitments, here,
                       here.ask<commitments_view>(commitments_query{line_id{here.id}}));
    VECHE_SHOW_OR_FAIL(budget, here, here.ask<budget_view>(budget_query{}));
    act_list acts(here, "money/" + here.id);
    const std::vector<act_field> this_line{{"line", here.id}};
    acts.form("fund.reserve", office_with_power(here, "commit"), this_line);
    acts.form("fund.record_bank_charge", office_with_power(here, "money"), this_line);
    VECHE_SHOW_OR_FAIL(pace, here, here.ask<pace_view>(pace_query{line->line.year}));
    line_page page{line, {}, commitments, acts.take(), {}, std::to_string(line->line.year)};
    for (const pace_row& one : pace->lines)
        if (one.line == line->line.line) page.pace = one;
    for (const line_row& one : budget->lines)
        if (one.parent && one.parent->value == here.id) page.under.push_back(one);
    return here.show("line", page);
}

response money(visit& here) {
    here.page.door = "money";
    if (!here.id.empty()) return one_line(here);
    if (auto file = open_data_file(here)) return *std::move(file);
    return list_budget(here);
}

// --- Contributions
// ----------------------------------------------------------------------------------

struct receipt_card {
    receipt_row receipt;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(receipt_card, (receipt, "The receipt."), (acts, "What the reader may do about it."))

struct contributions_page {
    shown<contributions_view> contributions;
    std::vector<receipt_card> receipts;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(contributions_page, (contributions, "By member."), (receipts, "Receipts."),
                (acts, "What the reader may do."))

response contributions(visit& here) {
    here.page.door = "money";
    VECHE_SHOW_OR_FAIL(view, here, here.ask<contributions_view>(contributions_query{}));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->receipts);
    if (here.form == "atom") {
        std::vector<documents::feed_entry> entries;
        for (const receipt_row& one : view->receipts)
            entries.push_back(documents::news_of(setting_of(here), one));
        return atom_feed(here, "contributions", here.text("money.contributions"),
                         std::move(entries));
    }
    offer_atom(here, "contributions");
    here.above("money", here.text("door.money"));
    const auto office = office_with_power(here, "money");
    act_list acts(here, "contributions");
    acts.form("fund.receive_contribution", office, {});
    acts.form("fund.record_income", office, {});
    acts.form("fund.exchange_money", office, {});
    acts.form("fund.open_bank_account", office, {});
    contributions_page page{view, {}, acts.take()};
    for (const receipt_row& one : view->receipts) {
        act_list own(here, "contributions");
        if (!one.reversed_seq)
            own.form("fund.correct_contribution", office, {{"contribution", one.id.value}});
        page.receipts.push_back({one, own.take()});
    }
    return here.show("contributions", page);
}

// --- Balances
// ---------------------------------------------------------------------------------------

struct balances_page {
    shown<balances_view> balances;
    std::string at;
    bool filtered = false;
    std::string query;
};
VECHE_VIEW_HERE(balances_page, (balances, "The accounts."), (at, "The day chosen."),
                (filtered, "Whether a day is chosen."),
                (query, "The filter as part of an address."))

response balances(visit& here) {
    here.page.door = "money";
    balances_query query;
    query.at = parse_date(here.asked.query_value("at"));
    VECHE_SHOW_OR_FAIL(view, here, here.ask<balances_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->accounts);
    here.above("money", here.text("door.money"));
    return here.show("balances", balances_page{view, query.at ? to_text(*query.at) : "",
                                               query.at.has_value(), query_text(here)});
}

constexpr page_route money_routes[] = {
    {"money", money}, {"contributions", contributions}, {"balances", balances}};
constexpr template_need money_needs[] = {{"money", &describe<money_page>},
                                         {"line", &describe<line_page>},
                                         {"contributions", &describe<contributions_page>},
                                         {"balances", &describe<balances_page>}};

}  // namespace

const page_group money_pages{money_routes, money_needs};

}  // namespace veche::api::pages
