#include "ballot/record.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ballot/refusal.hpp"

namespace veche::ballot {
namespace {

tl::unexpected<refusal> out_of_order(std::string why) {
    return refuse(refusals::out_of_order, {}, std::move(why));
}

/// Puts a message at the place of its trustee; messages come in any order.
template <class Message>
void place(std::vector<Message>& list, const Message& m) {
    const auto at = std::find_if(list.begin(), list.end(),
                                 [&](const Message& other) { return other.trustee > m.trustee; });
    list.insert(at, m);
}

}  // namespace

record::record(proofs when) : when_(when) {}

result<void> record::take(std::string_view line) {
    const auto damaged = [&](const refusal& why) {
        std::string sentence = why.sentence();
        if (sentence.ends_with('.')) sentence.pop_back();
        return refuse(refusals::record_damaged, why.field, std::to_string(lines_ + 1), sentence);
    };
    const auto read = from_json<record_line>(line);
    if (!read) return damaged(read.error());
    if (read->prev != head_)
        return refuse(refusals::record_damaged, "prev", std::to_string(lines_ + 1),
                      "it does not follow the line before");
    if (const auto taken = dispatch(*read); !taken) return damaged(taken.error());
    head_ = {sha256(line)};
    ++lines_;
    return {};
}

result<void> record::add(record_kind kind, const std::string& body) {
    const record_line line{{body}, head_, kind};
    VECHE_CHECK(dispatch(line));
    head_ = {sha256(to_json(line))};
    ++lines_;
    return {};
}

result<void> record::take_all(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos)
            return refuse(refusals::record_damaged, {}, std::to_string(lines_ + 1),
                          "it has no end");
        VECHE_CHECK(take(text.substr(0, end)));
        text.remove_prefix(end + 1);
    }
    return {};
}

result<void> record::expect(ballot::stage wanted) const {
    if (stage_ == wanted) return {};
    return out_of_order(fmt::format("the election is at the stage \"{}\"", name_of(stage_)));
}

result<void> record::speak(std::int32_t trustee, ballot::stage next) {
    spoken_.insert(trustee);
    if (spoken_.size() == definition_.trustees.size()) {
        spoken_.clear();
        stage_ = next;
    }
    return {};
}

result<void> record::dispatch(const record_line& line) {
    const std::string& body = line.body.bytes;
    switch (line.type) {
        case record_kind::definition:
            return take_definition(body);
        case record_kind::roll:
            return take_roll(body);
        case record_kind::key_commitment:
            return take_commitment(body);
        case record_kind::key_coefficients:
            return take_coefficients(body);
        case record_kind::key_shares:
            return take_shares(body);
        case record_kind::key_complaint:
            return take_complaint(body);
        case record_kind::key_confirmation:
            return take_confirmation(body);
        case record_kind::election:
            return take_election(body);
        case record_kind::ballot:
            return take_ballot(body);
        case record_kind::closing:
            return take_closing(body);
        case record_kind::partial_decryption:
            return take_partial(body);
        case record_kind::result:
            return take_result(body);
    }
    return out_of_order("there is no such type");
}

result<void> record::take_definition(const std::string& body) {
    VECHE_CHECK(expect(stage::definition));
    auto d = VECHE_TRY(from_json<ballot::definition>(body));
    VECHE_CHECK(check_definition(d));
    definition_ = std::move(d);
    stage_ = stage::roll;
    return {};
}

result<void> record::take_roll(const std::string& body) {
    VECHE_CHECK(expect(stage::roll));
    auto r = VECHE_TRY(from_json<ballot::roll>(body));
    // The whole of the rules for opening, so that no ceremony is held for nothing.
    VECHE_CHECK(open_election(definition_, r, {}, generate(to_scalar(1))));
    roll_ = std::move(r);
    stage_ = stage::commitments;
    return {};
}

result<void> record::take_commitment(const std::string& body) {
    VECHE_CHECK(expect(stage::commitments));
    const auto m = VECHE_TRY(from_json<key_commitment>(body));
    VECHE_CHECK(verify_commitment(definition_, m));
    if (has_spoken(m.trustee)) return out_of_order("this trustee has committed itself");
    place(ceremony_.commitments, m);
    return speak(m.trustee, stage::coefficients);
}

result<void> record::take_coefficients(const std::string& body) {
    VECHE_CHECK(expect(stage::coefficients));
    const auto m = VECHE_TRY(from_json<key_coefficients>(body));
    if (m.trustee < 1 || m.trustee > static_cast<std::int32_t>(definition_.trustees.size()))
        return refuse(refusals::trustee_unknown, "trustee", std::to_string(m.trustee));
    VECHE_CHECK(verify_coefficients(
        definition_, ceremony_.commitments[static_cast<std::size_t>(m.trustee - 1)], m));
    if (has_spoken(m.trustee)) return out_of_order("this trustee has shown its coefficients");
    place(ceremony_.coefficients, m);
    return speak(m.trustee, stage::shares);
}

result<void> record::take_shares(const std::string& body) {
    VECHE_CHECK(expect(stage::shares));
    const auto m = VECHE_TRY(from_json<key_shares>(body));
    VECHE_CHECK(verify_shares(definition_, m));
    if (has_spoken(m.trustee)) return out_of_order("this trustee has sent its shares");
    place(ceremony_.shares, m);
    return speak(m.trustee, stage::confirmations);
}

result<void> record::take_complaint(const std::string& body) {
    VECHE_CHECK(expect(stage::confirmations));
    const auto m = VECHE_TRY(from_json<key_complaint>(body));
    VECHE_CHECK(verify_complaint(definition_, ceremony_, m));
    stage_ = stage::abandoned;
    return {};
}

result<void> record::take_confirmation(const std::string& body) {
    VECHE_CHECK(expect(stage::confirmations));
    const auto m = VECHE_TRY(from_json<key_confirmation>(body));
    VECHE_CHECK(verify_confirmation(definition_, ceremony_, m));
    if (has_spoken(m.trustee)) return out_of_order("this trustee has confirmed");
    place(ceremony_.confirmations, m);
    return speak(m.trustee, stage::election);
}

result<void> record::take_election(const std::string& body) {
    VECHE_CHECK(expect(stage::election));
    const auto e = VECHE_TRY(from_json<ballot::election>(body));
    const auto joint = VECHE_TRY(finish_ceremony(definition_, ceremony_));
    const auto own = VECHE_TRY(open_election(definition_, roll_, joint.ceremony, joint.key));
    if (e != own) return refuse(refusals::other_election, {});
    joint_ = joint;
    election_ = e;
    board_.emplace(definition_, roll_, e);
    stage_ = stage::ballots;
    return {};
}

result<void> record::take_ballot(const std::string& body) {
    VECHE_CHECK(expect(stage::ballots));
    auto b = VECHE_TRY(from_json<secret_ballot>(body));
    if (when_ == proofs::now) {
        VECHE_CHECK(board_->accept(b));
        return {};
    }
    // What the tally relies on without looking again.
    if (b.election != board_->terms().election) return refuse(refusals::other_election, "election");
    if (b.choices.size() != static_cast<std::size_t>(board_->terms().choices))
        return refuse(refusals::ballot_malformed, "choices", "it has one choice too many or less");
    for (const encrypted_choice& c : b.choices)
        if (!is_generator(c.alpha) || !is_generator(c.beta))
            return refuse(refusals::not_an_element, "choices");
    VECHE_CHECK(board_->accept_verified(b));
    if (when_ == proofs::later) unverified_.push_back({lines_ + 1, std::move(b)});
    return {};
}

result<void> record::take_closing(const std::string& body) {
    VECHE_CHECK(expect(stage::ballots));
    const auto c = VECHE_TRY(from_json<closing>(body));
    if (c.election != board_->terms().election) return refuse(refusals::other_election, "election");
    if (c.board != board_->head() || c.accepted != static_cast<std::int64_t>(board_->accepted()) ||
        c.counted != static_cast<std::int64_t>(board_->counted()))
        return refuse(refusals::other_board, "board");
    auto totals = board_->totals();
    // A board below the floors is closed all the same, and stays without a result.
    if (totals) totals_ = *std::move(totals);
    stage_ = totals_ ? stage::decryptions : stage::abandoned;
    return {};
}

result<void> record::take_partial(const std::string& body) {
    VECHE_CHECK(expect(stage::decryptions));
    auto p = VECHE_TRY(from_json<partial_decryption>(body));
    if (p.trustee < 1 || p.trustee > static_cast<std::int32_t>(definition_.trustees.size()))
        return refuse(refusals::trustee_unknown, "trustee", std::to_string(p.trustee));
    // Only its own key could have made a proof that holds; one that does not hold is anybody's.
    if (verify_partial(board_->terms().election, board_->head(), *totals_, joint_.verifying, p)) {
        if (!spoken_.insert(p.trustee).second)
            return out_of_order("this trustee has decrypted the totals");
        partials_.push_back(std::move(p));
    } else {
        invalid_.push_back(p.trustee);
    }
    return {};
}

result<void> record::take_result(const std::string& body) {
    VECHE_CHECK(expect(stage::decryptions));
    const auto o = VECHE_TRY(from_json<ballot::outcome>(body));
    const auto powers = VECHE_TRY(combine(board_->terms().election, board_->head(), *totals_,
                                          joint_.verifying, definition_.threshold, partials_));
    // Checking a stated total needs no search: g to the total is what was decrypted.
    bool same = o.election == board_->terms().election && o.board == board_->head() &&
                o.ballots == totals_->ballots && o.weight == totals_->weight &&
                o.totals.size() == powers.size();
    for (std::size_t n = 0; same && n < powers.size(); ++n)
        same = o.totals[n] >= 0 && o.totals[n] <= totals_->weight &&
               generate(to_scalar(static_cast<std::uint64_t>(o.totals[n]))) == powers[n];
    if (!same) return refuse(refusals::result_differs);
    outcome_ = o;
    stage_ = stage::finished;
    return {};
}

}  // namespace veche::ballot
