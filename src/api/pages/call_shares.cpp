// Pages of a call that divides something: the rule with the figures of this call, the table of its
// parties, and why one of them gets what it gets.

#include "api/pages/call_shares.hpp"

#include <algorithm>

#include "api/pages/call_parts.hpp"
#include "api/refusal.hpp"
#include "calls/refusal.hpp"
#include "kernel/ratio.hpp"
#include "render/filters.hpp"

namespace veche::api::pages {
namespace {

using calls::apportion_method;
using shares::division_rule;

/// Numbers of one call in words: its smallest units with their decimal places.
class quantities {
  public:
    quantities(const visit& here, const calls::shares_view& view)
        : here_(here), of_(view.of), scale_(view.of ? here.names.scale(view.of->unit.value) : 0) {}

    /// "1 234.50": for a table that says the unit.
    [[nodiscard]] std::string bare(std::int64_t units) const {
        return here_.texts.locale().decimal(units, scale_);
    }
    [[nodiscard]] std::string bare(const std::optional<std::int64_t>& units) const {
        return units ? bare(*units) : std::string();
    }
    /// "1 234.50 RUB", "12 places".
    [[nodiscard]] std::string full(std::int64_t units) const {
        if (!of_) return here_.text("calls.places_n", {{"n", units}});
        return render::amount_text(amount{units, of_->unit}, here_.around);
    }
    /// A fraction of smallest units: "≈ 5.33".
    [[nodiscard]] std::string exact(const std::string& fraction) const {
        return decimal(fraction, scale_);
    }
    /// A quotient of weights; "sqrt 25/2" as a root.
    [[nodiscard]] std::string quotient(const std::string& text) const {
        constexpr std::string_view root = "sqrt ";
        if (text.starts_with(root)) return "√(" + decimal(text.substr(root.size()), 0) + ")";
        if (text == "before all others") return here_.text("calls.sharing.why.before_all");
        return decimal(text, 0);
    }
    [[nodiscard]] std::string number(std::int64_t value) const {
        return here_.texts.locale().number(value);
    }
    /// "a/b" as "b/a": how much weight stands for one unit.
    [[nodiscard]] std::string inverse(const std::string& fraction) const {
        const auto slash = fraction.find('/');
        if (slash == std::string::npos) return decimal("1/" + fraction, 0);
        return decimal(fraction.substr(slash + 1) + "/" + fraction.substr(0, slash), 0);
    }

  private:
    static std::optional<int128> read(std::string_view digits) {
        constexpr std::size_t most = 30;  // with the places that are shown within 128 bits
        if (digits.empty() || digits.size() > most) return std::nullopt;
        int128 out = 0;
        for (const char c : digits) {
            if (c < '0' || c > '9') return std::nullopt;
            out = out * 10 + (c - '0');
        }
        return out;
    }
    [[nodiscard]] std::string decimal(const std::string& text, std::int32_t scale) const {
        const auto slash = text.find('/');
        const auto num = read(std::string_view(text).substr(0, slash));
        const auto den = slash == std::string::npos
                             ? std::optional<int128>(1)
                             : read(std::string_view(text).substr(slash + 1));
        if (!num || !den || *den == 0) return text;
        // Two places more than whole units, and none of them where the fraction is whole.
        const int128 hundredths = *num * 100;
        const int128 nearest = (hundredths + *den / 2) / *den;
        if (nearest > INT64_MAX) return text;
        const bool rounded = hundredths % *den != 0;
        return (rounded ? "≈\u00A0" : "") +
               here_.texts.locale().decimal(static_cast<std::int64_t>(nearest), scale + 2);
    }

    const visit& here_;
    const std::optional<amount>& of_;
    std::int32_t scale_;
};

std::string sequence_of(const calls::apportion_terms& how, const quantities& q) {
    switch (how.method) {
        case apportion_method::dhondt:
            return "1, 2, 3, 4 …";
        case apportion_method::sainte_lague:
            return "1, 3, 5, 7 …";
        case apportion_method::modified_sainte_lague:
            return q.exact("7/5") + "; 3; 5; 7 …";
        case apportion_method::adams:
            return "0, 1, 2, 3 …";
        case apportion_method::danish:
            return "1, 4, 7, 10 …";
        case apportion_method::imperiali:
            return "2, 3, 4, 5 …";
        case apportion_method::huntington_hill:
            return "0, √2, √6, √12 …";
        case apportion_method::dean:
            return "0, 4/3, 12/5, 24/7 …";
        case apportion_method::hamilton:
        case apportion_method::divisors:
            break;
    }
    const auto row = how.divisors.value_or(shares::divisor_row{});
    return q.number(row.first) + ", " + q.number(row.second) + ", " +
           q.number(row.second + row.step) + " …";
}

/// The rule of the call in sentences.
class rule_of_shares {
  public:
    rule_of_shares(const visit& here, const calls::call_view& call, const calls::shares_view& view,
                   const quantities& q)
        : here_(here), call_(call), view_(view), q_(q) {}

    std::vector<std::string> words() {
        if (view_.apportion)
            say_apportioned(*view_.apportion);
        else
            say_divided();
        say(call_.rules.ties == calls::tie_policy::order ? "ties_order" : "ties_lottery");
        if (!call_.lot.empty())
            out_.push_back(here_.text("calls.rule.seed",
                                      {{"n", static_cast<std::int64_t>(call_.lot.size())}}));
        say("no_offers");
        return std::move(out_);
    }

  private:
    void say(std::string_view key, const std::vector<render::text_argument>& with = {}) {
        out_.push_back(here_.text("calls.sharing.rule." + std::string(key), with));
    }
    void say_apportioned(const calls::apportion_terms& how) {
        say("apportion", {{"amount", q_.full(view_.units)},
                          {"method", here_.text("choice.apportion_method." +
                                                std::string(name_of(how.method)))}});
        if (how.method == apportion_method::hamilton)
            say("hamilton");
        else
            say("divisors", {{"row", sequence_of(how, q_)}});
        if (how.method == apportion_method::adams || how.method == apportion_method::dean ||
            how.method == apportion_method::huntington_hill)
            say("zero");
        const auto bounded = [](const auto& one) { return one.least || one.most; };
        if (std::any_of(view_.parties.begin(), view_.parties.end(), bounded) ||
            std::any_of(view_.groups.begin(), view_.groups.end(), bounded))
            say("bounds");
        if (!view_.groups.empty()) say("groups");
    }
    void say_divided() {
        const bool weighted = !view_.parties.empty() && view_.parties.front().weight.has_value();
        const division_rule rule = view_.divide->rule;
        say("divide", {{"amount", q_.full(view_.units)}});
        if (weighted && (rule == division_rule::max_min || rule == division_rule::proportional))
            say(std::string(name_of(rule)) + "_weighted");
        else
            say(name_of(rule));
        say("rounded");
        if (view_.divide->missing)
            say(*view_.divide->missing == calls::missing_claim::zero ? "missing_zero"
                                                                     : "missing_weight");
    }

    const visit& here_;
    const calls::call_view& call_;
    const calls::shares_view& view_;
    const quantities& q_;
    std::vector<std::string> out_;
};

/// Names of parties and groups by their ids.
std::string who(const visit& here, const calls::shares_view& view, const std::string& id) {
    for (const auto& one : view.groups)
        if (one.group.value == id) return here.name_of(one.title);
    for (const auto& one : view.parties)
        if (one.party.value == id) return here.name_of(one.title);
    return id;
}

std::string listed(const visit& here, const calls::shares_view& view,
                   const std::vector<std::string>& ids) {
    std::string out;
    for (const std::string& id : ids) out += (out.empty() ? "" : ", ") + who(here, view, id);
    return out;
}

/// What the rule came to in this call: the line between won and missed, the levels, the ties.
std::vector<std::string> worked_figures(const visit& here, const calls::shares_view& view,
                                        const calls::shared_out& made, const quantities& q) {
    std::vector<std::string> out;
    const auto say = [&](std::string_view key, const std::vector<render::text_argument>& with) {
        out.push_back(here.text("calls.sharing.worked." + std::string(key), with));
    };
    const auto where = [&](const std::optional<calls::group_id>& group) {
        return group ? who(here, view, group->value) : here.text("calls.sharing.whole");
    };
    for (const calls::share_level& level : made.levels) {
        if (view.divide) {
            std::vector<std::string> ids;
            for (const calls::party_id& one : level.stopped) ids.push_back(one.value);
            say(made.losses ? "loss" : (view.weight > 0 ? "level_weighted" : "level"),
                {{"level", q.exact(level.level.value_or("0"))}, {"who", listed(here, view, ids)}});
            continue;
        }
        if (level.level && *level.level != "0")
            say("quota", {{"where", where(level.group)},
                          {"units", q.full(level.units)},
                          {"weight", q.inverse(*level.level)}});
        if (level.lowest_won && level.highest_lost)
            say("line", {{"where", where(level.group)},
                         {"won", who(here, view, level.lowest_won->party)},
                         {"seat", level.lowest_won->seat},
                         {"lost", who(here, view, level.highest_lost->party)},
                         {"next", level.highest_lost->seat}});
    }
    for (const calls::share_tie& tied : made.ties)
        say(made.lots_decided ? "tie_lots" : "tie_order",
            {{"units", tied.units},
             {"among", listed(here, view, tied.among)},
             {"given", listed(here, view, tied.given)}});
    return out;
}

std::string bounds_of(const visit& here, const quantities& q,
                      const std::optional<std::int64_t>& least,
                      const std::optional<std::int64_t>& most) {
    std::string out;
    if (least) out = here.text("calls.sharing.at_least", {{"n", q.bare(*least)}});
    if (most)
        out +=
            (out.empty() ? "" : ", ") + here.text("calls.sharing.at_most", {{"n", q.bare(*most)}});
    return out;
}

/// The text of a source and the address in it.
void show_source(const std::string& source, party_line& into) {
    const auto at = source.find("https://");
    if (at == std::string::npos) {
        into.source = source;
        return;
    }
    const auto end = source.find_first_of(" ,;)", at);
    into.link = source.substr(at, end == std::string::npos ? end : end - at);
    into.source = source.substr(0, at);
    while (!into.source.empty() && (into.source.back() == ' ' || into.source.back() == ','))
        into.source.pop_back();
    if (into.source.empty()) into.source = into.link;
}

party_line line_of(const visit& here, const calls::call_view& call, const calls::share_row& row,
                   const quantities& q) {
    party_line line;
    line.name = here.name_of(row.title);
    line.href = here.link("call-shares/" + call.call.value + "/" + row.party.value);
    if (row.member) line.within = here.name_of(row.member_name);
    if (row.group) line.within += (line.within.empty() ? "" : ", ") + here.name_of(row.group_title);
    if (row.weight) line.weight = q.number(*row.weight);
    line.bounds = bounds_of(here, q, row.least, row.most);
    line.claim = q.bare(row.claim);
    line.stated = row.stated || !row.office;
    if (row.exact) line.exact = q.exact(*row.exact);
    line.units = q.bare(row.units);
    show_source(row.source, line);
    return line;
}

/// What the party would get: of a run that is not on the journal.
void show_made(const calls::shared_out& made, const calls::share_row& row, const quantities& q,
               party_line& into) {
    for (const calls::party_share& one : made.shares) {
        if (one.party != row.party) continue;
        into.units = q.bare(one.units);
        if (one.exact) into.exact = q.exact(*one.exact);
    }
}

}  // namespace

shares_card shares_card_of(const visit& here, const calls::call_view& call,
                           const calls::shares_view& view,
                           const std::optional<calls::shared_out>& made) {
    const quantities q(here, view);
    shares_card card;
    card.amount = q.full(view.units);
    card.rule = rule_of_shares(here, call, view, q).words();
    card.rows = static_cast<std::int64_t>(view.parties.size());
    for (const calls::share_row& row : view.parties) {
        party_line line = line_of(here, call, row, q);
        if (made) show_made(*made, row, q, line);
        card.has_weights = card.has_weights || row.weight;
        card.has_bounds = card.has_bounds || !line.bounds.empty();
        card.has_claims = card.has_claims || row.claim;
        card.has_exact = card.has_exact || !line.exact.empty();
        card.has_sources = card.has_sources || !line.source.empty();
        card.parties.push_back(std::move(line));
    }
    for (const calls::group_share_row& row : view.groups) {
        party_line& line = card.groups.emplace_back();
        line.name = here.name_of(row.title);
        if (row.within) line.within = who(here, view, row.within->value);
        line.weight = q.number(row.weight);
        line.bounds = bounds_of(here, q, row.least, row.most);
        line.units = q.bare(row.units);
        if (made)
            for (const calls::share_level& level : made->levels)
                if (level.group == row.group) line.units = q.bare(level.units);
    }
    if (!made) return card;
    card.has_units = true;
    card.worked = worked_figures(here, view, *made, q);
    if (made->left > 0) card.left = q.full(made->left);
    card.at = view.shared_at;
    card.seq = view.shared_seq;
    card.result_root = made->result_root;
    card.certificate = made->certificate;
    card.seed = made->seed;
    return card;
}

void add_claim_acts(const visit& here, const calls::call_view& call, const calls::shares_view& view,
                    const std::optional<calls::party_id>& only, std::vector<act>& into) {
    for (const calls::share_row& row : view.parties) {
        const auto& mine = view.states;
        if (std::find(mine.begin(), mine.end(), row.party) == mine.end()) continue;
        if (only && row.party != *only) continue;
        act_list acts(here, "call-shares/" + call.call.value + "/" + row.party.value);
        acts.form("calls.state_claim", row.office->value,
                  {{"call", call.call.value}, {"party", row.party.value}},
                  here.text("calls.sharing.state_claim", {{"who", here.name_of(row.title)}}));
        for (act& one : acts.take()) into.push_back(std::move(one));
    }
}

// --- One party
// --------------------------------------------------------------------------------------

namespace {

struct share_page {
    shown<calls::call_view> call;
    call_clock clock;
    party_line line;
    std::string amount;
    std::string office;
    localized reason;
    std::optional<std::int64_t> claim_seq;
    std::vector<std::string> why;
    std::optional<std::int64_t> seq;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(share_page, (call, "The call."), (clock, "What comes next."), (line, "The party."),
                (amount, "What is divided."), (office, "The office that states the claim."),
                (reason, "What it said."), (claim_seq, "Entry of the claim."),
                (why, "Why it gets that much, in sentences."), (seq, "Entry of the result."),
                (acts, "What the reader may do."))

/// Why a party has what it has, in sentences.
class reasons_of_share {
  public:
    reasons_of_share(const visit& here, const calls::shares_view& view)
        : here_(here), view_(view), q_(here, view) {}

    void add(const calls::share_step& step) {
        const shares::explanation& e = step.why;
        const std::string name = here_.name_of(step.title);
        say(step.within ? "fair_within" : "fair", {{"who", name},
                                                   {"where", here_.name_of(step.within_title)},
                                                   {"weight", q_.number(e.votes)},
                                                   {"amount", q_.full(step.amount)},
                                                   {"exact", q_.exact(e.fair_share)},
                                                   {"units", q_.bare(e.seats)}});
        if (e.at_least) say("least", {});
        if (e.at_most) say("most", {});
        if (e.last_quotient && e.line)
            say("last", {{"q", q_.quotient(*e.last_quotient)}, {"line", q_.quotient(*e.line)}});
        if (e.next_quotient) say("next", {{"q", q_.quotient(*e.next_quotient)}});
        add(e.tied);
        if (e.more_votes) say("more", {{"who", name}, {"n", q_.number(*e.more_votes)}});
        if (e.fewer_votes) say("fewer", {{"who", name}, {"n", q_.number(*e.fewer_votes)}});
    }
    void add(const shares::division_explanation& e, const calls::share_row& row) {
        say("claim", {{"who", here_.name_of(row.title)},
                      {"claim", q_.full(e.claim)},
                      {"exact", q_.exact(e.exact)},
                      {"units", q_.bare(e.units)}});
        if (e.full)
            say("full", {});
        else if (e.losses && !e.level.empty())
            say("loss", {{"level", q_.exact(e.level)}});
        else if (!e.level.empty() && (row.weight || view_.divide->rule == rule_by_claim))
            say("level_weighted", {{"level", q_.exact(e.level)}});
        else if (!e.level.empty())
            say("level", {{"level", q_.exact(e.level)}});
        add(e.tied);
    }
    std::vector<std::string> take() { return std::move(out_); }

  private:
    static constexpr division_rule rule_by_claim = division_rule::proportional;

    void say(std::string_view key, const std::vector<render::text_argument>& with) {
        out_.push_back(here_.text("calls.sharing.why." + std::string(key), with));
    }
    void add(const std::optional<shares::tie_part>& tied) {
        if (!tied) return;
        say(tied->won ? "tie_won" : "tie_lost", {{"n", tied->equal}, {"units", tied->places}});
        if (!tied->your_key) return;
        constexpr std::size_t shown = 12;
        say("tie_lots", {{"key", tied->your_key->substr(0, shown)},
                         {"last", tied->last_key.value_or("").substr(0, shown)}});
    }

    const visit& here_;
    const calls::shares_view& view_;
    quantities q_;
    std::vector<std::string> out_;
};

response party_of_call(visit& here) {
    here.page.door = "calls";
    const auto slash = here.id.find('/');
    const std::string id = here.id.substr(0, slash);
    const std::string party = slash == std::string::npos ? "" : here.id.substr(slash + 1);
    if (!is_identifier(id)) return here.fail({&calls::refusals::call_unknown, {}, {id}});
    if (party.empty()) {
        VECHE_SHOW_OR_FAIL(all, here, here.ask<calls::shares_view>(calls::shares_query{{id}}));
        if (here.form == "json") return here.json(*all);
        return here.redirect(here.link("calls/" + id + "#shares"));
    }
    if (!is_identifier(party)) return here.fail({&calls::refusals::party_unknown, {}, {party}});
    VECHE_SHOW_OR_FAIL(call, here, here.ask<calls::call_view>(calls::call_query{{id}}));
    VECHE_SHOW_OR_FAIL(view, here, here.ask<calls::shares_view>(calls::shares_query{{id}}));
    VECHE_SHOW_OR_FAIL(one, here, here.ask<calls::share_view>(calls::share_query{{id}, {party}}));
    if (here.form == "json") return here.json(*one);
    share_page page;
    page.call = call;
    page.clock = clock_of(here, *call);
    const quantities q(here, *view);
    page.line = line_of(here, *call, one->row, q);
    page.amount = q.full(view->units);
    page.office = here.name_of(one->row.office_name);
    page.reason = one->row.reason;
    page.claim_seq = one->row.claim_seq;
    page.seq = view->shared_seq;
    reasons_of_share why(here, *view);
    for (const calls::share_step& step : one->steps) why.add(step);
    if (one->division) why.add(*one->division, one->row);
    page.why = why.take();
    add_claim_acts(here, *call, *view, calls::party_id{party}, page.acts);
    here.above("calls", here.text("door.calls"));
    here.above("calls/" + id, here.name_of(call->title));
    return here.show("call_share", page);
}

constexpr page_route share_routes[] = {{"call-shares", party_of_call}};
constexpr template_need share_needs[] = {{"call_share", &describe<share_page>}};

}  // namespace

const page_group share_pages{share_routes, share_needs};

}  // namespace veche::api::pages
