// Where the money went: drawn, as a table of the same figures, and what of it is one member's.

#include <algorithm>

#include "api/pages/choices.hpp"
#include "api/pages/money_flow.hpp"
#include "render/filters.hpp"
#include "render/svg.hpp"

namespace veche::api::pages {
namespace {

/// A node of the plot, and a row of the table below it.
struct flow_row {
    std::string mark;
    std::string step;
    std::string name;
    std::string href;
    amount amount_;
};
VECHE_VIEW_HERE(flow_row, (mark, "Its number in the plot."),
                (step, "Who paid in, what for, to whom."), (name, "Its name."),
                (href, "Where its entries are."), (amount_, "How much."))

/// What of a use is the member's that was chosen.
struct part_row {
    std::string name;
    std::string paid_to;
    std::string href;
    amount amount_;
    amount part;
};
VECHE_VIEW_HERE(part_row, (name, "What it went to."), (paid_to, "Who was paid."),
                (href, "Where its entries are."), (amount_, "How much in all."),
                (part, "The member's part."))

struct unit_flow {
    unit_id unit;
    bool drawn = false;
    render::markup plot;
    std::vector<flow_row> rows;
    std::vector<part_row> parts;
    amount paid_in;
};
VECHE_VIEW_HERE(unit_flow, (unit, "The unit."), (drawn, "Whether a plot says anything."),
                (plot, "The way of the money."), (rows, "The figures of the plot."),
                (parts, "The member's part of each use."), (paid_in, "What the member paid in."))

struct flow_page {
    std::vector<unit_flow> units;
    std::vector<choice_option> members;
    localized member;
};
VECHE_VIEW_HERE(flow_page, (units, "One for each unit."), (members, "Members to choose from."),
                (member, "Name of the member chosen."))

/// The same as rows of a file: one for each band of the plot.
struct flow_edge {
    std::string from;
    std::string to;
    amount amount_;
};
VECHE_VIEW_HERE(flow_edge, (from, "Where it comes from."), (to, "Where it goes to."),
                (amount_, "How much."))

struct flow_file {
    std::vector<flow_edge> flows;
};
VECHE_VIEW_HERE(flow_file, (flows, "From where to where."))

std::string source_name(const visit& here, const flow_source& one) {
    switch (one.side) {
        case flow_side::member:
            return here.name_of(one.name);
        case flow_side::income:
            return here.text("flow.income");
        case flow_side::came_back:
            break;
    }
    return here.text("flow.came_back");
}

std::string use_name(const visit& here, const flow_use& one) {
    switch (one.goal) {
        case flow_goal::partner:
            return here.name_of(one.title);
        case flow_goal::charges:
            return here.text("flow.charges");
        case flow_goal::advances:
            return here.text("flow.advances");
        case flow_goal::exchanged:
            return here.text("flow.exchanged");
        case flow_goal::in_bank:
            break;
    }
    return here.text("flow.in_bank");
}

std::string use_link(const visit& here, const flow_use& one) {
    switch (one.goal) {
        case flow_goal::partner:
            return here.link("money/" + one.line.value);
        case flow_goal::charges:
            return here.link("money");
        case flow_goal::advances:
            return here.link("commitments");
        case flow_goal::exchanged:
        case flow_goal::in_bank:
            break;
    }
    return here.link("balances");
}

/// Builds plot, table and file of one unit in one pass, so that they cannot differ.
class flow_teller {
  public:
    flow_teller(const visit& here, const unit_id& unit) : here_(here), unit_(unit) {}

    void tell(const money_flow& flow) {
        std::vector<std::size_t> sources;
        for (const flow_source& one : flow.sources)
            sources.push_back(
                node(0, "flow.source", source_name(here_, one),
                     here_.link(one.side == flow_side::came_back ? "payments" : "contributions"),
                     one.minor));
        if (flow.got_in_exchange > 0)
            sources.push_back(node(0, "flow.source", here_.text("flow.got_in_exchange"),
                                   here_.link("balances"), flow.got_in_exchange));
        const std::size_t hub = nodes_.size();
        nodes_.push_back({1, "", here_.text("flow.fund"), "a"});
        for (const std::size_t source : sources) band(source, hub, minors_[source]);
        for (std::size_t i = 0; i < flow.uses.size();) i = tell_use(flow, i, hub);
    }

    unit_flow take() {
        // In from one side and out to another: a picture of that says nothing.
        const bool drawn = bands_.size() > 2;
        return {unit_,
                drawn,
                drawn ? render::flow(here_.text("flow.plot", {{"unit", unit_.value}}),
                                     here_.text("flow.desc"), nodes_, bands_)
                      : render::markup{},
                std::move(rows_),
                {},
                {0, unit_}};
    }
    [[nodiscard]] const std::vector<flow_edge>& edges() const { return edges_; }

  private:
    /// A line with all its partners, or one other use; the next one to tell.
    std::size_t tell_use(const money_flow& flow, std::size_t at, std::size_t hub) {
        const flow_use& first = flow.uses[at];
        std::size_t end = at + 1;
        std::int64_t minor = first.minor;
        if (first.goal == flow_goal::partner)
            for (; end < flow.uses.size() && flow.uses[end].goal == flow_goal::partner &&
                   flow.uses[end].line == first.line;
                 ++end)
                minor += flow.uses[end].minor;
        const std::size_t use =
            node(2, "flow.use", use_name(here_, first), use_link(here_, first), minor);
        band(hub, use, minor);
        for (std::size_t i = at; i < end && first.goal == flow_goal::partner; ++i)
            band(use, partner_of(flow, flow.uses[i]), flow.uses[i].minor);
        return end;
    }

    /// The partner's node, made where the first line that pays it is told.
    std::size_t partner_of(const money_flow& flow, const flow_use& use) {
        for (const auto& [known, index] : partners_)
            if (known == use.partner) return index;
        std::int64_t minor = 0;
        for (const flow_use& one : flow.uses)
            if (one.goal == flow_goal::partner && one.partner == use.partner) minor += one.minor;
        const std::size_t made =
            node(3, "flow.paid_to", use.partner.name, here_.link("payments"), minor);
        partners_.emplace_back(use.partner, made);
        return made;
    }

    std::size_t node(std::size_t column, std::string_view step, std::string name, std::string href,
                     std::int64_t minor) {
        const amount whole{minor, unit_};
        const std::string mark = std::to_string(rows_.size() + 1);
        nodes_.push_back({column, mark, name + ": " + render::amount_text(whole, here_.around),
                          column == 0   ? "b"
                          : column == 3 ? "yes"
                                        : "a"});
        minors_.resize(nodes_.size());
        minors_.back() = minor;
        rows_.push_back({mark, here_.text(step), std::move(name), std::move(href), whole});
        return nodes_.size() - 1;
    }

    void band(std::size_t from, std::size_t to, std::int64_t minor) {
        bands_.push_back({from, to, minor});
        edges_.push_back({name_at(from), name_at(to), {minor, unit_}});
    }

    [[nodiscard]] std::string name_at(std::size_t index) const {
        for (const flow_row& row : rows_)
            if (row.mark == nodes_[index].mark) return row.name;
        return here_.text("flow.fund");
    }

    const visit& here_;
    unit_id unit_;
    std::vector<render::flow_node> nodes_;
    std::vector<std::int64_t> minors_;  ///< of each node
    std::vector<render::flow_band> bands_;
    std::vector<flow_row> rows_;
    std::vector<flow_edge> edges_;
    std::vector<std::pair<fund::partner, std::size_t>> partners_;
};

std::vector<part_row> parts_for(const visit& here, const money_flow& flow, const member_id& member,
                                amount& paid_in) {
    const std::vector<std::int64_t> parts = parts_of_member(flow, member);
    std::vector<part_row> rows;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const flow_use& use = flow.uses[i];
        paid_in.minor += parts[i];
        rows.push_back({use_name(here, use), use.partner.name, use_link(here, use),
                        amount{use.minor, flow.unit}, amount{parts[i], flow.unit}});
    }
    return rows;
}

result<std::vector<money_flow>> ask_flows(visit& here) {
    const auto contributions =
        VECHE_TRY(here.ask<fund::contributions_view>(fund::contributions_query{}));
    const auto balances = VECHE_TRY(here.ask<fund::balances_view>(fund::balances_query{}));
    const auto budget = VECHE_TRY(here.ask<fund::budget_view>(fund::budget_query{}));
    const auto commitments = VECHE_TRY(here.ask<fund::commitments_view>(fund::commitments_query{}));
    const auto payments = VECHE_TRY(here.ask<fund::payments_view>(fund::payments_query{}));
    return flows_of(*contributions, *balances, *budget, *commitments, *payments);
}

/// Members that paid in, by name; the one chosen is marked.
std::vector<choice_option> payers(const visit& here, const std::vector<money_flow>& flows,
                                  std::string_view chosen) {
    std::vector<choice_option> all;
    for (const money_flow& flow : flows)
        for (const flow_source& one : flow.sources)
            if (one.side == flow_side::member &&
                std::none_of(all.begin(), all.end(), [&](const choice_option& known) {
                    return known.value == one.member.value;
                }))
                all.push_back(
                    {one.member.value, here.name_of(one.name), one.member.value == chosen});
    return all;
}

response where_money_went(visit& here) {
    here.page.door = "money";
    here.above("money", here.text("door.money"));
    VECHE_SHOW_OR_FAIL(flows, here, ask_flows(here));
    const member_id member{identifier_asked(here, "member")};
    flow_page page{{}, payers(here, flows, member.value), {}};
    flow_file file;
    for (const money_flow& flow : flows) {
        flow_teller teller(here, flow.unit);
        teller.tell(flow);
        file.flows.insert(file.flows.end(), teller.edges().begin(), teller.edges().end());
        page.units.push_back(teller.take());
        for (const flow_source& one : flow.sources)
            if (one.side == flow_side::member && one.member == member) {
                page.member = one.name;
                page.units.back().parts = parts_for(here, flow, member, page.units.back().paid_in);
            }
    }
    if (here.form == "json") return here.json(file);
    if (here.form == "csv") return here.csv(file.flows);
    return here.show("flow", page);
}

constexpr page_route flow_routes[] = {{"flow", where_money_went}};
constexpr template_need flow_needs[] = {{"flow", &describe<flow_page>}};

}  // namespace

const page_group flow_pages{flow_routes, flow_needs};

}  // namespace veche::api::pages
