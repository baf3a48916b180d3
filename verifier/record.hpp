#pragma once
// The public record, read line by line; every rule of docs/format/ballot.md is checked here.

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "group.hpp"
#include "json.hpp"

namespace verifier {

struct proof {
    number c;
    number z;
};

struct pair {
    point alpha;
    point beta;
};

struct choice {
    pair sealed;
    std::vector<proof> proofs;
};

struct ballot {
    std::size_t line = 0;
    point credential;
    std::vector<choice> choices;
    std::vector<proof> range;
    proof signature;
    bytes32 tracker{};
};

class record {
  public:
    /// Everything but the proofs and signatures of ballots; faults name the line.
    void read(std::string_view text);
    /// Those, by so many threads (0: one per core).
    void verify_ballots(unsigned threads) const;
    /// What was found, for a person.
    [[nodiscard]] std::string summary() const;

  private:
    void line(std::string_view text);
    void definition(const value&);
    void roll(const value&);
    void commitment(const value&);
    void coefficients(const value&);
    void shares(const value&);
    void complaint(const value&);
    void confirmation(const value&);
    void election(const value&);
    void one_ballot(const value&);
    void closing(const value&);
    void partial(const value&);
    void result(const value&);

    /// The trustee that sends a message of this stage, for the first time.
    std::size_t sender(const value& message);
    void signature(const value& message, std::string_view kind, std::size_t who,
                   const bytes32& content) const;
    void next_stage();
    /// The next stage, once every trustee has spoken.
    void wait_for_all();
    [[nodiscard]] bytes32 transcript() const;
    [[nodiscard]] point committed(std::size_t dealer, std::uint64_t at) const;
    void sum_up();
    void check_ballot(const ballot&) const;
    void check_one_of(const parts& statement, const pair& what, std::uint64_t least,
                      const std::vector<proof>& proofs) const;
    [[nodiscard]] std::vector<point> decrypted() const;

    struct trustee {
        std::string name;
        point signing;
        point encryption;
        bytes32 promise{};
        std::vector<point> coefficients;
        bytes32 coefficients_hash{};
        point ephemeral;
        std::vector<number> shares;
        bytes32 shares_hash{};
        point verifying;
    };

    std::size_t lines_ = 0;
    std::string stage_ = "definition";
    bytes32 head_{};
    bytes32 definition_hash_{};
    std::vector<std::string> options_;
    bool blank_ = false;
    std::uint64_t least_ = 0, most_ = 0, floor_ = 0, weight_floor_ = 0, threshold_ = 0;
    std::vector<trustee> trustees_;
    std::set<std::size_t> spoken_;
    bytes32 roll_hash_{};
    std::map<point, std::int64_t> weights_;
    std::int64_t total_weight_ = 0;
    bytes32 election_hash_{};
    point key_;
    bytes32 board_{};
    std::vector<ballot> ballots_;
    std::set<bytes32> trackers_;
    std::map<point, std::size_t> counted_;  ///< credential: its last ballot
    std::vector<pair> sums_;
    std::int64_t counted_weight_ = 0;
    std::map<std::size_t, std::vector<point>> partials_;
    std::size_t invalid_partials_ = 0;
    std::vector<std::int64_t> totals_;
};

}  // namespace verifier
