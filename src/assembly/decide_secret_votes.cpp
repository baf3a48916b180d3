// Judging secret votes. Everything that can be checked in public is checked here, so that a replay
// checks it again: every signature of a trustee, every proof of a ballot, every decryption.

#include <algorithm>
#include <set>

#include "assembly/amendments.hpp"
#include "assembly/limits.hpp"
#include "assembly/motion_checks.hpp"
#include "assembly/motion_refusal.hpp"
#include "assembly/secret_refusal.hpp"
#include "assembly/secret_votes.hpp"
#include "ballot/refusal.hpp"

namespace veche::assembly {

namespace {

/// A refusal about a part of the command, with the part's place.
template <class T>
result<T> within(std::string_view place, result<T> verdict) {
    if (!verdict)
        verdict.error().field =
            std::string(place) + (verdict.error().field.empty() ? "" : "." + verdict.error().field);
    return verdict;
}

result<void> expect(const secret_vote& v, secret_status wanted) {
    if (v.status() == wanted) return {};
    return refuse(refusals::secret_stage, "vote", v.id.value, std::string(name_of(v.status())));
}

result<void> check_options(const world& w, const motion& m, const open_secret_vote& c, instant at) {
    if (c.options.size() > static_cast<std::size_t>(ballot::max_options))
        return refuse(refusals::too_many, "options", std::to_string(ballot::max_options));
    std::set<std::string_view> ids{"blank"};
    for (std::size_t n = 0; n < c.options.size(); ++n) {
        const secret_option& o = c.options[n];
        const std::string place = "options." + std::to_string(n);
        if (!is_identifier(o.id) || !ids.insert(o.id).second)
            return refuse(refusals::option_repeated, place + ".id");
        VECHE_CHECK(check_text(w.charter, o.title, place + ".title", limits::title_bytes,
                               presence_of_text::required));
        if (m.enactments.size() + o.enactments.size() > limits::enactments)
            return refuse(refusals::too_many, place + ".enactments",
                          std::to_string(limits::enactments));
        for (std::size_t k = 0; k < o.enactments.size(); ++k)
            VECHE_CHECK(check_enactment(w, m.body, o.enactments[k],
                                        place + ".enactments." + std::to_string(k), at));
    }
    return {};
}

/// The charter's floor and threshold are the least of what a vote may set.
result<void> check_numbers(const charter::secret_procedure& how, const open_secret_vote& c,
                           std::size_t trustees) {
    if (c.floor.value_or(how.floor) < how.floor)
        return refuse(refusals::floor_too_low, "floor", std::to_string(how.floor));
    if (!how.trustees.empty() && !c.trustees.empty())
        return refuse(refusals::trustees_given, "trustees");
    std::set<person_id> persons;
    for (const person_id& person : c.trustees)
        if (!persons.insert(person).second)
            return refuse(refusals::trustee_repeated, "trustees", person.value);
    const std::int32_t threshold = c.threshold.value_or(how.threshold);
    if (threshold < how.threshold || static_cast<std::size_t>(threshold) > trustees ||
        trustees > static_cast<std::size_t>(charter::most_trustees))
        return refuse(refusals::threshold_unfit, "threshold", std::to_string(how.threshold),
                      std::to_string(trustees));
    return {};
}

result<void> check_rule(const world& w, const motion& m) {
    const charter::decision_rule* rule = w.charter.find_rule(m.rule);
    if (!rule || rule->mark == charter::source_mark::config)
        return refuse(refusals::rule_not_established, "motion", m.rule);
    if (!decides_by_totals(*w.charter.parsed_rule(m.rule)))
        return refuse(refusals::rule_needs_names, "motion", m.rule);
    return {};
}

result<void> check_moment(const world& w, const motion& m) {
    const session& s = *w.own.sessions.find(m.session);
    if (s.status != session_status::open)
        return refuse(refusals::session_not_open, "motion", s.id.value);
    return check_ready(w, m, std::nullopt);
}

/// The stage of the record at which each message comes.
ballot::stage stage_of(ballot::record_kind kind) {
    switch (kind) {
        case ballot::record_kind::key_commitment:
            return ballot::stage::commitments;
        case ballot::record_kind::key_coefficients:
            return ballot::stage::coefficients;
        case ballot::record_kind::key_shares:
            return ballot::stage::shares;
        default:
            return ballot::stage::confirmations;
    }
}

std::string_view field_of(ballot::record_kind kind) {
    switch (kind) {
        case ballot::record_kind::key_commitment:
            return "commitment";
        case ballot::record_kind::key_coefficients:
            return "coefficients";
        case ballot::record_kind::key_shares:
            return "shares";
        case ballot::record_kind::key_complaint:
            return "complaint";
        default:
            return "confirmation";
    }
}

/// What counting relies on; cheap, and so checked even where the proofs were checked outside.
result<void> check_form(const secret_vote& v, const ballot::secret_ballot& b) {
    const ballot::terms& terms = v.record.board()->terms();
    if (b.election != terms.election)
        return refuse(ballot::refusals::other_election, "ballot.election");
    if (b.choices.size() != static_cast<std::size_t>(terms.choices))
        return refuse(ballot::refusals::ballot_malformed, "ballot.choices",
                      "it has " + std::to_string(terms.choices) + " choices");
    for (const ballot::encrypted_choice& c : b.choices)
        if (!ballot::is_generator(c.alpha) || !ballot::is_generator(c.beta))
            return refuse(ballot::refusals::not_an_element, "ballot.choices");
    return {};
}

}  // namespace

result<events> decide(const world& w, const register_credential& c, const context& ctx) {
    if (!w.charter.find_seat(c.seat)) return refuse(refusals::seat_unknown, "seat", c.seat);
    if (!w.charter.holds_seat(ctx.actor, c.seat, date_of(ctx.at)))
        return refuse(refusals::seat_not_held, "seat", c.seat);
    if (!ballot::is_generator(c.credential))
        return refuse(ballot::refusals::not_an_element, "credential");
    for (const auto& [seat, known] : w.own.credentials)
        if (known.credential == c.credential && (seat != c.seat || known.holder == ctx.actor))
            return refuse(refusals::credential_taken, "credential");
    return events{};
}

result<events> decide(const world& w, const register_trustee& c, const context& ctx) {
    if (w.charter.title_of(ctx.actor).empty()) return refuse(refusals::without_mandate);
    if (!ballot::is_generator(c.signing))
        return refuse(ballot::refusals::not_an_element, "signing");
    if (!ballot::is_generator(c.encryption) || c.encryption == c.signing)
        return refuse(ballot::refusals::not_an_element, "encryption");
    return events{};
}

result<events> decide(const world& w, const open_secret_vote& c, const context& ctx) {
    const motion* m = VECHE_TRY(known_motion(w.own, c.motion, "motion"));
    VECHE_CHECK(require_power<open_secret_vote>(w, ctx, "preside", m->body));
    if (w.own.votes.contains(c.vote) || w.own.secret_votes.contains(c.vote))
        return refuse(refusals::id_taken, "vote", c.vote.value);
    const auto& how = w.charter.find_body(m->body)->secret;
    if (!how) return refuse(refusals::no_secret_votes, "motion", m->body.value);
    const auto trustees = VECHE_TRY(trustees_of(w, *how, c, date_of(ctx.at)));
    VECHE_CHECK(check_options(w, *m, c, ctx.at));
    VECHE_CHECK(check_numbers(*how, c, trustees.size()));
    VECHE_CHECK(check_rule(w, *m));
    const ballot::definition d = define(w, c, trustees);
    VECHE_CHECK(within("trustees", check_definition(d)));
    VECHE_CHECK(check_moment(w, *m));
    const auto electorate = secret_electorate_of(w, *m, date_of(ctx.at));
    if (electorate.voters.size() < static_cast<std::size_t>(d.floor))
        return refuse(refusals::too_few_voters, "motion", std::to_string(electorate.voters.size()),
                      std::to_string(d.floor));
    VECHE_CHECK(within("motion", check_roll(roll_of(electorate))));
    return events{};
}

result<events> decide(const world& w, const send_key_message& c, const context& ctx) {
    const secret_vote* v = VECHE_TRY(known_secret_vote(w.own, c.vote, "vote"));
    const auto message = message_of(c);
    if (!message) return refuse(refusals::one_message, "commitment");
    const std::string field(field_of(message->kind));
    if (v->trustee_number(ctx.actor) != message->trustee)
        return refuse(refusals::not_a_trustee, field + ".trustee",
                      std::to_string(message->trustee));
    VECHE_CHECK(expect(*v, secret_status::preparing));
    if (v->record.stage() != stage_of(message->kind))
        return refuse(refusals::secret_stage, field, v->id.value,
                      std::string(name_of(v->record.stage())));
    if (v->record.has_spoken(message->trustee))
        return refuse(refusals::trustee_spoke, field, std::to_string(message->trustee));
    ballot::record tried = v->record;
    VECHE_CHECK(within(field, tried.add(message->kind, message->body)));
    if (tried.stage() != ballot::stage::election) return events{};
    const auto joint = VECHE_TRY(finish_ceremony(tried.definition(), tried.ceremony()));
    const auto election = VECHE_TRY(
        ballot::open_election(tried.definition(), tried.roll(), joint.ceremony, joint.key));
    return events{make_event(secret_ballot_opened{v->id, election})};
}

result<events> decide_checked(const world& w, const cast_secret_ballot& c, const context& ctx) {
    const secret_vote* v = VECHE_TRY(known_secret_vote(w.own, c.vote, "vote"));
    const auto position = v->position_of(c.ballot.credential);
    if (!position) return refuse(ballot::refusals::credential_unknown, "ballot.credential");
    const std::string& seat = v->roll->electors[*position].seat;
    if (!w.charter.holds_seat(ctx.actor, seat, date_of(ctx.at)))
        return refuse(refusals::credential_not_yours, "ballot.credential");
    VECHE_CHECK(expect(*v, secret_status::casting));
    const session& s = *w.own.sessions.find(v->session);
    if (s.presence_kept && !s.is_present(seat)) return refuse(refusals::not_present, "vote", seat);
    VECHE_CHECK(check_form(*v, c.ballot));
    if (v->record.board()->has(tracker_of(c.ballot)))
        return refuse(ballot::refusals::ballot_repeated, "ballot");
    return events{};
}

result<events> decide(const world& w, const cast_secret_ballot& c, const context& ctx) {
    VECHE_CHECK(decide_checked(w, c, ctx));
    const secret_vote& v = *w.own.secret_votes.find(c.vote);
    VECHE_CHECK(within("ballot", verify_ballot(v.record.board()->terms(), c.ballot)));
    return events{};
}

result<events> decide(const world& w, const close_secret_vote& c, const context& ctx) {
    const secret_vote* v = VECHE_TRY(known_secret_vote(w.own, c.vote, "vote"));
    VECHE_CHECK(require_power<close_secret_vote>(w, ctx, "preside", v->body));
    VECHE_CHECK(expect(*v, secret_status::casting));
    const ballot::board& board = *v->record.board();
    const bool enough = board.totals().has_value();
    const ballot::closing closing{board.terms().election, board.head(),
                                  static_cast<std::int64_t>(board.accepted()),
                                  static_cast<std::int64_t>(board.counted())};
    events out{make_event(secret_ballot_closed{v->id, closing, enough})};
    if (!enough) out.push_back(make_event(decide_secret(*v, std::nullopt)));
    return out;
}

result<events> decide(const world& w, const decrypt_secret_vote& c, const context& ctx) {
    const secret_vote* v = VECHE_TRY(known_secret_vote(w.own, c.vote, "vote"));
    if (v->trustee_number(ctx.actor) != c.part.trustee)
        return refuse(refusals::not_a_trustee, "part.trustee", std::to_string(c.part.trustee));
    VECHE_CHECK(expect(*v, secret_status::decrypting));
    const ballot::record& r = v->record;
    const auto same_trustee = [&](const auto& p) { return p.trustee == c.part.trustee; };
    if (std::any_of(r.partials().begin(), r.partials().end(), same_trustee))
        return refuse(refusals::trustee_spoke, "part", std::to_string(c.part.trustee));
    const ballot::digest election = r.board()->terms().election;
    // Only the whole board: a decryption of anything else proves itself under another head.
    VECHE_CHECK(within("part", verify_partial(election, r.board()->head(), *r.totals(),
                                              r.joint().verifying, c.part)));
    std::vector<ballot::partial_decryption> parts = r.partials();
    parts.push_back(c.part);
    if (parts.size() < static_cast<std::size_t>(r.definition().threshold)) return events{};
    const auto outcome = VECHE_TRY(tally(election, r.board()->head(), *r.totals(),
                                         r.joint().verifying, r.definition().threshold, parts));
    return events{make_event(decide_secret(*v, outcome))};
}

result<events> decide(const world& w, const abandon_secret_vote& c, const context& ctx) {
    const secret_vote* v = VECHE_TRY(known_secret_vote(w.own, c.vote, "vote"));
    VECHE_CHECK(require_power<abandon_secret_vote>(w, ctx, "preside", v->body));
    VECHE_CHECK(
        check_text(w.charter, c.reason, "reason", limits::title_bytes, presence_of_text::required));
    if (!v->under_way())
        return refuse(refusals::secret_stage, "vote", v->id.value,
                      std::string(name_of(v->status())));
    return events{};
}

}  // namespace veche::assembly
