#pragma once
// The aim of a call and its lots as one number.

#include "kernel/hash.hpp"
#include "teams/problem.hpp"

namespace veche::teams {

/// The number that an assignment reaches:
///   utility first:  (utility * (people + 1) + placed) * below + lots
///   placed first:   (placed * above + utility) * below + lots
/// `above` is 1 and twice the sum of everybody's greatest absolute utility; `below` is 1 without a
/// seed, else 1 and 65,535 * people; `lots` sums, over all who are placed, 65,535 less the first
/// two bytes of their key at their site.
class score {
  public:
    score(const problem&, const call&);

    /// Sets the weights of all options, in 1/grain of the number.
    void weigh(problem&, int128 grain) const;
    /// Weighs by the aim without lots, and among equals by how many go elsewhere than `at`.
    void weigh_apart(problem&, const std::vector<std::uint32_t>& at, int128 grain) const;
    [[nodiscard]] int128 lots_below() const { return below_; }

  private:
    [[nodiscard]] int128 aim_of(const option&) const;

    const call& call_;
    hash256 seed_;  ///< read only where the call has one
    int128 people_;
    int128 above_ = 1;
    int128 below_ = 1;
};

}  // namespace veche::teams
