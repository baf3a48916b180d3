#pragma once
// A rule as sums over its voters. Every comparison `a OP f b` is one number, a minus f times b, to
// which each ballot adds its own part. So another ballot of one voter, or ballots that are not
// known yet, need no counting anew: margins.cpp and reach.cpp stand on this.

#include <cstdint>
#include <utility>
#include <vector>

#include "charter/counting.hpp"

namespace veche::charter {

/// An answer while some ballots are open.
enum class known : std::uint8_t { no, open, yes };

/// Where a sum lies.
struct sum_bounds {
    int128 least = 0;
    int128 most = 0;
};
/// Whether such a sum stands in the relation to zero.
known against_zero(sum_bounds, comparison);

class rule_sums {
  public:
    /// all, any and negation of parts; everything else is a term: a sum compared with zero. The
    /// groups of `each` are written out as parts of an `all`.
    struct node {
        condition_kind kind = condition_kind::compare;
        std::vector<node> parts;
        std::size_t term = 0;
    };

    /// Both must outlive it.
    rule_sums(const rule&, std::vector<const voter*> voters);

    [[nodiscard]] const std::vector<node>& quorum() const { return quorum_; }
    [[nodiscard]] const node& pass() const { return pass_; }
    [[nodiscard]] const std::optional<node>& against() const { return against_; }

    [[nodiscard]] std::size_t terms() const { return terms_.size(); }
    [[nodiscard]] comparison relation(std::size_t term) const { return terms_[term].op; }
    /// What the ballot of the voter adds to the sum.
    [[nodiscard]] int128 part(std::size_t term, std::size_t voter, ballot said) const;
    /// What it begins with, whatever the ballots.
    [[nodiscard]] int128 constant(std::size_t term) const { return terms_[term].constant; }
    /// What a casting vote in favour adds (one more yes by number, among all).
    [[nodiscard]] int128 casting(std::size_t term) const { return terms_[term].casting; }
    /// Whether a cover stands in it: it is no sum over ballots, but changes only with who takes
    /// part.
    [[nodiscard]] bool has_cover(std::size_t term) const { return terms_[term].covers; }
    /// What its covers add, with these ballots; and between which bounds that lies for any ballots.
    [[nodiscard]] int128 cover(std::size_t term, const std::vector<ballot>& said) const;
    [[nodiscard]] sum_bounds any_cover(std::size_t term) const;

    /// The answer of a part of the rule, given the answers of its terms.
    template <class Answer>
    static known decide(const node& n, const Answer& answer_of) {
        switch (n.kind) {
            case condition_kind::all:
                return among(n.parts, answer_of, known::no, known::yes);
            case condition_kind::any:
                return among(n.parts, answer_of, known::yes, known::no);
            case condition_kind::negation:
                return opposite(decide(n.parts.front(), answer_of));
            default:
                return answer_of(n.term);
        }
    }
    static known opposite(known k) {
        if (k == known::open) return k;
        return k == known::yes ? known::no : known::yes;
    }

  private:
    struct sum {
        const condition* of = nullptr;
        std::size_t group = 0;  ///< which voters it looks at
        comparison op = comparison::equal;
        int128 constant = 0;
        int128 casting = 0;
        bool covers = false;
        const std::vector<std::int64_t>* left = nullptr;  ///< weights by voter
        const std::vector<std::int64_t>* right = nullptr;
    };

    /// `decisive` of one part is the answer of all; without one, any open part leaves it open.
    template <class Answer>
    static known among(const std::vector<node>& parts, const Answer& answer_of, known decisive,
                       known otherwise) {
        known out = otherwise;
        for (const node& part : parts) {
            const known one = decide(part, answer_of);
            if (one == decisive) return decisive;
            if (one == known::open) out = known::open;
        }
        return out;
    }

    node compile(const condition&, std::size_t group);
    node compile_groups(const condition&, std::size_t group);
    std::size_t add_term(const condition&, std::size_t group);
    std::size_t add_group(std::vector<char> inside);
    const std::vector<std::int64_t>& weights(const std::string& name);
    [[nodiscard]] bool is_named(const condition&, std::size_t voter) const;

    std::vector<const voter*> voters_;
    std::vector<std::vector<char>> groups_;  ///< which voters lie inside; the first holds all
    std::map<std::string, std::vector<std::int64_t>> weights_;
    std::vector<sum> terms_;
    std::vector<node> quorum_;
    node pass_;
    std::optional<node> against_;
};

}  // namespace veche::charter
