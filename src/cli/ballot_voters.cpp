// Verbs of voters and of anyone who checks.

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include "ballot/refusal.hpp"
#include "cli/ballot.hpp"
#include "cli/ballot_union.hpp"
#include "cli/files.hpp"
#include "cli/refusal.hpp"

namespace veche::cli {

using ballot::record_kind;
using ballot::stage;

namespace {

/// A ballot that was challenged instead of cast.
struct challenged_ballot {
    ballot::opening opening;
    ballot::digest tracker;
};
VECHE_FIELDS_HERE(challenged_ballot, (opening, "Everything the ballot was made from."),
                  (tracker, "What was shown before the challenge."))

struct found_ballot {
    bool accepted = false;
    bool counts = false;
};
VECHE_FIELDS_HERE(found_ballot, (accepted, "Whether the ballot is on the board."),
                  (counts, "Whether it is the last of its credential."))

struct total {
    std::string option;
    std::int64_t weight = 0;
};
VECHE_FIELDS_HERE(total, (option, "Id of the option, or \"blank\"."),
                  (weight, "Weight of the ballots."))

struct verified_record {
    std::int64_t accepted = 0;
    std::string board;
    std::int64_t counted = 0;
    std::string election;
    std::vector<std::int32_t> invalid_partials;
    ballot::stage stage{};
    std::vector<total> totals;
};
VECHE_FIELDS_HERE(
    verified_record, (accepted, "Ballots on the board."), (board, "Head of the board."),
    (counted, "Ballots that count."), (election, "Hash of the election."),
    (invalid_partials, "Trustees whose decryption does not hold and was passed over."),
    (stage, "How far the election has come."), (totals, "The result, once there is one."))

result<std::vector<std::int32_t>> numbers_of(const ballot::definition& d,
                                             const std::vector<std::string>& chosen) {
    std::vector<std::int32_t> out;
    for (const std::string& id : chosen) {
        const auto at = std::find_if(d.options.begin(), d.options.end(),
                                     [&](const ballot::option& o) { return o.id == id; });
        const bool blank = d.blank && id == "blank" && at == d.options.end();
        if (at == d.options.end() && !blank) return refuse(refusals::option_unknown, {}, id);
        out.push_back(static_cast<std::int32_t>(at - d.options.begin()));
    }
    std::sort(out.begin(), out.end());
    return out;
}

result<void> expect_open(const ballot::record& r) {
    if (r.stage() == stage::ballots) return {};
    return refuse(refusals::ballot_stage, {}, std::string(name_of(r.stage())));
}

/// Cast-or-challenge (Benaloh 2006): the program has bound itself to the ballot by showing its
/// tracker before it learns whether the ballot will be cast or opened.
bool challenges(const ballot_options& options, const terminal& on) {
    if (options.cast) return false;
    on.err << "Note the tracker. Write \"cast\" to sign the ballot, or anything else to challenge "
              "it: then it is opened and cannot be cast.\n";
    std::string answer;
    std::getline(std::cin, answer);
    return answer != "cast";
}

std::filesystem::path opening_file(const ballot::digest& tracker) {
    return "challenged-" + to_hex(tracker.bytes).substr(0, 16) + ".json";
}

result<bool> vote(const ballot_options& options, const terminal& on) {
    if (options.to.empty() && !at_union(options)) return refuse(refusals::file_missing);
    const ballot_key key = VECHE_TRY(read_ballot_key(options.key, holder::voter));
    const auto r = VECHE_TRY(
        record_of(options, office::record_part::opening, thoroughness::all_but_ballots, 0));
    VECHE_CHECK(expect_open(r));
    auto chosen = VECHE_TRY(numbers_of(r.definition(), options.choose));
    const ballot::opening from{ballot::credential_of(key.seed), std::move(chosen),
                               ballot::random_seed()};
    if (!weight_of(r.roll(), from.credential))
        return refuse(ballot::refusals::credential_unknown, "credential");
    auto made = VECHE_TRY(encrypt(r.board()->terms(), from));
    const ballot::digest tracker = tracker_of(made);
    on.out << (on.json ? to_json(tracker) : "Tracker: " + to_hex(tracker.bytes)) << '\n'
           << std::flush;
    if (challenges(options, on)) {
        const auto to = options.to.empty() ? opening_file(tracker) : options.to;
        VECHE_CHECK(write_new_file(to, to_json(challenged_ballot{from, tracker}) + "\n", true));
        on.say("The opening is in " + to.string() +
               ": check it elsewhere with veche ballot audit, then vote anew.");
        return false;
    }
    auto secret = ballot::credential_secret(key.seed);
    sign(made, secret, ballot::random_seed());
    ballot::wipe(secret);
    if (at_union(options)) {
        auto place = VECHE_TRY(polling_place::open(options));
        VECHE_CHECK(place.send(assembly::cast_secret_ballot{place.vote(), made}));
        on.say("The ballot is on the journal. Find it there at any time: veche ballot find " +
               options.record.string() + " " + to_hex(tracker.bytes));
        return true;
    }
    VECHE_CHECK(write_new_file(options.to, to_json(made) + "\n", false));
    on.say("The ballot is in " + options.to.string() + "; hand it in.");
    return true;
}

verified_record describe_record(const ballot::record& r) {
    verified_record out;
    out.stage = r.stage();
    out.invalid_partials = r.invalid_partials();
    if (r.board()) {
        out.accepted = static_cast<std::int64_t>(r.board()->accepted());
        out.counted = static_cast<std::int64_t>(r.board()->counted());
        out.board = to_hex(r.board()->head().bytes);
        out.election = to_hex(r.board()->terms().election.bytes);
    }
    const auto& options = r.definition().options;
    if (r.outcome())
        for (std::size_t n = 0; n < r.outcome()->totals.size(); ++n)
            out.totals.push_back(
                {n < options.size() ? options[n].id : "blank", r.outcome()->totals[n]});
    return out;
}

}  // namespace

int ballot_vote(const ballot_options& options, const terminal& on) {
    const auto cast = vote(options, on);
    if (!cast) return on.fail(cast.error());
    return done;
}

int ballot_cast(const ballot_options& options, const terminal& on) {
    const auto put = [&]() -> result<void> {
        auto file =
            VECHE_TRY(record_file::open(options.record, false, thoroughness::all_but_ballots));
        VECHE_CHECK(expect_open(file.record()));
        for (const auto& name : options.files) {
            const auto b = VECHE_TRY(read_described<ballot::secret_ballot>(name));
            VECHE_CHECK(verify_ballot(file.record().board()->terms(), b));
            VECHE_CHECK(file.add(record_kind::ballot, b));
            const std::string tracker = to_hex(tracker_of(b).bytes);
            on.out << (on.json ? json::quoted(tracker) : "On the board: " + tracker) << '\n';
        }
        return {};
    };
    if (const auto verdict = put(); !verdict) return on.fail(verdict.error());
    return done;
}

int ballot_audit(const ballot_options& options, const terminal& on) {
    const auto check = [&]() -> result<bool> {
        const auto r = VECHE_TRY(
            record_of(options, office::record_part::opening, thoroughness::all_but_ballots, 0));
        if (!r.board()) return refuse(refusals::ballot_stage, {}, std::string(name_of(r.stage())));
        const auto c = VECHE_TRY(read_described<challenged_ballot>(options.files.front()));
        if (!on.json) {
            on.say("The ballot with the tracker " + to_hex(c.tracker.bytes) + " was made for:");
            for (const std::int32_t n : c.opening.chosen) {
                const auto& all = r.definition().options;
                const bool option = n >= 0 && static_cast<std::size_t>(n) < all.size();
                on.say("  " + (option ? all[static_cast<std::size_t>(n)].id : "blank"));
            }
        }
        return audit(r.board()->terms(), c.opening, c.tracker);
    };
    const auto same = check();
    if (!same) return on.fail(same.error());
    if (on.json) on.out << (*same ? "true" : "false") << '\n';
    on.say(*same ? "It holds: compare the tracker with the one you were shown, and the choice with "
                   "the one you made."
                 : "It does not hold: the program that made this ballot is not to be trusted.");
    return *same ? done : refused;
}

int ballot_find(const ballot_options& options, const terminal& on) {
    const auto look = [&]() -> result<found_ballot> {
        const auto tracker =
            VECHE_TRY(from_json<ballot::digest>(std::string_view(json::quoted(options.tracker))));
        const auto r = VECHE_TRY(
            record_of(options, office::record_part::whole, thoroughness::all_but_ballots, 0));
        found_ballot out;
        for (const auto& u : r.unverified()) {
            if (tracker_of(u.ballot) != tracker) continue;
            out = {true, r.board()->counted_for(u.ballot.credential) == tracker};
        }
        return out;
    };
    const auto found = look();
    if (!found) return on.fail(found.error());
    if (on.json) on.out << to_json(*found) << '\n';
    on.say(!found->accepted ? "No ballot on the board has this tracker."
           : found->counts  ? "The ballot is on the board and counts."
                            : "The ballot is on the board; a later one of the same voter counts.");
    return found->accepted ? done : refused;
}

int ballot_verify(const ballot_options& options, const terminal& on) {
    const auto r =
        record_of(options, office::record_part::whole, thoroughness::everything, options.threads);
    if (!r) return on.fail(r.error());
    const verified_record seen = describe_record(*r);
    if (on.json) on.out << to_json(seen) << '\n';
    on.say(fmt::format("{} lines hold. Stage: {}. Ballots: {}, of which {} count.", r->lines(),
                       name_of(seen.stage), seen.accepted, seen.counted));
    for (const total& t : seen.totals) on.say(fmt::format("{:>12}  {}", t.weight, t.option));
    for (const std::int32_t n : seen.invalid_partials)
        on.say(fmt::format("A decryption by trustee {} does not hold and was passed over.", n));
    return done;
}

}  // namespace veche::cli
