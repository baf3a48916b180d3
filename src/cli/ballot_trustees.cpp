// Verbs of those who hold a secret ballot: organiser and trustees.

#include <fmt/format.h>

#include "assembly/secret_votes.hpp"
#include "ballot/refusal.hpp"
#include "cli/ballot.hpp"
#include "cli/ballot_union.hpp"
#include "cli/files.hpp"
#include "cli/refusal.hpp"

namespace veche::cli {

namespace fs = std::filesystem;
using ballot::record_kind;
using ballot::stage;

namespace {

struct made_credential {
    std::string file;
    ballot::element credential;
};
VECHE_FIELDS_HERE(made_credential, (file, "Where the secret is."),
                  (credential, "What goes on the roll."))

/// The number of the trustee whose keys these are.
result<std::int32_t> number_of(const ballot::definition& d, const ballot_key& key) {
    const ballot::trustee own = ballot::make_trustee(key.name, key.seed);
    for (std::size_t n = 0; n < d.trustees.size(); ++n)
        if (d.trustees[n].signing == own.signing && d.trustees[n].encryption == own.encryption)
            return static_cast<std::int32_t>(n + 1);
    return refuse(refusals::not_a_trustee);
}

/// A trustee's next message, and what it is in words.
struct next_message {
    assembly::send_key_message message;
    std::string said;
};

result<next_message> next_step(const ballot::record& r, std::int32_t me, const ballot::seed& seed) {
    const ballot::definition& d = r.definition();
    next_message out;
    switch (r.stage()) {
        case stage::commitments:
            out.message.commitment = make_commitment(d, me, seed);
            out.said = "committed to its part of the key";
            return out;
        case stage::coefficients:
            out.message.coefficients = make_coefficients(d, me, seed);
            out.said = "showed the commitments to its coefficients";
            return out;
        case stage::shares:
            out.message.shares = make_shares(d, me, seed);
            out.said = "sent each trustee its share";
            return out;
        case stage::confirmations: {
            const auto wrong = complaints(me, seed, r.ceremony());
            if (wrong.empty()) {
                out.message.confirmation = VECHE_TRY(make_confirmation(d, me, seed, r.ceremony()));
                out.said = "confirmed that all its shares are right";
                return out;
            }
            out.message.complaint = wrong.front();
            out.said = fmt::format(
                "complained about the share of trustee {}: the ceremony is void; start a new one",
                wrong.front().about);
            return out;
        }
        default:
            return refuse(refusals::ballot_stage, {}, std::string(name_of(r.stage())));
    }
}

/// In a file: the message goes on the record.
result<std::string> step_in_file(const ballot_options& options, const ballot_key& key) {
    auto file = VECHE_TRY(record_file::open(options.record, false, thoroughness::everything));
    const std::int32_t me = VECHE_TRY(number_of(file.record().definition(), key));
    std::string said = "waits for the other trustees";
    if (!file.record().has_spoken(me)) {
        auto next = VECHE_TRY(next_step(file.record(), me, key.seed));
        const auto message = message_of(next.message);
        VECHE_CHECK(file.add(message->kind, json::raw_json{message->body}));
        said = std::move(next.said);
    }
    return fmt::format("Trustee {} {}. The record is at the stage \"{}\".", me, said,
                       name_of(file.record().stage()));
}

/// At a union: the message goes there as the trustee's command.
result<std::string> step_at_union(const ballot_options& options, const ballot_key& key) {
    auto place = VECHE_TRY(polling_place::open(options));
    const auto r =
        VECHE_TRY(place.record(office::record_part::opening, thoroughness::everything, 0));
    const std::int32_t me = VECHE_TRY(number_of(r.definition(), key));
    if (r.has_spoken(me)) return fmt::format("Trustee {} waits for the other trustees.", me);
    auto next = VECHE_TRY(next_step(r, me, key.seed));
    next.message.vote = place.vote();
    VECHE_CHECK(place.send(next.message));
    return fmt::format("Trustee {} {}.", me, next.said);
}

/// A trustee decrypts one board of an election and never a second one: the difference of two totals
/// would be somebody's vote. What was decrypted is kept beside the key.
result<void> hold_to_one_board(const fs::path& key, const ballot::digest& election,
                               const ballot::digest& board) {
    const fs::path mark = key.string() + ".decrypted-" + to_hex(election.bytes).substr(0, 16);
    const std::string head = to_hex(board.bytes) + "\n";
    std::error_code none;
    if (!fs::exists(mark, none)) return write_new_file(mark, head, true);
    const std::string before = VECHE_TRY(read_file(mark));
    if (before != head) return refuse(refusals::other_board_decrypted, {}, mark.string());
    return {};
}

/// The trustee's part for exactly the board of this record, which was recomputed whole.
result<ballot::partial_decryption> make_part(const ballot_options& options, const ballot_key& key,
                                             const ballot::record& r) {
    const std::int32_t me = VECHE_TRY(number_of(r.definition(), key));
    if (r.stage() != stage::decryptions)
        return refuse(refusals::ballot_stage, {}, std::string(name_of(r.stage())));
    const ballot::digest election = r.board()->terms().election;
    VECHE_CHECK(hold_to_one_board(options.key, election, r.board()->head()));
    auto share = VECHE_TRY(secret_share(r.definition(), me, key.seed, r.ceremony()));
    auto part = make_partial(election, r.board()->head(), *r.totals(), me, share, key.seed);
    ballot::wipe(share);
    return part;
}

result<void> decrypt(const ballot_options& options) {
    const ballot_key key = VECHE_TRY(read_ballot_key(options.key, holder::trustee));
    if (at_union(options)) {
        auto place = VECHE_TRY(polling_place::open(options));
        const auto r =
            VECHE_TRY(place.record(office::record_part::whole, thoroughness::everything, 0));
        const auto part = VECHE_TRY(make_part(options, key, r));
        return place.send(assembly::decrypt_secret_vote{place.vote(), part});
    }
    auto file = VECHE_TRY(record_file::open(options.record, false, thoroughness::everything));
    const auto part = VECHE_TRY(make_part(options, key, file.record()));
    return file.add(record_kind::partial_decryption, part);
}

int finish(const result<void>& verdict, std::string_view said, const terminal& on) {
    if (!verdict) return on.fail(verdict.error());
    on.say(said);
    if (on.json) on.out << "{\"done\":true}\n";
    return done;
}

}  // namespace

int ballot_keygen(const ballot_options& options, const terminal& on) {
    const bool voter = options.trustee.empty();
    const ballot_key key{voter ? holder::voter : holder::trustee, options.trustee,
                         ballot::random_seed()};
    if (const auto written = write_new_file(options.to, to_json(key) + "\n", true); !written)
        return on.fail(written.error().sentence());
    on.say("The secret is in " + options.to.string() + "; keep it. What is public:");
    // For a trustee exactly what a definition lists.
    const std::string open =
        voter ? to_json(made_credential{options.to.string(), ballot::credential_of(key.seed)})
              : to_json(ballot::make_trustee(key.name, key.seed));
    on.out << open << '\n';
    return done;
}

int ballot_start(const ballot_options& options, const terminal& on) {
    const auto start = [&]() -> result<void> {
        const auto d = VECHE_TRY(read_described<ballot::definition>(options.definition));
        const auto voters = VECHE_TRY(read_described<ballot::roll>(options.roll));
        const ballot::roll r = sorted(voters);
        // Everything is checked before the file is made.
        ballot::record trial;
        VECHE_CHECK(trial.take(trial.compose(record_kind::definition, d)));
        VECHE_CHECK(trial.take(trial.compose(record_kind::roll, r)));
        auto file = VECHE_TRY(record_file::open(options.record, true, thoroughness::everything));
        VECHE_CHECK(file.add(record_kind::definition, d));
        return file.add(record_kind::roll, r);
    };
    return finish(start(), "The record is begun; each trustee now runs veche ballot ceremony.", on);
}

int ballot_ceremony(const ballot_options& options, const terminal& on) {
    std::string said;
    const auto step = [&]() -> result<void> {
        const ballot_key key = VECHE_TRY(read_ballot_key(options.key, holder::trustee));
        said =
            VECHE_TRY(at_union(options) ? step_at_union(options, key) : step_in_file(options, key));
        return {};
    };
    const auto verdict = step();
    return finish(verdict, said, on);
}

int ballot_open(const ballot_options& options, const terminal& on) {
    const auto open = [&]() -> result<void> {
        auto file = VECHE_TRY(record_file::open(options.record, false, thoroughness::everything));
        const ballot::record& r = file.record();
        const auto joint = VECHE_TRY(finish_ceremony(r.definition(), r.ceremony()));
        const auto e =
            VECHE_TRY(open_election(r.definition(), r.roll(), joint.ceremony, joint.key));
        return file.add(record_kind::election, e);
    };
    return finish(open(), "The ballot is open.", on);
}

int ballot_close(const ballot_options& options, const terminal& on) {
    bool decryptable = false;
    const auto close = [&]() -> result<void> {
        auto file = VECHE_TRY(record_file::open(options.record, false, thoroughness::everything));
        const auto& board = file.record().board();
        if (!board)
            return refuse(refusals::ballot_stage, {}, std::string(name_of(file.record().stage())));
        const ballot::closing c{board->terms().election, board->head(),
                                static_cast<std::int64_t>(board->accepted()),
                                static_cast<std::int64_t>(board->counted())};
        VECHE_CHECK(file.add(record_kind::closing, c));
        decryptable = file.record().totals().has_value();
        return {};
    };
    const auto verdict = close();
    return finish(verdict,
                  decryptable ? "The ballot is closed; trustees now run veche ballot decrypt."
                              : "The ballot is closed. Too few took part: nothing is decrypted, "
                                "for the totals could reveal a choice.",
                  on);
}

int ballot_decrypt(const ballot_options& options, const terminal& on) {
    return finish(decrypt(options), "The trustee's part of the decryption is on the record.", on);
}

int ballot_tally(const ballot_options& options, const terminal& on) {
    const auto count = [&]() -> result<void> {
        auto file = VECHE_TRY(record_file::open(options.record, false, thoroughness::everything));
        const ballot::record& r = file.record();
        if (r.stage() != stage::decryptions)
            return refuse(refusals::ballot_stage, {}, std::string(name_of(r.stage())));
        const auto o =
            VECHE_TRY(tally(r.board()->terms().election, r.board()->head(), *r.totals(),
                            r.joint().verifying, r.definition().threshold, r.partials()));
        return file.add(record_kind::result, o);
    };
    if (const auto verdict = count(); !verdict) return on.fail(verdict.error());
    return ballot_verify(options, on);
}

}  // namespace veche::cli
