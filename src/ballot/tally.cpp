#include "ballot/tally.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "ballot/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::ballot {
namespace {

transcript decryption_statement(const digest& election, const digest& board, std::int32_t trustee,
                                std::size_t choice) {
    return transcript("veche/ballot/decryption/1")
        .add(election)
        .add(board)
        .add(static_cast<std::uint64_t>(trustee))
        .add(choice);
}

void multiply(std::vector<ciphertext>& into, const std::vector<ciphertext>& by) {
    for (std::size_t n = 0; n < into.size(); ++n)
        into[n] = {into[n].alpha * by[n].alpha, into[n].beta * by[n].beta};
}

/// Baby steps: g^0 .. g^(size - 1), found by the first eight bytes of their encoding.
class baby_steps {
  public:
    explicit baby_steps(std::uint32_t size) : size_(size) {
        steps_.reserve(size);
        element at;
        const element g = generate(to_scalar(1));
        for (std::uint32_t n = 0; n < size; ++n) {
            steps_.emplace_back(key_of(at), n);
            at = at * g;
        }
        giant_ = at;
        std::sort(steps_.begin(), steps_.end());
    }

    [[nodiscard]] std::optional<std::int64_t> find(element target, std::int64_t bound) const {
        const element wanted = target;
        for (std::int64_t base = 0; base <= bound; base += size_) {
            const std::uint64_t key = key_of(target);
            auto at = std::lower_bound(steps_.begin(), steps_.end(), step{key, 0});
            for (; at != steps_.end() && at->first == key; ++at) {
                const std::int64_t found = base + at->second;
                if (found <= bound &&
                    generate(to_scalar(static_cast<std::uint64_t>(found))) == wanted)
                    return found;
            }
            target = target / giant_;
        }
        return std::nullopt;
    }

  private:
    using step = std::pair<std::uint64_t, std::uint32_t>;
    static std::uint64_t key_of(const element& e) {
        std::uint64_t key = 0;
        std::memcpy(&key, e.bytes.data(), sizeof key);
        return key;
    }
    std::uint32_t size_;
    std::vector<step> steps_;
    element giant_;
};

}  // namespace

digest empty_board(const digest& election) {
    return transcript("veche/ballot/board/1").add(election).hash();
}

digest next_board(const digest& head, const digest& tracker) {
    return transcript("veche/ballot/board/1").add(head).add(tracker).hash();
}

std::vector<ciphertext> ciphertexts_of(const secret_ballot& b) {
    std::vector<ciphertext> out;
    out.reserve(b.choices.size());
    for (const encrypted_choice& c : b.choices) out.push_back({c.alpha, c.beta});
    return out;
}

result<encrypted_totals> aggregate(const definition& d,
                                   std::span<const counted_ballot* const> ballots) {
    const std::size_t choices = d.options.size() + (d.blank ? 1 : 0);
    if (ballots.size() < static_cast<std::size_t>(d.floor))
        return refuse(refusals::too_few_ballots, {}, std::to_string(ballots.size()),
                      std::to_string(d.floor));
    encrypted_totals out{std::vector<ciphertext>(choices),
                         static_cast<std::int64_t>(ballots.size()), 0};
    // Ballots of one weight are multiplied first: one power per weight instead of one per ballot.
    struct group {
        std::vector<ciphertext> product;
        std::int64_t count = 0;
    };
    std::map<std::int64_t, group> by_weight;
    for (const counted_ballot* b : ballots) {
        VECHE_ENSURE(b->choices.size() == choices, "a counted ballot has every choice");
        group& g = by_weight[b->weight];
        if (g.count++ == 0)
            g.product = b->choices;
        else
            multiply(g.product, b->choices);
        out.weight += b->weight;
    }
    for (auto& [weight, g] : by_weight) {
        if (g.count < d.weight_floor)
            return refuse(refusals::weight_too_rare, {}, std::to_string(g.count),
                          std::to_string(weight), std::to_string(d.weight_floor));
        if (weight > 1) {
            const scalar times = to_scalar(static_cast<std::uint64_t>(weight));
            for (ciphertext& c : g.product) c = {power(c.alpha, times), power(c.beta, times)};
        }
        multiply(out.sums, g.product);
    }
    return out;
}

board::board(definition d, roll r, const election& e)
    : definition_(std::move(d)),
      roll_(std::move(r)),
      terms_(terms_of(definition_, e)),
      head_(empty_board(terms_.election)) {}

result<digest> board::accept(const secret_ballot& b) {
    VECHE_CHECK(verify_ballot(terms_, b));
    return accept_verified(b);
}

result<digest> board::accept_verified(const secret_ballot& b) {
    const auto weight = weight_of(roll_, b.credential);
    if (!weight) return refuse(refusals::credential_unknown, "credential");
    const digest tracker = tracker_of(b);
    if (!trackers_.insert(tracker).second) return refuse(refusals::ballot_repeated);
    counted_[b.credential] = {{ciphertexts_of(b), *weight}, tracker};
    head_ = next_board(head_, tracker);
    return tracker;
}

std::optional<digest> board::counted_for(const element& credential) const {
    const auto at = counted_.find(credential);
    if (at == counted_.end()) return std::nullopt;
    return at->second.tracker;
}

result<encrypted_totals> board::totals() const {
    std::vector<const counted_ballot*> ballots;
    ballots.reserve(counted_.size());
    for (const auto& [credential, e] : counted_) ballots.push_back(&e.ballot);
    return aggregate(definition_, ballots);
}

partial_decryption make_partial(const digest& election, const digest& board,
                                const encrypted_totals& totals, std::int32_t me,
                                const scalar& share, const seed& randomness) {
    partial_decryption out{election, board, me, {}};
    for (std::size_t n = 0; n < totals.sums.size(); ++n) {
        const element& base = totals.sums[n].alpha;
        out.shares.push_back(
            {power(base, share), prove_equal_logs(decryption_statement(election, board, me, n),
                                                  share, base, randomness)});
    }
    return out;
}

result<void> verify_partial(const digest& election, const digest& board,
                            const encrypted_totals& totals, std::span<const element> verifying,
                            const partial_decryption& p) {
    if (p.election != election) return refuse(refusals::other_election, "election");
    if (p.board != board) return refuse(refusals::other_board, "board");
    if (p.trustee < 1 || p.trustee > static_cast<std::int32_t>(verifying.size()))
        return refuse(refusals::trustee_unknown, "trustee", std::to_string(p.trustee));
    if (p.shares.size() != totals.sums.size()) return refuse(refusals::other_board, "shares");
    const element& key = verifying[static_cast<std::size_t>(p.trustee - 1)];
    for (std::size_t n = 0; n < p.shares.size(); ++n)
        if (!equal_logs_hold(decryption_statement(election, board, p.trustee, n), key,
                             totals.sums[n].alpha, p.shares[n].value, p.shares[n].equality))
            return refuse(refusals::proof_wrong, fmt::format("shares.{}", n),
                          "the trustee decrypted with its share of the key");
    return {};
}

result<std::vector<element>> combine(const digest& election, const digest& board,
                                     const encrypted_totals& totals,
                                     std::span<const element> verifying, std::int32_t threshold,
                                     std::span<const partial_decryption> partials) {
    std::map<std::int32_t, const partial_decryption*> valid;
    for (const partial_decryption& p : partials) {
        if (valid.size() == static_cast<std::size_t>(threshold)) break;
        if (verify_partial(election, board, totals, verifying, p)) valid.emplace(p.trustee, &p);
    }
    if (valid.size() < static_cast<std::size_t>(threshold))
        return refuse(refusals::partials_missing, {}, std::to_string(valid.size()),
                      std::to_string(threshold));
    std::vector<std::int32_t> who;
    for (const auto& [number, p] : valid) who.push_back(number);
    std::vector<element> out;
    for (std::size_t n = 0; n < totals.sums.size(); ++n) {
        element mask;
        for (const auto& [number, p] : valid)
            mask = mask * power(p->shares[n].value, lagrange(number, who));
        out.push_back(totals.sums[n].beta / mask);
    }
    return out;
}

result<std::vector<std::int64_t>> discrete_logs(std::span<const element> targets,
                                                std::int64_t bound) {
    VECHE_ENSURE(bound >= 0 && bound <= max_weight, "the bound is a total weight");
    std::uint32_t size = 1;
    while (static_cast<std::int64_t>(size) * size <= bound) ++size;
    const baby_steps steps(size);
    std::vector<std::int64_t> out;
    for (const element& target : targets) {
        const auto found = steps.find(target, bound);
        if (!found) return refuse(refusals::total_not_found);
        out.push_back(*found);
    }
    return out;
}

result<outcome> tally(const digest& election, const digest& board, const encrypted_totals& totals,
                      std::span<const element> verifying, std::int32_t threshold,
                      std::span<const partial_decryption> partials) {
    const auto powers = VECHE_TRY(combine(election, board, totals, verifying, threshold, partials));
    outcome out{election, board, {}, totals.ballots, totals.weight};
    out.totals = VECHE_TRY(discrete_logs(powers, totals.weight));
    return out;
}

}  // namespace veche::ballot
