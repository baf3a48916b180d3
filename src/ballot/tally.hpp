#pragma once
// From ballots to a result: the product of all counted ciphertexts, each to the power of its
// voter's weight; partial decryptions with their proofs; and the totals.
//
// Only the whole board is tallied. The board is the chain of the trackers of all accepted ballots;
// every partial decryption names its head and proves itself under it, so that a decryption of any
// other set of ballots is no decryption of this board.

#include <map>
#include <set>
#include <span>
#include <vector>

#include "ballot/ballot.hpp"
#include "ballot/trustee.hpp"
#include "kernel/parts.hpp"

namespace veche::ballot {

/// Head of the board of an election without ballots, and after one more ballot.
digest empty_board(const digest& election);
digest next_board(const digest& head, const digest& tracker);

/// The ciphertexts of a counted ballot and its voter's weight.
struct counted_ballot {
    std::vector<ciphertext> choices;
    std::int64_t weight = 1;
};
std::vector<ciphertext> ciphertexts_of(const secret_ballot&);

/// The product of every ciphertext to the power of its weight, per choice.
struct encrypted_totals {
    std::vector<ciphertext> sums;
    std::int64_t ballots = 0;
    std::int64_t weight = 0;
};
/// Refuses where fewer took part than the definition's floors ask for. `choices` ciphertexts each.
result<encrypted_totals> aggregate(const definition&, std::span<const counted_ballot* const>);

/// The board of an election: which ballots were accepted, and which count. A value; `accept` alone
/// changes it.
class board {
  public:
    board(definition, roll, const election&);

    /// Verifies the ballot, that its credential is on the roll and that it is no repeat; it then
    /// replaces what the same credential cast before. Answers with its tracker.
    result<digest> accept(const secret_ballot&);
    /// The same for a ballot that `verify_ballot` already passed (verified beside, in threads).
    result<digest> accept_verified(const secret_ballot&);

    [[nodiscard]] const digest& head() const { return head_; }
    [[nodiscard]] std::size_t accepted() const { return trackers_.size(); }
    [[nodiscard]] std::size_t counted() const { return counted_.size(); }
    [[nodiscard]] const ballot::terms& terms() const { return terms_; }
    /// The tracker of the ballot that counts for this credential.
    [[nodiscard]] std::optional<digest> counted_for(const element& credential) const;
    [[nodiscard]] bool has(const digest& tracker) const { return trackers_.contains(tracker); }
    /// The totals, encrypted; refuses below the floors.
    [[nodiscard]] result<encrypted_totals> totals() const;

  private:
    friend struct veche::spelling;
    friend struct veche::part_access;
    template <class Self, class F>
    static void parts(Self& self, F&& f) {
        f(self.definition_, self.roll_, self.terms_, self.head_, self.trackers_, self.counted_);
    }

    struct entry {
        counted_ballot ballot;
        digest tracker;
    };
    board() = default;
    definition definition_;
    roll roll_;
    ballot::terms terms_;
    digest head_;
    std::set<digest> trackers_;
    std::map<element, entry> counted_;
};

struct decryption_share {
    element value;
    proof equality;
};
VECHE_FIELDS(decryption_share, (value, "alpha of the total to the power of the trustee's share."),
             (equality, "That it is that power."))

struct partial_decryption {
    digest election;
    digest board;
    std::int32_t trustee = 0;
    std::vector<decryption_share> shares;
};
VECHE_FIELDS(partial_decryption, (election, "Hash of the election."),
             (board, "Head of the board whose totals are decrypted."),
             (trustee, "Number of the trustee."), (shares, "One per choice."))

/// By trustee `me` with its `secret_share`.
partial_decryption make_partial(const digest& election, const digest& board,
                                const encrypted_totals&, std::int32_t me, const scalar& share,
                                const seed& randomness);
/// `verifying`: of `finish_ceremony`.
result<void> verify_partial(const digest& election, const digest& board, const encrypted_totals&,
                            std::span<const element> verifying, const partial_decryption&);
/// g to each total, by Lagrange from the first `threshold` valid partials of different trustees.
/// Invalid ones are passed over. Refuses where too few are valid.
result<std::vector<element>> combine(const digest& election, const digest& board,
                                     const encrypted_totals&, std::span<const element> verifying,
                                     std::int32_t threshold,
                                     std::span<const partial_decryption> partials);

/// The m in 0..bound with g^m each, by baby steps and giant steps (Shanks): about 2 sqrt(bound)
/// group operations for all together and one sqrt(bound) for each. Refuses where there is none.
result<std::vector<std::int64_t>> discrete_logs(std::span<const element>, std::int64_t bound);

/// The result of an election.
struct outcome {
    digest election;
    digest board;
    std::vector<std::int64_t> totals;
    std::int64_t ballots = 0;
    std::int64_t weight = 0;
    bool operator==(const outcome&) const = default;
};
VECHE_FIELDS(outcome, (election, "Hash of the election."), (board, "Head of the board."),
             (totals, "Weight of the ballots for each option, then of the blank votes."),
             (ballots, "Ballots counted."), (weight, "Sum of their weights."))

/// combine and discrete_logs: the result of a closed board.
result<outcome> tally(const digest& election, const digest& board, const encrypted_totals&,
                      std::span<const element> verifying, std::int32_t threshold,
                      std::span<const partial_decryption> partials);

}  // namespace veche::ballot
