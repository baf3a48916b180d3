#pragma once
// What voters hold and pay, in exact rationals. Those who hold the same are one class, so that a
// purchase is reckoned once for each class of its supporters and not for each voter.

#include <memory>
#include <string>

#include "budgeting/supporters.hpp"
#include "kernel/ratio.hpp"

namespace veche::budgeting {

class exact_book {
  public:
    exact_book(const supporters& index, const election& e);
    ~exact_book();
    exact_book(const exact_book&) = delete;
    exact_book& operator=(const exact_book&) = delete;

    /// Everybody holds this, and nothing is bought.
    void begin(const ratio& endowment);
    /// Takes note of a purchase; it is reckoned when something is asked.
    void buy(std::uint32_t project);

    /// Whether its supporters hold at least its cost.
    bool affordable(std::uint32_t project);
    /// The price (for each point) at which it is paid, as near as a double can be: within one unit
    /// in the last place. Only of what is affordable.
    double price(std::uint32_t project);
    /// Below zero where `a` costs less for each unit of utility than `b`; zero where both the same.
    int compare(std::uint32_t a, std::uint32_t b, bool by_cost);

    /// As fractions in text.
    std::string price_text(std::uint32_t project);
    std::string effective_votes_text(std::uint32_t project, bool by_cost);
    std::string money_text(std::uint32_t project);  ///< what its supporters hold

  private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace veche::budgeting
