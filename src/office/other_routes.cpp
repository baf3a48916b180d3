// Routes of all rooms but the assembly.

#include "charter/messages.hpp"
#include "charter/views.hpp"
#include "evidence/refusal.hpp"
#include "evidence/views.hpp"
#include "fund/fund.hpp"
#include "fund/refusal.hpp"
#include "fund/views.hpp"
#include "journal/passkey.hpp"
#include "journal/signed_note.hpp"
#include "office/backing.hpp"
#include "office/figures.hpp"
#include "office/office.hpp"
#include "office/room_routes.hpp"
#include "people/people.hpp"
#include "people/views.hpp"
#include "programme/programme.hpp"
#include "programme/views.hpp"
#include "sealed/sealed.hpp"
#include "sealed/views.hpp"

namespace veche::office {

template <>
result<void> check_across_rooms(const state&, const people::enroll_key& m, const context&) {
    const auto key = from_base64(m.public_key);
    if (!key || !journal::is_acceptable_public_key(*key))
        return refuse(refusals::key_unacceptable, "public_key");
    return {};
}

template <>
result<void> check_across_rooms(const state&, const people::enroll_passkey& m, const context&) {
    const auto key = from_base64(m.public_key);
    if (!key || !journal::is_acceptable_passkey(*key))
        return refuse(refusals::key_unacceptable, "public_key");
    return {};
}

template <>
result<void> check_across_rooms(const state&, const people::propose_log_key& m, const context&) {
    if (!journal::parse_verifier_key(m.vkey)) return refuse(refusals::key_unacceptable, "vkey");
    return {};
}

namespace {

/// The decision is known and in force (I16).
result<void> check_order(const state& s, const decision_id& id, const char* field) {
    const assembly::decision* one = s.assembly.decisions.find(id);
    if (!one) return refuse(fund::refusals::decision_unknown, field, id.value);
    if (!one->in_force || one->repealed_by)
        return refuse(fund::refusals::decision_not_in_force, field, id.value);
    return {};
}

/// The decision on which the commitment rests.
result<void> check_order_of(const state& s, const fund::commitment_id& id) {
    const fund::commitment* of = s.fund.commitments.find(id);
    return of ? check_order(s, of->decision, "commitment") : result<void>{};
}

}  // namespace

template <>
result<void> check_across_rooms(const state& s, const fund::reserve& m, const context&) {
    if (m.decision) return check_order(s, *m.decision, "decision");
    const fund::budget_line* line = s.fund.lines.find(m.line);
    return line ? check_order(s, line->decision, "line") : result<void>{};
}

template <>
result<void> check_across_rooms(const state& s, const fund::confirm_reservation& m,
                                const context&) {
    return check_order_of(s, m.commitment);
}

template <>
result<void> check_across_rooms(const state& s, const fund::pay_advance& m, const context&) {
    VECHE_CHECK(check_order_of(s, m.commitment));
    return check_left_for_contracts(s, m.commitment, m.amount_.minor, backing_use::advance,
                                    "amount.minor");
}

template <>
result<void> check_across_rooms(const state& s, const fund::submit_claim& m, const context&) {
    const fund::commitment* of = s.fund.commitments.find(m.commitment);
    const auto items = VECHE_TRY(fund::converted_items(s.charter, m, fund::unit_of(s.fund, *of)));
    int128 sum = 0;
    for (const std::int64_t one : items) sum += one;
    return check_left_for_contracts(s, m.commitment, sum, backing_use::claim, "items");
}

template <>
result<void> check_across_rooms(const state& s, const fund::accept_claim& m, const context&) {
    const fund::claim& of = *s.fund.claims.find(m.claim);
    int128 sum = 0;
    for (const std::int64_t one : of.converted) sum += one;
    for (const fund::deduction& one : m.deductions) sum -= one.amount_.minor;
    return check_left_for_contracts(s, of.asked.commitment, sum, backing_use::claim, "claim");
}

template <>
result<void> check_across_rooms(const state& s, const fund::release_commitment& m, const context&) {
    return check_left_for_contracts(s, m.commitment, m.amount_.minor, backing_use::release,
                                    "amount.minor");
}

/// Money is bound under the decision that committed it for the call.
template <>
result<void> check_across_rooms(const state& s, const fund::sign_contract& m, const context&) {
    return check_order_of(s, s.fund.contracts.find(m.contract)->what.from);
}

template <>
result<void> check_across_rooms(const state& s, const fund::receive_recovery& m, const context&) {
    return check_order(s, m.decision, "decision");
}

template <>
result<void> check_across_rooms(const state& s, const fund::record_bank_charge& m, const context&) {
    const fund::budget_line* line = s.fund.lines.find(m.line);
    return line ? check_order(s, line->decision, "line") : result<void>{};
}

namespace {

bool is_item(const assembly::state& s, const std::string& id) {
    const std::size_t stroke = id.rfind('/');
    if (stroke == std::string::npos) return false;
    const assembly::session* of = s.sessions.find(session_id{id.substr(0, stroke)});
    return of && of->find_item({id.substr(stroke + 1)});
}

bool is_there(const state& s, const evidence::subject& what) {
    switch (what.kind) {
        case evidence::subject_kind::motion:
            return s.assembly.motions.contains(assembly::motion_id{what.id});
        case evidence::subject_kind::measure:
            return s.programme.measures.contains(measure_id{what.id});
        case evidence::subject_kind::session:
            return s.assembly.sessions.contains(session_id{what.id});
        case evidence::subject_kind::item:
            return is_item(s.assembly, what.id);
        case evidence::subject_kind::decision:
            return s.assembly.decisions.contains(decision_id{what.id});
    }
    return false;
}

}  // namespace

template <>
result<void> check_across_rooms(const state& s, const evidence::attach_finding& m, const context&) {
    if (is_there(s, m.to)) return {};
    return refuse(evidence::refusals::subject_unknown, "to.id", std::string(name_of(m.to.kind)),
                  m.to.id);
}

namespace {

/// The charter stands beside no other part.
struct in_charter {
    static charter::world world(const state& s) { return {s.charter}; }
    template <class M>
    static void fold(state& s, const M& m, const context& ctx) {
        apply(s.charter, m, ctx);
    }
};
using in_people = in_room<&state::people, people::world>;
/// Views of the programme also look at what the journal tells of other rooms.
struct in_programme : in_room<&state::programme, programme::world> {
    static programme::world world(const state& s) {
        return {s.charter, s.programme, std::make_shared<union_figures>(s)};
    }
};
using in_evidence = in_room<&state::evidence, evidence::world>;
/// Contracts of the fund are made of what calls promised.
struct in_fund : in_room<&state::fund, fund::world> {
    static fund::world world(const state& s) {
        return {s.charter, s.fund, std::make_shared<call_promises>(s)};
    }
};
using in_sealed = in_room<&state::sealed, sealed::world>;

}  // namespace

void add_other_routes(route_list& all) {
    add_commands<in_charter>(all, list_of<charter::commands>());
    add_commands<in_people>(all, list_of<people::commands>());
    add_commands<in_programme>(all, list_of<programme::commands>());
    add_derived<in_programme>(all, list_of<programme::derived>());
    add_commands<in_fund>(all, list_of<fund::commands>());
    add_derived<in_fund>(all, list_of<fund::derived>());
    add_commands<in_sealed>(all, list_of<sealed::commands>());
    add_derived<in_sealed>(all, list_of<sealed::derived>());
    add_commands<in_evidence>(all, list_of<evidence::commands>());
}

void add_other_views(view_list& all) {
    add_views<in_charter>(all, list_of<charter::queries>());
    add_views<in_people>(all, list_of<people::queries>());
    add_views<in_programme>(all, list_of<programme::queries>());
    add_views<in_fund>(all, list_of<fund::queries>());
    add_views<in_sealed>(all, list_of<sealed::queries>());
    add_views<in_evidence>(all, list_of<evidence::queries>());
}

}  // namespace veche::office
