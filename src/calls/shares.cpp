#include "calls/shares.hpp"

#include <algorithm>

#include "calls/blockers.hpp"
#include "calls/refusal.hpp"
#include "calls/root.hpp"
#include "kernel/check.hpp"
#include "kernel/lottery.hpp"
#include "shares/apportion.hpp"
#include "shares/certificate_check.hpp"
#include "shares/division.hpp"

namespace veche::calls {
namespace {

namespace engine = veche::shares;

/// What the root of a closed call binds of one party.
struct claim_record {
    std::optional<std::int64_t> claim;
    party_id party;
    localized reason;
    bool stated = false;
    std::optional<std::int64_t> weight;
};
VECHE_FIELDS_HERE(claim_record, (claim, "The claim that counts."), (party, "The party."),
                  (reason, "What its office said."), (stated, "Whether its office stated it."),
                  (weight, "Its weight."))

/// What the root of a result binds of one party.
struct share_record {
    std::optional<std::string> exact;
    party_id party;
    std::int64_t units = 0;
};
VECHE_FIELDS_HERE(share_record, (exact, "The share exactly."), (party, "The party."),
                  (units, "What it gets."))

/// Everything that the result rested on and came to. Its hash stands on the journal.
struct share_certificate {
    call_id call;
    std::int64_t left = 0;
    std::vector<share_level> levels;
    bool losses = false;
    bool lots_decided = false;
    std::string result_root;
    std::string root;
    call_rules rules;
    std::string seed;
    std::vector<party_share> shares;
    share_terms terms;
    std::vector<share_tie> ties;
};
VECHE_FIELDS_HERE(share_certificate, (call, ""), (left, ""), (levels, ""), (losses, ""),
                  (lots_decided, ""), (result_root, ""), (root, ""), (rules, ""), (seed, ""),
                  (shares, ""), (terms, ""), (ties, ""))

engine::method engine_method(apportion_method how) {
    switch (how) {
        case apportion_method::hamilton:
            return engine::method::hamilton;
        case apportion_method::dhondt:
            return engine::method::dhondt;
        case apportion_method::sainte_lague:
            return engine::method::sainte_lague;
        case apportion_method::modified_sainte_lague:
            return engine::method::modified_sainte_lague;
        case apportion_method::adams:
            return engine::method::adams;
        case apportion_method::danish:
            return engine::method::danish;
        case apportion_method::imperiali:
            return engine::method::imperiali;
        case apportion_method::huntington_hill:
            return engine::method::huntington_hill;
        case apportion_method::dean:
            return engine::method::dean;
        case apportion_method::divisors:
            break;
    }
    return engine::method::divisors;
}

const share_terms& terms_of(const call& c) {
    VECHE_ENSURE(c.asked.shares.has_value(), "a call for shares has its terms");
    return *c.asked.shares;
}

/// Merkle root of one record for each party, by their ids.
template <class Record>
std::string root_of_parties(std::vector<Record> rows) {
    std::sort(rows.begin(), rows.end(),
              [](const Record& a, const Record& b) { return a.party < b.party; });
    std::vector<std::string> records;
    for (const Record& row : rows) records.push_back(to_json(row));
    return to_hex(merkle_root(records));
}

/// A party of the engine's under the id of the call: groups stand there under their paths.
class namer {
  public:
    explicit namer(const share_terms& t) {
        for (const share_group& one : t.groups)
            names_.emplace_back(path_of(t, one.group), one.group.value);
    }
    [[nodiscard]] std::string operator()(const std::string& name) const {
        for (const auto& [path, id] : names_)
            if (path == name) return id;
        return name;
    }
    [[nodiscard]] std::optional<group_id> group(const std::string& path) const {
        if (path.empty()) return std::nullopt;
        return group_id{(*this)(path)};
    }
    [[nodiscard]] std::vector<std::string> all(const std::vector<std::string>& names) const {
        std::vector<std::string> out;
        for (const std::string& one : names) out.push_back((*this)(one));
        return out;
    }
    [[nodiscard]] std::optional<engine::seat_mark> mark(
        const std::optional<engine::seat_mark>& one) const {
        if (!one) return std::nullopt;
        return engine::seat_mark{(*this)(one->party), one->seat};
    }

  private:
    std::vector<std::pair<std::string, std::string>> names_;
};

void add_levels(const call& c, const share_answer& made, shared_out& into) {
    const namer ids(terms_of(c));
    for (const engine::level_result& one : made.levels) {
        const engine::certificate& how = one.answer;
        into.levels.push_back({ids.group(one.group),
                               how.seats,
                               how.level,
                               ids.mark(how.lowest_won),
                               ids.mark(how.highest_lost),
                               {}});
        for (const engine::tie& tied : how.ties)
            into.ties.push_back(
                {ids.group(one.group), tied.places, ids.all(tied.among), ids.all(tied.given)});
    }
    for (const share_party& one : terms_of(c).parties) {
        party_share& got = into.shares.emplace_back();
        got.party = one.party;
        // A group that gets nothing and weighs nothing has no level.
        for (const engine::level_result& level : made.levels)
            for (std::size_t i = 0; i < level.asked.parties.size(); ++i)
                if (level.asked.parties[i].name == one.party.value)
                    got.units = level.answer.given[i];
    }
}

void add_division(const call& c, const engine::division_certificate& how, shared_out& into) {
    into.losses = how.losses;
    into.left = how.left_over;
    for (const engine::freeze& one : how.levels) {
        share_level& level = into.levels.emplace_back();
        level.units = how.amount - how.left_over;
        level.level = one.level;
        for (const std::string& name : one.frozen) level.stopped.push_back({name});
    }
    for (const engine::tie& tied : how.ties)
        into.ties.push_back({std::nullopt, tied.places, tied.among, tied.given});
    const auto& parties = terms_of(c).parties;
    for (std::size_t i = 0; i < parties.size(); ++i)
        into.shares.push_back(
            {parties[i].party, claim_of(c, parties[i]), how.exact[i], how.units[i]});
}

result<share_answer> ask_engine(const call& c, engine::tie_rule ties) {
    share_answer out;
    out.ties = std::move(ties);
    if (terms_of(c).apportion)
        out.levels = VECHE_TRY(engine::apportion_groups(contest_of(c, out.ties)));
    else
        out.division = VECHE_TRY(engine::divide_amount(division_of(c, out.ties)));
    return out;
}

}  // namespace

std::int64_t amount_of(const share_terms& t) {
    return t.of ? t.of->minor : t.places.value_or(0);
}

const share_party* find_party(const share_terms& t, const party_id& id) {
    for (const share_party& one : t.parties)
        if (one.party == id) return &one;
    return nullptr;
}

bool has_stated_claims(const share_terms& t) {
    return std::any_of(t.parties.begin(), t.parties.end(),
                       [](const share_party& one) { return one.office.has_value(); });
}

std::size_t least_custodians(const open_call& asked) {
    return asked.shares && !has_stated_claims(*asked.shares) ? 2 : 1;
}

const stated_claim* stated_of(const call& c, const party_id& id) {
    for (const stated_claim& one : c.claims)
        if (one.party == id) return &one;
    return nullptr;
}

std::optional<std::int64_t> claim_of(const call& c, const share_party& one) {
    const share_terms& t = terms_of(c);
    if (!t.divide) return std::nullopt;
    if (one.claim) return one.claim;
    if (const stated_claim* stated = stated_of(c, one.party)) return stated->claim;
    return t.divide->missing == missing_claim::weight ? one.weight.value_or(0) : 0;
}

std::string path_of(const share_terms& t, const group_id& id) {
    std::string path;
    std::optional<group_id> at = id;
    // Each stands after the one it is in, so one way back through the list finds them all.
    for (auto one = t.groups.rbegin(); one != t.groups.rend() && at; ++one) {
        if (one->group != *at) continue;
        path = one->group.value + (path.empty() ? "" : "/") + path;
        at = one->within;
    }
    return path;
}

engine::grouped_contest contest_of(const call& c, const engine::tie_rule& ties) {
    const share_terms& t = terms_of(c);
    engine::grouped_contest out;
    out.how = engine_method(t.apportion->method);
    out.divisors = t.apportion->divisors;
    out.seats = amount_of(t);
    out.ties = ties;
    for (const share_party& one : t.parties)
        out.parties.push_back({{one.party.value, one.weight.value_or(0), one.least, one.most},
                               one.group ? path_of(t, *one.group) : std::string()});
    for (const share_group& one : t.groups)
        if (one.least || one.most)
            out.bounds.push_back({path_of(t, one.group), 0, one.least, one.most});
    return out;
}

engine::division division_of(const call& c, const engine::tie_rule& ties) {
    const share_terms& t = terms_of(c);
    engine::division out;
    out.rule = t.divide->rule;
    out.amount = amount_of(t);
    out.ties = ties;
    for (const share_party& one : t.parties)
        out.claimants.push_back({one.party.value, *claim_of(c, one), one.weight});
    return out;
}

bool share_answer::has_ties() const {
    if (division) return !division->ties.empty();
    return std::any_of(levels.begin(), levels.end(),
                       [](const auto& one) { return !one.answer.ties.empty(); });
}

result<share_answer> share_by_order(const call& c) {
    engine::tie_rule ties;
    ties.policy = engine::tie_policy::order;
    return ask_engine(c, ties);
}

bool needs_lots(const call& c) {
    if (!draws_lots(c.asked)) return false;
    const auto tried = share_by_order(c);
    return tried && tried->has_ties();
}

result<share_answer> share_out(const call& c) {
    share_answer made = VECHE_TRY(share_by_order(c));
    if (!draws_lots(c.asked) || !made.has_ties()) return made;
    if (!c.closed || !c.lot_over) return refuse(refusals::lot_not_revealed, "call");
    return ask_engine(c, {engine::tie_policy::lottery, to_hex(seed_of(c)), c.asked.call.value,
                          std::string(every_programme)});
}

std::string fault_in(const call& c, const share_answer& made) {
    if (made.division) return engine::fault_in(division_of(c, made.ties), *made.division);
    return engine::fault_in(contest_of(c, made.ties), made.levels);
}

shared_out summary_of(const call& c, const share_answer& made) {
    shared_out e;
    e.call = c.asked.call;
    if (made.division)
        add_division(c, *made.division, e);
    else
        add_levels(c, made, e);
    e.lots_decided = made.ties.policy == engine::tie_policy::lottery;
    e.seed = made.ties.seed.value_or("");
    std::vector<share_record> rows;
    for (const party_share& one : e.shares) rows.push_back({one.exact, one.party, one.units});
    e.result_root = root_of_parties(std::move(rows));
    const share_certificate proof{e.call,
                                  e.left,
                                  e.levels,
                                  e.losses,
                                  e.lots_decided,
                                  e.result_root,
                                  c.closed ? c.closed->root : "",
                                  c.asked.rules,
                                  e.seed,
                                  e.shares,
                                  terms_of(c),
                                  e.ties};
    e.certificate = to_hex(sha256(to_json(proof)));
    return e;
}

result<shared_out> ready_sharing(const state& s, const call& c) {
    if (c.shared) return refuse(refusals::allocated_already, "call");
    if (const auto blocking = blockers_of(s, c); !blocking.empty())
        return refuse(refusals::blocked, "call", std::to_string(blocking.size()));
    const share_answer made = VECHE_TRY(share_out(c));
    if (std::string fault = fault_in(c, made); !fault.empty())
        return refuse(refusals::certificate_failed, "call", fault);
    return summary_of(c, made);
}

call_closed close_shares(const call& c) {
    std::vector<claim_record> rows;
    for (const share_party& one : terms_of(c).parties) {
        const stated_claim* stated = stated_of(c, one.party);
        rows.push_back({claim_of(c, one), one.party, stated ? stated->reason : localized{},
                        stated != nullptr, one.weight});
    }
    return {c.asked.call, static_cast<std::int64_t>(c.claims.size()),
            root_of_parties(std::move(rows))};
}

call_concluded report_of_shares(const call& c) {
    VECHE_ENSURE(c.shared.has_value(), "a report follows the run");
    call_concluded out;
    out.call = c.asked.call;
    out.applications = static_cast<std::int64_t>(c.claims.size());
    out.left = c.shared->made.left;
    for (const party_share& one : c.shared->made.shares) {
        ++out.eligible;
        out.offered += one.units > 0 ? 1 : 0;
        out.parties.push_back({one.party, one.claim, one.units});
    }
    out.accepted = out.offered;
    return out;
}

}  // namespace veche::calls
