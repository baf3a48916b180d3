#pragma once
// One run of equal shares at one endowment. Money is reckoned in doubles, each with a bound of its
// error; wherever a bound leaves open which of two is greater, both are reckoned anew in exact
// rationals (exact_book.hpp). So no rounding decides, and rationals are rarely needed.

#include <memory>
#include <vector>

#include "budgeting/certificate.hpp"
#include "budgeting/exact_book.hpp"
#include "budgeting/supporters.hpp"

namespace veche::budgeting {

class shares_run {
  public:
    /// `tie_rank`: of each project its place among equals, the least first. `excluded`: out of it.
    shares_run(const election& e, const supporters& index, utility measure,
               std::vector<std::uint32_t> tie_rank, const std::vector<bool>& excluded);

    /// Buys until nothing is affordable, or what is bought costs more than `enough`.
    void go(const ratio& endowment, std::int64_t enough);

    [[nodiscard]] const std::vector<std::uint32_t>& bought() const { return bought_; }
    [[nodiscard]] std::int64_t cost() const { return cost_; }
    /// Questions that doubles left open, over all runs.
    [[nodiscard]] std::int64_t asked_exactly() const { return asked_exactly_; }
    /// Ballot entries looked at, over all runs.
    [[nodiscard]] std::int64_t entries_read() const { return entries_read_; }

  private:
    /// A price for each point, and how far the true one may lie from it.
    struct priced {
        std::uint32_t project = 0;
        double price = 0;
        double error = 0;
        bool plain = false;  // nobody is short: the price is cost / points, exactly
    };
    struct waiting {
        double key = 0;  // the utility of this project costs at least this for each unit
        std::uint32_t project = 0;
    };
    struct reading {
        double paid = 0;  // by all supporters at the price asked
        double able = 0;  // points of those who hold more than they pay
    };
    enum class verdict : std::uint8_t { dearer, cheaper, open };

    [[nodiscard]] reading read(std::uint32_t project, double price);
    template <bool Points>
    [[nodiscard]] reading read_rows(std::uint32_t project, double price) const;
    [[nodiscard]] double sum_error(std::uint32_t project, double sum) const;
    [[nodiscard]] double least_price(std::uint32_t project, double price, const reading& at) const;
    [[nodiscard]] verdict against_best(waiting& one, const priced& best);
    bool solve(std::uint32_t project, double from, priced& out);
    bool certify(priced& one);
    bool take_exactly(priced& one);
    [[nodiscard]] bool beats(const priced& one, const priced& best);
    bool choose(priced& best);
    void charge(const priced& one);
    exact_book& book();
    [[nodiscard]] double key_of(const priced& one) const;
    void push(waiting one);
    bool pop(waiting& one);
    bool expected(priced& best);

    const election& election_;
    const supporters& index_;
    bool by_cost_;
    std::vector<std::uint32_t> tie_rank_;
    std::vector<double> unit_;           // utility of each project for one point: its cost, or 1
    std::vector<waiting> first_;         // as the heap stands at the beginning of every run
    std::vector<waiting> heap_;          // with entries that hold no longer
    std::vector<double> key_;            // of each project, as it holds; below 0 where none waits
    std::vector<double> hint_;           // the price in the run before, 0 where it was not bought
    std::vector<std::uint32_t> before_;  // bought in the run before
    std::vector<double> holds_;
    std::vector<float> error_;  // of `holds_`, rounded up
    double worst_error_ = 0;
    ratio endowment_;
    std::unique_ptr<exact_book> book_;
    bool book_begun_ = false;
    std::vector<std::uint32_t> bought_;
    std::int64_t cost_ = 0;
    std::int64_t asked_exactly_ = 0;
    std::int64_t entries_read_ = 0;
};

}  // namespace veche::budgeting
