#pragma once
// The public record of one election: lines of canonical JSON, each naming the hash of the line
// before. Whoever has the record can recompute everything; docs/format/ballot.md specifies it.
//
//   definition, roll, key_commitment .. key_confirmation, election, ballot .., closing,
//   partial_decryption .., result
//
// On a union's journal the same bodies travel in commands of the assembly; the record is made from
// them again (office/secret_record.hpp).

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ballot/tally.hpp"
#include "kernel/parts.hpp"

namespace veche::ballot {

enum class record_kind : std::uint8_t {
    definition,
    roll,
    key_commitment,
    key_coefficients,
    key_shares,
    key_complaint,
    key_confirmation,
    election,
    ballot,
    closing,
    partial_decryption,
    result,
};
VECHE_CHOICES(record_kind, definition, roll, key_commitment, key_coefficients, key_shares,
              key_complaint, key_confirmation, election, ballot, closing, partial_decryption,
              result)

struct record_line {
    json::raw_json body;
    digest prev;
    record_kind type{};
};
VECHE_FIELDS(record_line, (body, "What is recorded; its form follows from the type."),
             (prev, "SHA-256 of the line before, without its end; zeros in the first line."),
             (type, "What it is."))

/// No ballot is accepted after it.
struct closing {
    digest election;
    digest board;
    std::int64_t accepted = 0;
    std::int64_t counted = 0;
};
VECHE_FIELDS(closing, (election, "Hash of the election."), (board, "Head of the board."),
             (accepted, "Ballots on the board."), (counted, "Ballots that count: one per voter."))

/// How far an election has come.
enum class stage : std::uint8_t {
    definition,
    roll,
    commitments,
    coefficients,
    shares,
    confirmations,
    election,
    ballots,
    decryptions,
    finished,
    abandoned,  ///< by a complaint that holds
};
VECHE_CHOICES(stage, definition, roll, commitments, coefficients, shares, confirmations, election,
              ballots, decryptions, finished, abandoned)

/// A ballot on a record whose proofs and signature nobody has checked yet.
struct unverified_ballot {
    std::size_t line;
    secret_ballot ballot;
};

/// A record read from its first line on. Each line is checked as it is taken: its bytes, its place,
/// its signatures and proofs. Only a partial decryption whose proof does not hold is taken and not
/// counted: else one trustee could spoil a result that the others can give.
class record {
  public:
    /// Whether ballots are verified as they are taken, left to the caller (who has threads) in
    /// `unverified`, or were verified by the caller before.
    enum class proofs : std::uint8_t { now, later, before };
    explicit record(proofs when = proofs::now);

    /// The next line, without its end. After a refusal the record is as it was before.
    result<void> take(std::string_view line);
    /// Takes a body as the next line would bring it. A refusal is the body's own.
    result<void> add(record_kind, const std::string& body);
    /// All lines of a text in which each ends with a line feed.
    result<void> take_all(std::string_view text);
    /// The line that comes next for a body; it is not taken yet.
    template <class T>
    [[nodiscard]] std::string compose(record_kind kind, const T& body) const {
        return to_json(record_line{{to_json(body)}, head_, kind});
    }

    [[nodiscard]] ballot::stage stage() const { return stage_; }
    [[nodiscard]] std::size_t lines() const { return lines_; }
    /// Hash of the last line: by it two records are told apart.
    [[nodiscard]] const digest& head() const { return head_; }
    [[nodiscard]] const ballot::definition& definition() const { return definition_; }
    [[nodiscard]] const ballot::roll& roll() const { return roll_; }
    [[nodiscard]] const ballot::ceremony& ceremony() const { return ceremony_; }
    [[nodiscard]] const joint_key& joint() const { return joint_; }
    [[nodiscard]] const std::optional<ballot::election>& election() const { return election_; }
    [[nodiscard]] const std::optional<ballot::board>& board() const { return board_; }
    [[nodiscard]] const std::optional<encrypted_totals>& totals() const { return totals_; }
    [[nodiscard]] const std::vector<partial_decryption>& partials() const { return partials_; }
    [[nodiscard]] const std::optional<ballot::outcome>& outcome() const { return outcome_; }
    /// Numbers of trustees whose partial decryption does not hold.
    [[nodiscard]] const std::vector<std::int32_t>& invalid_partials() const { return invalid_; }
    /// Whether this trustee has sent the message of the present stage of the ceremony.
    [[nodiscard]] bool has_spoken(std::int32_t trustee) const { return spoken_.contains(trustee); }

    [[nodiscard]] const std::vector<unverified_ballot>& unverified() const { return unverified_; }

  private:
    friend struct veche::part_access;
    template <class Self, class F>
    static void parts(Self& self, F&& f) {
        f(self.when_, self.stage_, self.head_, self.lines_, self.definition_, self.roll_,
          self.ceremony_, self.spoken_, self.joint_, self.election_, self.board_, self.totals_,
          self.partials_, self.invalid_, self.outcome_, self.unverified_);
    }

    result<void> dispatch(const record_line&);
    result<void> take_definition(const std::string& body);
    result<void> take_roll(const std::string& body);
    result<void> take_commitment(const std::string& body);
    result<void> take_coefficients(const std::string& body);
    result<void> take_shares(const std::string& body);
    result<void> take_complaint(const std::string& body);
    result<void> take_confirmation(const std::string& body);
    result<void> take_election(const std::string& body);
    result<void> take_ballot(const std::string& body);
    result<void> take_closing(const std::string& body);
    result<void> take_partial(const std::string& body);
    result<void> take_result(const std::string& body);
    [[nodiscard]] result<void> expect(ballot::stage) const;
    /// A trustee speaks once in each stage; when all have, the next stage begins.
    result<void> speak(std::int32_t trustee, ballot::stage next);

    proofs when_;
    ballot::stage stage_ = ballot::stage::definition;
    digest head_;
    std::size_t lines_ = 0;
    ballot::definition definition_;
    ballot::roll roll_;
    ballot::ceremony ceremony_;
    std::set<std::int32_t> spoken_;
    joint_key joint_;
    std::optional<ballot::election> election_;
    std::optional<ballot::board> board_;
    std::optional<encrypted_totals> totals_;
    std::vector<partial_decryption> partials_;
    std::vector<std::int32_t> invalid_;
    std::optional<ballot::outcome> outcome_;
    std::vector<unverified_ballot> unverified_;
};

}  // namespace veche::ballot
