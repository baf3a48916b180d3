#include "assembly/secret_votes.hpp"

#include <algorithm>

#include "assembly/reactions.hpp"
#include "assembly/refusal.hpp"
#include "assembly/secret_refusal.hpp"

namespace veche::assembly {

namespace {

/// Who took part is public, so that numbers of those present or absent are known of any group.
bool is_public(const charter::measure& m) {
    if (m.kind != charter::measure_kind::selection) return true;
    switch (m.sel) {
        case charter::selection::absent:
        case charter::selection::present:
        case charter::selection::cast:
        case charter::selection::participating:
        case charter::selection::seats:
            return true;
        default:
            return false;
    }
}

/// How many said what is known of all voters together, and only by heads.
bool is_known(const charter::measure& m, bool of_all) {
    return is_public(m) || (of_all && m.weight == "count");
}

bool is_known(const charter::condition& c, bool of_all) {
    using kind = charter::condition_kind;
    if (c.kind == kind::none_of) return false;
    if (c.kind == kind::compare) return is_known(c.left, of_all) && is_known(c.right, of_all);
    const bool group = c.kind == kind::each || c.kind == kind::within;
    return std::all_of(c.parts.begin(), c.parts.end(), [&](const charter::condition& part) {
        return is_known(part, of_all && !group);
    });
}

/// Yes and no in the languages the program speaks; a union uses those that are its own.
localized words(const charter::state& charter, const localized& all) {
    const auto& own = charter.document().languages;
    localized out;
    for (const auto& [language, text] : all)
        if (own.empty() ||
            std::any_of(own.begin(), own.end(), [&](const auto& l) { return l.id == language; }))
            out.emplace(language, text);
    return out.empty() ? localized{{"en", all.at("en")}} : out;
}

std::optional<person_id> holder_of(const charter::state& charter, const office_id& office,
                                   date on) {
    for (const charter::mandate& m : charter.document().mandates)
        if (m.office == office && charter.holds_office(m.person, office, on)) return m.person;
    return std::nullopt;
}

result<std::vector<person_id>> trustee_persons(const world& w, const charter::secret_procedure& how,
                                               const open_secret_vote& c, date on) {
    if (how.trustees.empty()) return c.trustees;
    std::vector<person_id> out;
    for (const office_id& office : how.trustees) {
        const auto holder = holder_of(w.charter, office, on);
        if (!holder) return refuse(refusals::trustee_vacant, "motion", office.value);
        out.push_back(*holder);
    }
    return out;
}

/// How many said what, as the rule sees it.
struct said {
    std::int64_t yes = 0;
    std::int64_t no = 0;
    std::int64_t abstain = 0;
};

/// The rule applied to totals. Which of those who voted said yes is nobody's knowledge and changes
/// nothing (`decides_by_totals`), so the first ones in the order of the charter are taken.
charter::verdict apply_rule(const secret_vote& v, said what) {
    std::vector<bool> voted(v.roll->electors.size());
    for (const board_mark& mark : v.board) voted[mark.position] = true;
    std::vector<charter::ballot> ballots(voted.size(), charter::ballot::absent);
    for (std::size_t n = 0; n < voted.size(); ++n) {
        if (!voted[n]) continue;
        auto& choice = ballots[n];
        choice = charter::ballot::abstain;
        if (what.yes > 0) {
            choice = charter::ballot::yes;
            --what.yes;
        } else if (what.no > 0) {
            choice = charter::ballot::no;
            --what.no;
        }
    }
    return charter::judge(v.roll->rule, v.roll->voters, ballots);
}

/// What the rule sees where votes for this option are votes in favour.
said as_seen(const ballot::outcome& o, std::size_t option) {
    said out;
    for (std::size_t n = 0; n + 1 < o.totals.size(); ++n)
        (n == option ? out.yes : out.no) += o.totals[n];
    out.abstain = o.totals.back();
    return out;
}

/// The option with the most votes, the first of them where several have as many.
std::size_t option_ahead(const ballot::outcome& o) {
    const auto last = o.totals.end() - 1;  // the blank votes
    return static_cast<std::size_t>(std::max_element(o.totals.begin(), last) - o.totals.begin());
}

bool is_alone_ahead(const ballot::outcome& o, std::size_t option) {
    for (std::size_t n = 0; n + 1 < o.totals.size(); ++n)
        if (n != option && o.totals[n] == o.totals[option]) return false;
    return true;
}

/// On a motion the question is whether "yes", the first option, carries.
std::size_t option_in_question(const secret_vote& v, const ballot::outcome& o) {
    return v.options.empty() ? 0 : option_ahead(o);
}

}  // namespace

secret_status secret_vote::status() const {
    if (abandoned) return secret_status::abandoned;
    if (result) return result->result ? secret_status::decided : secret_status::void_;
    if (closing) return secret_status::decrypting;
    return record.board() ? secret_status::casting : secret_status::preparing;
}

bool secret_vote::under_way() const {
    return !abandoned && !result;
}

std::optional<std::uint32_t> secret_vote::position_of(const ballot::element& credential) const {
    const auto at = std::lower_bound(
        voters.begin(), voters.end(), credential,
        [](const auto& voter, const ballot::element& wanted) { return voter.first < wanted; });
    if (at == voters.end() || at->first != credential) return std::nullopt;
    return at->second;
}

std::optional<std::int32_t> secret_vote::trustee_number(const person_id& person) const {
    const auto at = std::find(trustees.begin(), trustees.end(), person);
    if (at == trustees.end()) return std::nullopt;
    return static_cast<std::int32_t>(at - trustees.begin() + 1);
}

result<const secret_vote*> known_secret_vote(const state& s, const vote_id& id, std::string field) {
    if (const secret_vote* found = s.secret_votes.find(id)) return found;
    return refuse(refusals::vote_unknown, std::move(field), id.value);
}

bool decides_by_totals(const charter::rule& r) {
    const auto known = [](const charter::condition& c) { return is_known(c, true); };
    return r.tie == charter::tie_break::reject && !r.silence && known(r.pass) &&
           (!r.against || known(*r.against)) &&
           std::all_of(r.quorum.begin(), r.quorum.end(), known);
}

secret_electorate secret_electorate_of(const world& w, const motion& m, date on) {
    secret_electorate out;
    out.entitled = w.charter.electorate(m.body, on);
    const session& s = *w.own.sessions.find(m.session);
    for (std::uint32_t n = 0; n < out.entitled.size(); ++n) {
        const charter::elector& e = out.entitled[n];
        if (e.holder.empty() || (s.presence_kept && !s.is_present(e.seat))) continue;
        const voter_credential* c = w.own.credentials.find(e.seat);
        if (c && c->holder == e.holder) out.voters.emplace_back(c->credential, n);
    }
    std::sort(out.voters.begin(), out.voters.end());
    return out;
}

result<std::vector<ballot::trustee>> trustees_of(const world& w,
                                                 const charter::secret_procedure& how,
                                                 const open_secret_vote& c, date on) {
    const auto persons = VECHE_TRY(trustee_persons(w, how, c, on));
    std::vector<ballot::trustee> out;
    for (const person_id& person : persons) {
        const trustee_keys* keys = w.own.trustees.find(person);
        if (!keys) return refuse(refusals::trustee_keyless, "trustees", person.value);
        out.push_back({person.value, keys->signing, keys->encryption});
    }
    return out;
}

ballot::definition define(const world& w, const open_secret_vote& c,
                          std::vector<ballot::trustee> trustees) {
    const motion& m = *w.own.motions.find(c.motion);
    const charter::secret_procedure& how = *w.charter.find_body(m.body)->secret;
    ballot::definition d;
    d.id = c.vote.value;
    d.question = m.title;
    if (c.options.empty()) {
        d.options.push_back(
            {"yes", words(w.charter, {{"be", "За"}, {"en", "In favour"}, {"ru", "За"}})});
        d.options.push_back(
            {"no", words(w.charter, {{"be", "Супраць"}, {"en", "Against"}, {"ru", "Против"}})});
    }
    for (const secret_option& o : c.options) d.options.push_back({o.id, o.title});
    d.blank = true;
    d.least = d.most = 1;
    // All ballots have the same weight, so one floor is enough.
    d.floor = d.weight_floor = c.floor.value_or(how.floor);
    d.threshold = c.threshold.value_or(how.threshold);
    d.trustees = std::move(trustees);
    return d;
}

ballot::roll roll_of(const secret_electorate& electorate) {
    ballot::roll r;
    for (const auto& [credential, position] : electorate.voters)
        r.voters.push_back({credential, 1});
    return r;
}

std::optional<key_message> message_of(const send_key_message& c) {
    using kind = ballot::record_kind;
    std::optional<key_message> out;
    int given = 0;
    const auto take = [&](const auto& message, kind of) {
        if (!message) return;
        ++given;
        out = key_message{of, message->trustee, to_json(*message)};
    };
    take(c.commitment, kind::key_commitment);
    take(c.coefficients, kind::key_coefficients);
    take(c.shares, kind::key_shares);
    take(c.confirmation, kind::key_confirmation);
    take(c.complaint, kind::key_complaint);
    if (given != 1) return std::nullopt;
    return out;
}

secret_vote_decided decide_secret(const secret_vote& v, const std::optional<ballot::outcome>& o) {
    secret_vote_decided e;
    e.vote = v.id;
    e.motion = v.motion;
    const auto seats = static_cast<std::int64_t>(v.roll->electors.size());
    if (!o) {
        e.outcome = charter::outcome::no_quorum;
        const auto counted = static_cast<std::int64_t>(v.record.board()->counted());
        e.counts.absent = static_cast<std::int32_t>(seats - counted);
        return e;
    }
    e.result = o;
    const auto& options = v.record.definition().options;
    for (std::size_t n = 0; n < o->totals.size(); ++n)
        e.totals.push_back({n < options.size() ? options[n].id : "blank", o->totals[n]});
    const std::size_t option = option_in_question(v, *o);
    const said what = as_seen(*o, option);
    const charter::verdict verdict = apply_rule(v, what);
    e.outcome = verdict.outcome;
    if (!v.options.empty() && e.outcome == charter::outcome::adopted) {
        if (is_alone_ahead(*o, option))
            e.elected = options[option].id;
        else
            e.outcome = charter::outcome::rejected;
    }
    e.counts = {static_cast<std::int32_t>(what.yes), static_cast<std::int32_t>(what.no),
                static_cast<std::int32_t>(what.abstain),
                static_cast<std::int32_t>(seats - o->ballots), 0};
    for (const charter::reason_line& line : verdict.reasons)
        e.reasons.push_back({line.code, line.args, line.group, line.depth, line.holds});
    return e;
}

charter::verdict explain(const secret_vote& v) {
    VECHE_ENSURE(v.result && v.result->result, "only a counted vote is explained");
    const ballot::outcome& o = *v.result->result;
    return apply_rule(v, as_seen(o, option_in_question(v, o)));
}

std::vector<enactment> ordered_by(const state& s, const secret_vote& v) {
    std::vector<enactment> out = s.motions.find(v.motion)->enactments;
    if (!v.result || !v.result->elected) return out;
    for (const secret_option& o : v.options)
        if (o.id == *v.result->elected)
            out.insert(out.end(), o.enactments.begin(), o.enactments.end());
    return out;
}

events after_secret_vote(const world& w, const vote_id& id, const context& ctx) {
    const secret_vote* v = w.own.secret_votes.find(id);
    VECHE_ENSURE(v && v->result, "a vote that was decided has its result");
    if (v->result->outcome != charter::outcome::adopted) return {};
    decision_adopted e =
        adoption_of(w, *w.own.motions.find(v->motion), id, next_number(w.own, ctx.at), ctx.at);
    e.enactments = ordered_by(w.own, *v);
    return {make_event(e)};
}

std::function<result<void>()> ballot_proofs(const state& s, const cast_secret_ballot& c) {
    const secret_vote* v = s.secret_votes.find(c.vote);
    if (!v || v->status() != secret_status::casting || !v->position_of(c.ballot.credential))
        return nullptr;
    return [terms = v->record.board()->terms(), ballot = c.ballot] {
        return verify_ballot(terms, ballot);
    };
}

}  // namespace veche::assembly
