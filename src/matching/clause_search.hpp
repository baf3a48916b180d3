#pragma once
// Whether clauses can hold together: a complete search that learns from its conflicts
// (Marques-Silva and Sakallah 1999; two watched literals after Moskewicz et al. 2001). Whole
// numbers alone steer it, so that it goes the same way on every machine.

#include <cstdint>
#include <span>
#include <vector>

namespace veche::matching {

/// Variable n as 2n, its negation as 2n + 1.
struct literal {
    std::uint32_t code = 0;
    [[nodiscard]] std::uint32_t variable() const { return code / 2; }
    [[nodiscard]] bool negated() const { return (code & 1) != 0; }
    literal operator~() const { return {code ^ 1}; }
    bool operator==(const literal&) const = default;
};

class clause_search {
  public:
    /// A new variable; tried first with `hint`.
    literal variable(bool hint);
    void clause(std::vector<literal> any_of);

    enum class answer : std::uint8_t { holds, contradicts, given_up };
    answer solve(std::uint64_t most_conflicts);
    /// After `holds`.
    [[nodiscard]] bool value(literal l) const { return truth_[l.code] == 1; }
    [[nodiscard]] std::uint64_t conflicts() const { return conflicts_; }

  private:
    static constexpr std::uint32_t no_clause = UINT32_MAX;

    void assume(literal l, std::uint32_t because);
    std::uint32_t propagate();
    void learn(std::uint32_t conflict, std::vector<literal>& learnt, std::size_t& back_to);
    void undo(std::size_t level);
    void bump(std::uint32_t variable);
    bool decide();
    void attach(std::uint32_t clause);
    void heap_up(std::size_t at);
    void heap_down(std::size_t at);
    void heap_insert(std::uint32_t variable);

    std::vector<std::vector<literal>> clauses_;
    std::vector<std::vector<std::uint32_t>> watches_;  ///< by literal that became false
    std::vector<std::int8_t> truth_;                   ///< of each literal: 1, -1, 0 open
    std::vector<bool> phase_;
    std::vector<std::uint32_t> reason_;
    std::vector<std::size_t> level_;
    std::vector<literal> trail_;
    std::vector<std::size_t> levels_;  ///< where each level begins in the trail
    std::size_t seen_ = 0;
    std::vector<std::uint64_t> weight_;
    std::uint64_t step_ = 1 << 10;
    std::vector<std::uint32_t> heap_;
    std::vector<std::size_t> place_;
    std::vector<bool> marked_;
    std::uint64_t conflicts_ = 0;
    bool contradicts_ = false;
};

}  // namespace veche::matching
