#include "charter/reach.hpp"

#include <algorithm>
#include <array>

#include "charter/sums.hpp"

namespace veche::charter {

namespace {

constexpr std::size_t max_voters = 4000;       // the search goes one level deeper for each
constexpr std::size_t max_bounds = 4'000'000;  // kept sums: voters times terms

/// Seats that vote together, as the rule sees them: one voter each, or blocs.
struct voting_unit {
    voter who;
    bool open = false;               ///< somebody there can vote
    std::vector<std::string> seats;  ///< that are held
};

std::vector<voting_unit> units_of(std::span<const voter> voters,
                                  const std::set<std::string>& vacant, bloc_mode blocs) {
    std::vector<voting_unit> out;
    std::map<std::string, std::size_t> place;
    for (const voter& v : voters) {
        const auto st = v.attributes.find("st");
        const bool bloc = blocs != bloc_mode::none && st != v.attributes.end();
        const std::string& id = bloc ? st->second : v.id;
        const auto [at, fresh] = place.try_emplace(id, out.size());
        if (fresh) out.push_back({{id, v.attributes, v.weights}, false, {}});
        voting_unit& u = out[at->second];
        if (vacant.contains(v.id)) continue;
        u.open = true;
        u.seats.push_back(v.id);
    }
    return out;
}

template <class Visit>
void visit_terms(const condition& c, const Visit& visit) {
    visit(c);
    for (const condition& part : c.parts) visit_terms(part, visit);
}

template <class Visit>
void visit_terms(const rule& r, const Visit& visit) {
    for (const condition& c : r.quorum) visit_terms(c, visit);
    visit_terms(r.pass, visit);
    if (r.against) visit_terms(*r.against, visit);
}

/// The selections by which the rule tells ballots apart.
std::set<selection> selections_of(const rule& r) {
    std::set<selection> out;
    const auto measured = [&](const measure& m) {
        if (m.kind == measure_kind::selection) out.insert(m.sel);
        if (m.kind == measure_kind::mincover) out.insert(selection::participating);
    };
    visit_terms(r, [&](const condition& c) {
        if (c.kind == condition_kind::none_of) out.insert(c.sel);
        if (c.kind != condition_kind::compare) return;
        measured(c.left);
        measured(c.right);
    });
    if (!r.silence) out.insert(selection::cast);
    if (r.tie != tie_break::reject) out.insert({selection::yes, selection::no});
    return out;
}

/// One of each sort of ballots that the rule does not tell apart, in the order given.
std::vector<ballot> told_apart(const rule& r, const std::vector<ballot>& from) {
    const auto by = selections_of(r);
    std::vector<ballot> out;
    for (const ballot b : from) {
        const bool seen = std::any_of(out.begin(), out.end(), [&](ballot other) {
            return std::all_of(by.begin(), by.end(),
                               [&](selection s) { return counts_in(s, b) == counts_in(s, other); });
        });
        if (!seen) out.push_back(b);
    }
    return out;
}

class search {
  public:
    search(const rule& r, std::vector<voting_unit> units, aim to, std::vector<ballot> options,
           std::int64_t steps)
        : rule_(r),
          units_(std::move(units)),
          aim_(to),
          options_(std::move(options)),
          steps_(steps),
          sums_(r, pointers(units_)) {}

    reach run() {
        if (units_.size() > max_voters || (units_.size() + 1) * sums_.terms() > max_bounds)
            return reach::undecided;
        prepare();
        const known found = go(0);
        if (found == known::open) return reach::undecided;
        return found == known::yes ? reach::possible : reach::impossible;
    }
    [[nodiscard]] const std::vector<voting_unit>& units() const { return units_; }
    [[nodiscard]] const std::vector<ballot>& said() const { return said_; }

  private:
    static std::vector<const voter*> pointers(const std::vector<voting_unit>& units) {
        std::vector<const voter*> out;
        for (const voting_unit& u : units) out.push_back(&u.who);
        return out;
    }

    [[nodiscard]] bool may_stand_aside() const {
        return std::find(options_.begin(), options_.end(), ballot::excluded) != options_.end();
    }
    [[nodiscard]] std::size_t choices(std::size_t u) const {
        return units_[u].open ? options_.size() : 1;
    }
    [[nodiscard]] ballot choice(std::size_t u, std::size_t n) const {
        return units_[u].open ? options_[n] : ballot::absent;
    }

    /// For each term and each voter: between which bounds the ballots from there on lie.
    void prepare() {
        said_.assign(units_.size(), ballot::absent);
        rest_.assign(sums_.terms(), std::vector<sum_bounds>(units_.size() + 1));
        so_far_.assign(sums_.terms(), 0);
        for (std::size_t t = 0; t < sums_.terms(); ++t) {
            so_far_[t] = sums_.constant(t);
            for (std::size_t u = units_.size(); u-- > 0;) {
                sum_bounds here{sums_.part(t, u, choice(u, 0)), sums_.part(t, u, choice(u, 0))};
                for (std::size_t n = 1; n < choices(u); ++n) {
                    const int128 one = sums_.part(t, u, choice(u, n));
                    here.least = std::min(here.least, one);
                    here.most = std::max(here.most, one);
                }
                rest_[t][u] = {rest_[t][u + 1].least + here.least,
                               rest_[t][u + 1].most + here.most};
            }
            // Where nobody stands aside, covers are fixed.
            if (!sums_.has_cover(t)) continue;
            const int128 fixed = sums_.cover(t, said_);
            covers_[t] = may_stand_aside() ? sums_.any_cover(t) : sum_bounds{fixed, fixed};
        }
        remaining_.assign(units_.size() + 1, 0);
        for (std::size_t u = units_.size(); u-- > 0;)
            remaining_[u] = remaining_[u + 1] + (units_[u].open ? 1 : 0);
    }

    [[nodiscard]] sum_bounds bounds(std::size_t t, std::size_t from, bool casting) const {
        sum_bounds out = rest_[t][from];
        out.least += so_far_[t];
        out.most += so_far_[t];
        if (sums_.has_cover(t)) {
            const bool all_known = from == units_.size() && may_stand_aside();
            const int128 exact = all_known ? sums_.cover(t, said_) : 0;
            const sum_bounds c = all_known ? sum_bounds{exact, exact} : covers_.at(t);
            out.least += c.least;
            out.most += c.most;
        }
        if (casting) {
            out.least += sums_.casting(t);
            out.most += sums_.casting(t);
        }
        return out;
    }

    [[nodiscard]] known holds(const rule_sums::node& n, std::size_t from, bool casting) const {
        return rule_sums::decide(n, [&](std::size_t t) {
            return against_zero(bounds(t, from, casting), sums_.relation(t));
        });
    }

    [[nodiscard]] known quorum(std::size_t from) const {
        known out = known::yes;
        for (const auto& n : sums_.quorum()) {
            const known one = holds(n, from, false);
            if (one == known::no) return one;
            if (one == known::open) out = one;
        }
        return out;
    }

    /// An empty vote adopts nothing.
    [[nodiscard]] known somebody_casts(std::size_t from) const {
        if (cast_ > 0) return known::yes;
        return remaining_[from] > 0 ? known::open : known::no;
    }

    [[nodiscard]] known tied(std::size_t from) const {
        const std::size_t apart = yes_ > no_ ? yes_ - no_ : no_ - yes_;
        if (apart > remaining_[from]) return known::no;
        if (remaining_[from] > 0) return known::open;
        return yes_ > 0 && apart == 0 ? known::yes : known::no;
    }

    static known both(known a, known b) {
        if (a == known::no || b == known::no) return known::no;
        return a == known::yes && b == known::yes ? known::yes : known::open;
    }
    static known either(known a, known b) {
        return rule_sums::opposite(both(rule_sums::opposite(a), rule_sums::opposite(b)));
    }

    [[nodiscard]] known adopted(std::size_t from) const {
        known out = holds(sums_.pass(), from, false);
        if (rule_.silence) return both(quorum(from), out);
        // Whoever looks for a text that falls finds the chair against it.
        if (aim_ == aim::adopted && rule_.tie != tie_break::reject && out != known::yes)
            out = either(out, both(tied(from), holds(sums_.pass(), from, true)));
        return both(both(quorum(from), somebody_casts(from)), out);
    }

    [[nodiscard]] known reached(std::size_t from) const {
        if (aim_ == aim::quorum) return quorum(from);
        const known out = adopted(from);
        return aim_ == aim::adopted ? out : rule_sums::opposite(out);
    }

    void put(std::size_t u, ballot b, int sign) {
        for (std::size_t t = 0; t < sums_.terms(); ++t) so_far_[t] += sign * sums_.part(t, u, b);
        const auto step = [&](std::size_t& counter) {
            if (sign > 0)
                ++counter;
            else
                --counter;
        };
        if (b == ballot::yes) step(yes_);
        if (b == ballot::no) step(no_);
        if (counts_in(selection::cast, b)) step(cast_);
    }

    /// Voters like the one before take no earlier choice than it: each mixture is tried once.
    [[nodiscard]] bool like_before(std::size_t u) const {
        if (u == 0) return false;
        const voting_unit& a = units_[u - 1];
        const voting_unit& b = units_[u];
        return a.open && b.open && a.who.attributes == b.who.attributes &&
               a.who.weights == b.who.weights && !named_.contains(a.who.id) &&
               !named_.contains(b.who.id);
    }

    known go(std::size_t u) {
        const known here = reached(u);
        if (here == known::no) return here;
        if (here == known::yes) {
            for (std::size_t rest = u; rest < units_.size(); ++rest) said_[rest] = choice(rest, 0);
            return here;
        }
        if (--steps_ < 0) return known::open;
        std::size_t first = 0;
        if (like_before(u))
            first = static_cast<std::size_t>(
                std::find(options_.begin(), options_.end(), said_[u - 1]) - options_.begin());
        for (std::size_t n = first; n < choices(u); ++n) {
            said_[u] = choice(u, n);
            put(u, said_[u], 1);
            const known below = go(u + 1);
            put(u, said_[u], -1);
            if (below != known::no) return below;
        }
        said_[u] = ballot::absent;
        return known::no;
    }

    const rule& rule_;
    std::vector<voting_unit> units_;
    aim aim_;
    std::vector<ballot> options_;
    std::int64_t steps_;
    rule_sums sums_;
    std::set<std::string> named_ = voters_named(rule_);
    std::vector<ballot> said_;
    std::vector<std::vector<sum_bounds>> rest_;  ///< by term and voter
    std::vector<int128> so_far_;                 ///< by term
    std::map<std::size_t, sum_bounds> covers_;
    std::vector<std::size_t> remaining_;  ///< voters from here on who can vote
    std::size_t yes_ = 0, no_ = 0, cast_ = 0;
};

/// Like voters stand together, the heaviest first: their ballots settle most.
void arrange(std::vector<voting_unit>& units) {
    const auto weight = [](const voting_unit& u) {
        int128 all = 0;
        for (const auto& [name, value] : u.who.weights) all += value;
        return all;
    };
    std::stable_sort(units.begin(), units.end(), [&](const voting_unit& a, const voting_unit& b) {
        const int128 wa = weight(a), wb = weight(b);
        if (wa != wb) return wa > wb;
        if (a.who.weights != b.who.weights) return a.who.weights < b.who.weights;
        if (a.who.attributes != b.who.attributes) return a.who.attributes < b.who.attributes;
        return a.open > b.open;
    });
}

}  // namespace

reach_answer can_reach(const rule& r, std::span<const voter> voters,
                       const std::set<std::string>& vacant, bloc_mode blocs, aim to,
                       std::int64_t steps) {
    std::vector<voting_unit> units = units_of(voters, vacant, blocs);
    arrange(units);
    using list = std::vector<ballot>;
    const list all_vote = to == aim::not_adopted
                              ? list{ballot::no, ballot::abstain, ballot::yes}
                              : list{ballot::yes, ballot::no, ballot::abstain, ballot::absent};
    list with_aside = all_vote;
    with_aside.push_back(ballot::excluded);
    reach_answer out;
    // Somebody who stands aside makes covers move, so that is tried only where nothing else does.
    for (const list& options : {all_vote, with_aside}) {
        search s(r, units, to, told_apart(r, options), steps);
        out.found = s.run();
        for (std::size_t u = 0; u < s.units().size() && out.found == reach::possible; ++u)
            for (const std::string& seat : s.units()[u].seats) out.ballots[seat] = s.said()[u];
        if (out.found != reach::impossible || to == aim::not_adopted) break;
    }
    return out;
}

namespace {

/// How a no that becomes a yes can move a term: for good or ill of its being true.
struct drift {
    bool helps = false;
    bool hurts = false;
};

/// The least and the most that the sum of a term can be.
sum_bounds range_of(const rule_sums& sums, std::size_t voters, std::size_t t) {
    sum_bounds out{sums.constant(t), sums.constant(t)};
    for (std::size_t v = 0; v < voters; ++v) {
        int128 least = sums.part(t, v, ballot::excluded);
        int128 most = least;
        for (const ballot b : {ballot::yes, ballot::no, ballot::abstain, ballot::absent}) {
            least = std::min(least, sums.part(t, v, b));
            most = std::max(most, sums.part(t, v, b));
        }
        out.least += least;
        out.most += most;
    }
    return out;
}

drift drift_of(const rule_sums& sums, std::size_t voters, std::size_t t) {
    bool rises = false;
    bool falls = false;
    for (std::size_t v = 0; v < voters; ++v) {
        const int128 change = sums.part(t, v, ballot::yes) - sums.part(t, v, ballot::no);
        rises = rises || change > 0;
        falls = falls || change < 0;
    }
    const comparison op = sums.relation(t);
    if (op == comparison::more || op == comparison::at_least) return {rises, falls};
    if (op == comparison::at_most || op == comparison::less) return {falls, rises};
    // An equality at the edge of what can be is an inequality.
    const sum_bounds range = range_of(sums, voters, t);
    if (!sums.has_cover(t) && range.most <= 0) return {rises, falls};
    if (!sums.has_cover(t) && range.least >= 0) return {falls, rises};
    return {rises || falls, rises || falls};
}

bool can_hurt(const rule_sums::node& n, const std::vector<drift>& drifts, bool negated) {
    if (n.kind == condition_kind::compare)
        return negated ? drifts[n.term].helps : drifts[n.term].hurts;
    const bool inside = negated != (n.kind == condition_kind::negation);
    return std::any_of(n.parts.begin(), n.parts.end(),
                       [&](const rule_sums::node& part) { return can_hurt(part, drifts, inside); });
}

}  // namespace

bool yes_never_hurts(const rule& r, std::span<const voter> voters, bloc_mode blocs) {
    const std::vector<voting_unit> units = units_of(voters, {}, blocs);
    std::vector<const voter*> who;
    for (const voting_unit& u : units) who.push_back(&u.who);
    const rule_sums sums(r, who);
    std::vector<drift> drifts;
    for (std::size_t t = 0; t < sums.terms(); ++t) drifts.push_back(drift_of(sums, who.size(), t));
    const auto hurts = [&](const rule_sums::node& n) { return can_hurt(n, drifts, false); };
    return std::none_of(sums.quorum().begin(), sums.quorum().end(), hurts) && !hurts(sums.pass());
}

}  // namespace veche::charter
