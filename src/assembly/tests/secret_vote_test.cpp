#include "assembly/course_refusal.hpp"
#include "assembly/motion_refusal.hpp"
#include "assembly/secret_refusal.hpp"
#include "assembly/secret_votes.hpp"
#include "assembly/tests/hall.hpp"
#include "ballot/refusal.hpp"
#include "kernel/hash.hpp"

using namespace veche;
using namespace veche::assembly;
using namespace veche::assembly::testing;

namespace {

veche::ballot::seed seed_of(std::string_view what, std::string_view name) {
    return {sha256({"test ", what, " ", name})};
}

/// The small union with a house whose charter knows secret votes: two of three trustees, a floor of
/// three, and one more rule.
charter::charter_document secret_union(const std::vector<office_id>& trustees = {}) {
    auto doc = small_union();
    for (charter::body& b : doc.bodies)
        if (b.id.value == "house") b.secret = charter::secret_procedure{3, trustees, 2};
    return doc;
}

const std::vector<actor> trustees{secretary, chair, clerk};
const std::vector<actor> voters{deputy("n", 1), deputy("n", 2), deputy("n", 3), deputy("s", 1)};

/// An open session of the house with a motion "m", voters and trustees registered.
hall prepared(const charter::charter_document& doc = secret_union()) {
    hall h = with_motion(hall(doc), "house");
    for (const actor& t : trustees) {
        const auto keys = veche::ballot::make_trustee(t.person, seed_of("trustee", t.person));
        h.must(t, register_trustee{keys.signing, keys.encryption});
    }
    for (const actor& v : voters)
        h.must(v,
               register_credential{v.auth, veche::ballot::credential_of(seed_of("voter", v.auth))});
    return h;
}

open_secret_vote opening_secret_vote(std::vector<secret_option> options = {}) {
    open_secret_vote c;
    c.vote = {"sv"};
    c.motion = {"m"};
    c.options = std::move(options);
    for (const actor& t : trustees) c.trustees.push_back({t.person});
    return c;
}

const secret_vote& vote_in(const hall& h) {
    return *h.own.secret_votes.find(vote_id{"sv"});
}

/// What trustee number `n` (from 1) says next.
send_key_message next_message(const hall& h, std::int32_t n) {
    const secret_vote& v = vote_in(h);
    const veche::ballot::definition& d = v.record.definition();
    const auto seed = seed_of("trustee", trustees[static_cast<std::size_t>(n - 1)].person);
    send_key_message c;
    c.vote = v.id;
    switch (v.record.stage()) {
        case veche::ballot::stage::commitments:
            c.commitment = make_commitment(d, n, seed);
            break;
        case veche::ballot::stage::coefficients:
            c.coefficients = make_coefficients(d, n, seed);
            break;
        case veche::ballot::stage::shares:
            c.shares = make_shares(d, n, seed);
            break;
        default:
            c.confirmation = make_confirmation(d, n, seed, v.record.ceremony()).value();
    }
    return c;
}

void hold_ceremony(hall& h) {
    for (int round = 0; round < 4; ++round)
        for (std::int32_t n = 1; n <= 3; ++n)
            h.must(trustees[static_cast<std::size_t>(n - 1)], next_message(h, n));
}

hall casting(std::vector<secret_option> options = {}) {
    hall h = prepared();
    h.must(chair, opening_secret_vote(std::move(options)));
    hold_ceremony(h);
    return h;
}

cast_secret_ballot ballot_of(const hall& h, const actor& who, std::int32_t choice,
                             std::string_view attempt = "1") {
    const auto made = make_ballot(vote_in(h).record.board()->terms(), seed_of("voter", who.auth),
                                  {choice}, seed_of("random", who.auth + std::string(attempt)));
    return {{"sv"}, made.value()};
}

decrypt_secret_vote part_of(const hall& h, std::int32_t n) {
    const veche::ballot::record& r = vote_in(h).record;
    const auto seed = seed_of("trustee", trustees[static_cast<std::size_t>(n - 1)].person);
    const auto share = secret_share(r.definition(), n, seed, r.ceremony()).value();
    return {
        {"sv"},
        make_partial(r.board()->terms().election, r.board()->head(), *r.totals(), n, share, seed)};
}

void cast_all(hall& h, const std::vector<std::int32_t>& choices) {
    for (std::size_t n = 0; n < choices.size(); ++n)
        h.must(voters[n], ballot_of(h, voters[n], choices[n]));
}

void close_and_count(hall& h) {
    h.must(chair, close_secret_vote{{"sv"}});
    h.must(trustees[2], part_of(h, 3));
    h.must(trustees[0], part_of(h, 1));
}

motion_status motion_in(const hall& h) {
    return h.own.motions.find(motion_id{"m"})->status;
}

}  // namespace

TEST_CASE("a motion carries in a secret vote, and nobody's ballot is told") {
    hall h = casting();
    CHECK(motion_in(h) == motion_status::voting);
    cast_all(h, {0, 0, 1, 2});
    close_and_count(h);
    const secret_vote& v = vote_in(h);
    REQUIRE(v.result);
    CHECK(v.result->outcome == charter::outcome::adopted);
    CHECK(v.result->counts == ballot_counts{2, 1, 1, 1, 0});
    CHECK(v.status() == secret_status::decided);
    CHECK(motion_in(h) == motion_status::adopted);
    const auto& decision = *h.own.decisions.find(decision_id{"2026-0001"});
    CHECK(decision.vote.value == "sv");
    // The views tell totals, and who took part.
    const auto view = h.view(secret_vote_query{{"sv"}});
    CHECK(view.options.at(0).ballots == 2);
    CHECK(view.board.size() == 4);
    const auto shown = h.view(decision_query{{"2026-0001"}});
    CHECK(shown.vote.secret);
    CHECK(h.view(vote_query{{"sv"}}).delegations.empty());
}

TEST_CASE("the last ballot of a voter counts, and both stay on the board") {
    hall h = casting();
    cast_all(h, {0, 0, 1});
    h.must(voters[0], ballot_of(h, voters[0], 1, "2"));
    const auto view = h.view(secret_vote_query{{"sv"}});
    CHECK(view.accepted == 4);
    CHECK(view.counted == 3);
    CHECK_FALSE(view.board.front().counts);
    close_and_count(h);
    CHECK(vote_in(h).result->counts == ballot_counts{1, 2, 0, 2, 0});
    CHECK(motion_in(h) == motion_status::rejected);
}

TEST_CASE("an election elects who carries under the rule and orders what the option says") {
    const enactment order{"programme.add_measure", 1, {"{}"}};
    hall h = casting({{"a", en("Candidate A"), {}}, {"b", en("Candidate B"), {}}});
    cast_all(h, {1, 1, 1, 0});
    close_and_count(h);
    CHECK(vote_in(h).result->elected == "b");
    CHECK(motion_in(h) == motion_status::adopted);
    CHECK(h.view(secret_vote_query{{"sv"}}).result->elected_title == en("Candidate B"));
    SUBCASE("what a body may not order, no option orders") {
        hall other = prepared();
        const auto why = other.refused(
            chair, opening_secret_vote({{"a", en("A"), {order}}, {"b", en("B"), {}}}));
        CHECK(why.code() == refusals::enactment_not_allowed.code);
        CHECK(why.field == "options.0.enactments.0.type");
    }
}

TEST_CASE("where nobody carries, the motion waits for another round") {
    hall h = casting({{"a", en("A"), {}}, {"b", en("B"), {}}});
    cast_all(h, {0, 1, 2, 2});
    close_and_count(h);
    CHECK_FALSE(vote_in(h).result->elected);
    CHECK(vote_in(h).result->outcome == charter::outcome::rejected);
    CHECK(motion_in(h) == motion_status::tabled);
}

TEST_CASE("below the floor nothing is decrypted, ever") {
    hall h = casting();
    cast_all(h, {0, 0});
    h.must(chair, close_secret_vote{{"sv"}});
    CHECK(vote_in(h).status() == secret_status::void_);
    CHECK(vote_in(h).result->totals.empty());
    CHECK(motion_in(h) == motion_status::tabled);
    CHECK_FALSE(vote_in(h).record.totals());
}

TEST_CASE("only holders of seats present with a credential are on the roll") {
    hall h = prepared();
    for (const actor& v : voters) h.must(v, register_presence{{"s"}, v.auth});
    h.must(voters[3], end_presence{{"s"}, voters[3].auth});
    h.must(chair, opening_secret_vote());
    CHECK(vote_in(h).voters.size() == 3);
    hold_ceremony(h);
    const auto stranger_ballot = ballot_of(h, voters[3], 0);
    CHECK(h.refused(voters[3], stranger_ballot).code() ==
          veche::ballot::refusals::credential_unknown.code);
    h.must(voters[0], end_presence{{"s"}, voters[0].auth});
    CHECK(h.refused(voters[0], ballot_of(h, voters[0], 0)).code() == refusals::not_present.code);
}

TEST_CASE("a ballot is taken only from its voter, whole, and once") {
    hall h = casting();
    const auto good = ballot_of(h, voters[0], 0);
    CHECK(h.refused(voters[1], good).code() == refusals::credential_not_yours.code);
    auto forged = good;
    forged.ballot.choices[0].proofs[0].z = veche::ballot::to_scalar(7);
    CHECK_FALSE(h.ask_for(voters[0], forged).has_value());
    auto other = good;
    other.ballot.election.bytes[0] ^= 1;
    CHECK(h.refused(voters[0], other).code() == veche::ballot::refusals::other_election.code);
    h.must(voters[0], good);
    CHECK(h.refused(voters[0], good).code() == veche::ballot::refusals::ballot_repeated.code);
    h.must(chair, close_secret_vote{{"sv"}});
    CHECK(h.refused(voters[0], ballot_of(h, voters[0], 1, "2")).code() ==
          refusals::secret_stage.code);
}

TEST_CASE(
    "proofs that were checked outside are not checked again, and a wrong one is found there") {
    hall h = casting();
    auto forged = ballot_of(h, voters[0], 0);
    forged.ballot.choices[0].proofs[0].z = veche::ballot::to_scalar(7);
    const auto work = ballot_proofs(h.own, forged);
    REQUIRE(work);
    CHECK_FALSE(work().has_value());
    const auto sound = ballot_proofs(h.own, ballot_of(h, voters[0], 0));
    CHECK(sound().has_value());
}

TEST_CASE("a trustee speaks for itself, in turn, and decrypts only the whole board") {
    hall h = prepared();
    h.must(chair, opening_secret_vote());
    const auto mine = next_message(h, 1);
    CHECK(h.refused(trustees[1], mine).code() == refusals::not_a_trustee.code);
    h.must(trustees[0], mine);
    CHECK(h.refused(trustees[0], mine).code() == refusals::trustee_spoke.code);
    auto two = mine;
    two.shares.emplace();
    CHECK(h.refused(trustees[0], two).code() == refusals::one_message.code);
    h.must(trustees[1], next_message(h, 2));
    h.must(trustees[2], next_message(h, 3));
    for (int round = 0; round < 3; ++round)
        for (std::int32_t n = 1; n <= 3; ++n)
            h.must(trustees[static_cast<std::size_t>(n - 1)], next_message(h, n));
    cast_all(h, {0, 1, 2, 0});
    h.must(chair, close_secret_vote{{"sv"}});
    auto part = part_of(h, 1);
    auto other = part;
    other.part.board.bytes[0] ^= 1;
    CHECK(h.refused(trustees[0], other).code() == veche::ballot::refusals::other_board.code);
    part.part.shares[0].value = part.part.shares[1].value;
    CHECK(h.refused(trustees[0], part).code() == veche::ballot::refusals::proof_wrong.code);
    h.must(trustees[0], part_of(h, 1));
    CHECK(h.refused(trustees[0], part_of(h, 1)).code() == refusals::trustee_spoke.code);
    CHECK(vote_in(h).status() == secret_status::decrypting);
}

TEST_CASE("a secret vote needs a charter that knows it, a rule by totals, a floor and trustees") {
    SUBCASE("a body without") {
        hall h = prepared(small_union());
        CHECK(h.refused(chair, opening_secret_vote()).code() == refusals::no_secret_votes.code);
    }
    SUBCASE("a rule that looks at names") {
        hall h = prepared();
        auto motion = motion_of("m2", "s");
        motion.rule = "casting-vote";
        h.must(chair, motion);
        auto c = opening_secret_vote();
        c.motion = {"m2"};
        CHECK(h.refused(chair, c).code() == refusals::rule_needs_names.code);
    }
    SUBCASE("numbers") {
        hall h = prepared();
        auto c = opening_secret_vote();
        c.floor = 2;
        CHECK(h.refused(chair, c).code() == refusals::floor_too_low.code);
        c.floor = 5;
        CHECK(h.refused(chair, c).code() == refusals::too_few_voters.code);
        c = opening_secret_vote();
        c.threshold = 1;
        CHECK(h.refused(chair, c).code() == refusals::threshold_unfit.code);
        c = opening_secret_vote();
        c.trustees.push_back(c.trustees.front());
        CHECK(h.refused(chair, c).code() == refusals::trustee_repeated.code);
        c.trustees = {{north.person}};
        CHECK(h.refused(chair, c).code() == refusals::trustee_keyless.code);
        CHECK(h.refused(voters[0], opening_secret_vote()).code() != refusals::too_few_voters.code);
    }
    SUBCASE("trustees whom the charter names") {
        hall h = prepared(secret_union({{"council/secretary"}, {"council/chair"}}));
        CHECK(h.refused(chair, opening_secret_vote()).code() == refusals::trustees_given.code);
        auto c = opening_secret_vote();
        c.trustees.clear();
        h.must(chair, c);
        CHECK(vote_in(h).trustees.size() == 2);
    }
}

TEST_CASE("a quorum by group may stand in a rule of secret votes, votes by group may not") {
    const auto by_totals = [](std::string_view text) {
        return decides_by_totals(charter::parse_rule_text(text).value());
    };
    CHECK(by_totals("quorum [ each{by: st, present >= 2/3 seats} ] pass yes > 1/2 seats"));
    CHECK(by_totals("pass all[ yes > 1/2 decisive, no <= 1/4 seats ]"));
    CHECK_FALSE(by_totals("pass each{by: st, yes > 1/2 seats}"));
    CHECK_FALSE(by_totals("pass yes.pop > 1/2 seats.pop"));
    CHECK_FALSE(by_totals("pass yes > 1/2 decisive tie chair"));
    CHECK_FALSE(by_totals("pass no < 1 silence 3 days"));
}

TEST_CASE("a credential is its seat's, and void when another holds the seat") {
    hall h = prepared();
    const auto known = veche::ballot::credential_of(seed_of("voter", voters[0].auth));
    CHECK(h.refused(voters[1], register_credential{voters[1].auth, known}).code() ==
          refusals::credential_taken.code);
    CHECK(h.refused(voters[1], register_credential{voters[0].auth, known}).code() ==
          refusals::seat_not_held.code);
    CHECK(h.refused(voters[0], register_credential{voters[0].auth, {}}).code() ==
          veche::ballot::refusals::not_an_element.code);
    CHECK(h.refused(stranger, register_trustee{known, known}).code() ==
          refusals::without_mandate.code);
}

TEST_CASE("a vote under way keeps its session open until it is given up") {
    hall h = casting();
    CHECK(h.refused(chair, close_session{{"s"}}).code() == refusals::votes_open.code);
    CHECK(h.refused(chair, vote_on("v", "m")).code() == refusals::motion_not_tabled.code);
    h.must(chair, abandon_secret_vote{{"sv"}, en("The trustees lost their keys.")});
    CHECK(vote_in(h).status() == secret_status::abandoned);
    CHECK(motion_in(h) == motion_status::tabled);
    CHECK(h.refused(chair, close_secret_vote{{"sv"}}).code() == refusals::secret_stage.code);
    CHECK(h.refused(chair, vote_on("sv", "m")).code() == refusals::id_taken.code);
    h.must(chair, close_session{{"s"}});
}

/// Shares of trustee 3 of which the one for trustee 1 is wrong, signed as a liar would.
veche::ballot::key_shares wrong_shares(const veche::ballot::definition& d) {
    const auto liar = seed_of("trustee", trustees[2].person);
    veche::ballot::key_shares m = make_shares(d, 3, liar);
    m.shares[0] = m.shares[0] + veche::ballot::to_scalar(1);
    veche::ballot::transcript content("veche/ballot/shares/1");
    content.add(m.definition).add(std::uint64_t{3}).add(m.ephemeral).add(m.shares.size());
    for (const veche::ballot::scalar& s : m.shares) content.add(s);
    m.signature = prove_knowledge(
        veche::ballot::transcript("veche/ballot/trustee-message/1")
            .add("shares")
            .add(m.definition)
            .add(std::uint64_t{3})
            .add(content.hash()),
        veche::ballot::transcript("veche/ballot/trustee-signing/1").add(liar).challenge(), liar);
    return m;
}

TEST_CASE("a complaint about a wrong share ends the vote, one about a right share is refused") {
    hall h = prepared();
    h.must(chair, opening_secret_vote());
    for (int round = 0; round < 2; ++round)
        for (std::int32_t n = 1; n <= 3; ++n)
            h.must(trustees[static_cast<std::size_t>(n - 1)], next_message(h, n));
    h.must(trustees[0], next_message(h, 1));
    h.must(trustees[1], next_message(h, 2));
    send_key_message lie;
    lie.vote = {"sv"};
    lie.shares = wrong_shares(vote_in(h).record.definition());
    h.must(trustees[2], lie);
    const auto found =
        complaints(1, seed_of("trustee", trustees[0].person), vote_in(h).record.ceremony());
    REQUIRE(found.size() == 1);
    send_key_message complaint;
    complaint.vote = {"sv"};
    complaint.complaint = found.front();
    complaint.complaint->about = 2;
    CHECK_FALSE(h.ask_for(trustees[0], complaint).has_value());
    complaint.complaint->about = 3;
    h.must(trustees[0], complaint);
    CHECK(vote_in(h).status() == secret_status::abandoned);
    CHECK(motion_in(h) == motion_status::tabled);
}

TEST_CASE("a secret vote waits for what comes before any vote, and is on no bundle") {
    auto doc = secret_union();
    doc.bodies[1].motions = charter::motion_procedure{};
    doc.bodies[1].motions->stages = {{"admitted", en("Admitted"), {}}};
    hall h = prepared(doc);
    CHECK(h.refused(chair, opening_secret_vote()).kind == &refusals::stage_missing);
    h.must(chair, advance_motion{{"m"}, "admitted", {}});
    hall split = h;
    split.must(chair, split_motion{{"m"}, {}});
    CHECK(split.refused(chair, opening_secret_vote()).kind == &refusals::parts_pending);
    h.must(chair, motion_of("m2", "s"));
    h.must(chair, bundle_motions{{"b"}, {}, {{"m"}, {"m2"}}, {}});
    CHECK(h.refused(chair, opening_secret_vote()).kind == &refusals::in_bundle);
    h.must(chair, take_out_of_bundle{{"b"}, {"m"}, {}});
    h.must(chair, opening_secret_vote());
}

TEST_CASE("what a secret vote turned down is reconsidered, but nobody is known to have won") {
    auto doc = secret_union();
    doc.bodies[1].motions = charter::motion_procedure{};
    doc.bodies[1].motions->reconsider_hours = 1;
    const auto turned_down = [](const charter::charter_document& of) {
        hall h = prepared(of);
        h.must(chair, opening_secret_vote());
        hold_ceremony(h);
        cast_all(h, {1, 1, 1, 0});
        close_and_count(h);
        REQUIRE(motion_in(h) == motion_status::rejected);
        return h;
    };
    hall h = turned_down(doc);
    const actor one = voters.front();
    hall late = h;
    late.now.ms += 3'600'000;
    CHECK(late.refused(one, reconsider_motion{{"m"}, one.auth}).kind ==
          &refusals::reconsidered_too_late);
    h.must(one, reconsider_motion{{"m"}, one.auth});
    h.must(chair, vote_on("named", "m"));
    doc.bodies[1].motions->reconsider_by_winners = true;
    CHECK(turned_down(doc).refused(one, reconsider_motion{{"m"}, one.auth}).kind ==
          &refusals::winners_unknown);
}
