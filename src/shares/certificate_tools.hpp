#pragma once
// What the checks of certificates share, and no engine uses.

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kernel/hash.hpp"
#include "kernel/lottery.hpp"
#include "shares/shares.hpp"

namespace veche::shares::checking {

__extension__ typedef unsigned __int128 huge;

inline huge whole_of(std::int64_t value) {
    return static_cast<huge>(static_cast<std::uint64_t>(value));
}

/// a/b against c/d: of more than 64 bits digit by digit of their continued fractions, so that no
/// product leaves 128 bits. A denominator of zero is above everything, and `a` and `c` decide
/// between two of them.
inline int order_of(huge a, huge b, huge c, huge d) {
    if (b == 0 || d == 0) {
        if (b == 0 && d == 0) return a < c ? -1 : static_cast<int>(a > c);
        return b == 0 ? 1 : -1;
    }
    constexpr huge narrow = huge{1} << 64;
    if (a < narrow && b < narrow && c < narrow && d < narrow)
        return a * d < c * b ? -1 : static_cast<int>(a * d > c * b);
    for (int sign = 1;; sign = -sign) {
        const huge left = a / b;
        const huge right = c / d;
        if (left != right) return left < right ? -sign : sign;
        const huge left_rest = a % b;
        const huge right_rest = c % d;
        if (left_rest == 0 || right_rest == 0) {
            if (left_rest == right_rest) return 0;
            return left_rest == 0 ? -sign : sign;
        }
        a = b;
        b = left_rest;
        c = d;
        d = right_rest;
    }
}

struct quotient_of_seat {
    huge num = 0;
    huge den = 1;
};

inline int order_of(const quotient_of_seat& a, const quotient_of_seat& b) {
    return order_of(a.num, a.den, b.num, b.den);
}

inline std::int64_t sum_of(const std::vector<std::int64_t>& row) {
    return std::accumulate(row.begin(), row.end(), std::int64_t{0});
}

/// The names in the order in which the rule for ties serves them.
inline std::vector<std::string> served(const tie_rule& rule, std::vector<std::string> names) {
    if (rule.policy != tie_policy::lottery) return names;
    const hash256 seed = hash_from_hex(rule.seed.value_or("")).value_or(hash256{});
    const auto order =
        lottery_order(seed, rule.call.value_or(""), rule.programme.value_or("*"), names);
    std::vector<std::string> out;
    for (const std::size_t at : order) out.push_back(names[at]);
    return out;
}

inline std::string fault_of_tie(const tie_rule& rule, const tie& one,
                                const std::vector<std::string>& expected) {
    if (one.among != expected) return "the tie names others than those who stand equal";
    if (one.places < 1 || one.places >= static_cast<std::int64_t>(expected.size()))
        return "a tie has fewer places than stand equal, and at least one";
    if (rule.policy == tie_policy::open)
        return one.given.empty() ? "" : "the rule leaves ties open, and this one was settled";
    std::vector<std::string> first = served(rule, one.among);
    first.resize(static_cast<std::size_t>(one.places));
    std::vector<std::string> given = one.given;
    std::sort(first.begin(), first.end());
    std::sort(given.begin(), given.end());
    return first == given ? "" : "the tie was not settled by the rule for ties";
}

/// "100/3" or "50", of at most 38 digits each.
inline std::optional<std::pair<huge, huge>> read_fraction(std::string_view text) {
    const std::size_t slash = text.find('/');
    huge numbers[2] = {0, 1};
    const std::string_view sides[2] = {text.substr(0, slash),
                                       slash == text.npos ? "1" : text.substr(slash + 1)};
    for (std::size_t n = 0; n < 2; ++n) {
        if (sides[n].empty() || sides[n].size() > 38) return std::nullopt;
        numbers[n] = 0;
        for (const char c : sides[n]) {
            if (c < '0' || c > '9') return std::nullopt;
            numbers[n] = numbers[n] * 10 + static_cast<huge>(c - '0');
        }
    }
    if (numbers[1] == 0) return std::nullopt;
    return std::pair{numbers[0], numbers[1]};
}

/// One party on both sides of the line.
struct standing_at_line {
    std::string_view name;
    quotient_of_seat last;  ///< of the seat it got last
    bool has_last = false;  ///< whether it has one beyond its minimum
    quotient_of_seat next;
    bool has_next = false;
};

/// What both kinds of methods are checked for: the line between seats won and missed.
class line_check {
  public:
    line_check(const tie_rule& rule, const std::vector<tie>& ties) : rule_(rule), ties_(ties) {}

    std::string fault(const std::vector<standing_at_line>& all) {
        for (const standing_at_line& one : all) {
            if (one.has_last && (!won_ || order_of(one.last, won_->last) < 0)) won_ = &one;
            if (one.has_next && (!lost_ || order_of(one.next, lost_->next) > 0)) lost_ = &one;
        }
        if (won_ && lost_ && order_of(lost_->next, won_->last) > 0)
            return std::string(lost_->name) + " stands before " + std::string(won_->name) +
                   ", who has the seat";
        if (ties_.size() > 1) return "there can be one tie";
        const bool open = !ties_.empty() && ties_[0].given.empty();
        if (open) return fault_of_open(all);
        const bool equal = won_ && lost_ && order_of(lost_->next, won_->last) == 0;
        if (equal != !ties_.empty())
            return equal ? "parties stand equal, and no tie is named"
                         : "a tie is named where nobody stands equal";
        if (!equal) return {};
        std::vector<std::string> tied;
        std::int64_t holding = 0;
        for (const standing_at_line& one : all) {
            const bool holds = one.has_last && order_of(one.last, won_->last) == 0;
            if (!holds && !(one.has_next && order_of(one.next, won_->last) == 0)) continue;
            tied.emplace_back(one.name);
            if (!holds) continue;
            ++holding;
            const auto& given = ties_[0].given;
            if (std::find(given.begin(), given.end(), one.name) == given.end())
                return std::string(one.name) + " holds a seat of the tie that was given to others";
        }
        if (holding != ties_[0].places) return "the tie has another number of places";
        return fault_with(tied);
    }

  private:
    /// The seats of an open tie are with nobody, so that the tied are those who stand next.
    std::string fault_of_open(const std::vector<standing_at_line>& all) {
        if (!lost_) return "a tie is named where nobody can get a seat";
        if (won_ && order_of(won_->last, lost_->next) == 0)
            return "a party holds a seat that belongs to the tie";
        std::vector<std::string> tied;
        for (const standing_at_line& one : all)
            if (one.has_next && order_of(one.next, lost_->next) == 0) tied.emplace_back(one.name);
        return fault_with(tied);
    }

    std::string fault_with(const std::vector<std::string>& tied) {
        return fault_of_tie(rule_, ties_[0], tied);
    }

    const tie_rule& rule_;
    const std::vector<tie>& ties_;
    const standing_at_line* won_ = nullptr;
    const standing_at_line* lost_ = nullptr;
};

/// Parts of fault_in(contest): what the awards of the Dutch law must be.
std::string fault_of_dutch_law(const contest&, const certificate&,
                               const std::vector<std::size_t>& rank);

}  // namespace veche::shares::checking
