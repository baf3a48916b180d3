#include "cli/secret_play.hpp"

#include "assembly/secret_votes.hpp"
#include "kernel/hash.hpp"

namespace veche::cli {
namespace {

using places = std::map<std::string, std::string>;

ballot::seed seed_of(std::string_view whose, std::string_view name) {
    return {sha256({"veche demonstration ", whose, " ", name})};
}

/// The vote that the line is about.
const assembly::secret_vote* vote_of(const office::state& s, const scenario_line& what) {
    json::document body;
    if (!body.reset(what.body.bytes)) return nullptr;
    const json::node vote = body.root().find("vote");
    if (!vote.valid() || !vote.is(json::kind::string)) return nullptr;
    return s.assembly.secret_votes.find(assembly::vote_id{std::string(vote.as_string())});
}

void add_key_message(const assembly::secret_vote& v, std::int32_t me, const ballot::seed& seed,
                     places& into) {
    const ballot::definition& d = v.record.definition();
    switch (v.record.stage()) {
        case ballot::stage::commitments:
            into["@commitment"] = to_json(make_commitment(d, me, seed));
            return;
        case ballot::stage::coefficients:
            into["@coefficients"] = to_json(make_coefficients(d, me, seed));
            return;
        case ballot::stage::shares:
            into["@shares"] = to_json(make_shares(d, me, seed));
            return;
        case ballot::stage::confirmations:
            if (const auto made = make_confirmation(d, me, seed, v.record.ceremony()))
                into["@confirmation"] = to_json(*made);
            return;
        default:
            return;
    }
}

void add_part(const assembly::secret_vote& v, std::int32_t me, const ballot::seed& seed,
              places& into) {
    const ballot::record& r = v.record;
    if (!r.totals()) return;
    const auto share = secret_share(r.definition(), me, seed, r.ceremony());
    if (!share) return;
    into["@part"] = to_json(make_partial(r.board()->terms().election, r.board()->head(),
                                         *r.totals(), me, *share, seed));
}

/// A ballot for the option named. Its randomness depends on the board, so that a second ballot of
/// a voter is another one.
void add_ballot(const assembly::secret_vote& v, const std::string& seat, const std::string& choice,
                places& into) {
    if (!v.record.board()) return;
    const auto& options = v.record.definition().options;
    std::int32_t chosen = 0;
    for (const ballot::option& o : options) {
        if (o.id == choice) break;
        ++chosen;
    }
    const std::string where = v.id.value + " " + seat + " " + to_hex(v.record.head().bytes);
    const auto made = make_ballot(v.record.board()->terms(), seed_of("voter", seat), {chosen},
                                  seed_of("ballot", where));
    if (made) into["@ballot"] = to_json(*made);
}

}  // namespace

std::map<std::string, std::string> secret_places(const office::state& s,
                                                 const scenario_line& what) {
    places out;
    const std::string seat = what.auth.value_or("");
    if (what.type == assembly::register_credential::wire.type)
        out["@credential"] = to_json(ballot::credential_of(seed_of("voter", seat)));
    if (what.type == assembly::register_trustee::wire.type) {
        const ballot::trustee keys = ballot::make_trustee(what.as, seed_of("trustee", what.as));
        out["@signing"] = to_json(keys.signing);
        out["@encryption"] = to_json(keys.encryption);
    }
    const assembly::secret_vote* v = vote_of(s, what);
    if (v == nullptr) return out;
    if (what.choose) add_ballot(*v, seat, *what.choose, out);
    const auto me = v->trustee_number({what.as});
    if (!me) return out;
    const ballot::seed seed = seed_of("trustee", what.as);
    if (what.type == assembly::send_key_message::wire.type) add_key_message(*v, *me, seed, out);
    if (what.type == assembly::decrypt_secret_vote::wire.type) add_part(*v, *me, seed, out);
    return out;
}

}  // namespace veche::cli
