#include "budgeting/committee.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include <gmpxx.h>

#include "budgeting/equal_shares.hpp"
#include "budgeting/refusal.hpp"
#include "budgeting/supporters.hpp"
#include "kernel/ratio.hpp"

namespace veche::budgeting {

namespace {

using member_list = std::vector<std::uint32_t>;
/// What the n-th member whom a ballot approves is worth, from 1, in units common to all n.
using worths = std::vector<std::int64_t>;

worths worths_of(std::string_view score) {
    worths out(most_seats + 1);
    std::int64_t unit = 1;
    const auto part = [&](std::size_t n) {
        return static_cast<std::int64_t>(score == "slav" ? 2 * n - 1 : n);
    };
    // Beyond the twentieth odd number the common unit would leave 64 bits; so would ballots.
    const std::size_t most = score == "slav" ? 15 : most_seats;
    for (std::size_t n = 1; n <= most; ++n) unit = std::lcm(unit, part(n));
    for (std::size_t n = 1; n <= most_seats; ++n) {
        if (score == "cc")
            out[n] = n == 1;
        else if (score == "geom2")
            out[n] = std::int64_t{1} << (most_seats - n);
        else if (n <= most)
            out[n] = unit / part(n);
    }
    return out;
}

class house {
  public:
    house(const election& e, std::size_t seats)
        : e_(e), index_(e), seats_(seats), in_(e.projects.size()) {}

    member_list elect(committee_rule rule) {
        switch (rule) {
            case committee_rule::av:
            case committee_rule::sav:
                by_votes(rule == committee_rule::sav);
                break;
            case committee_rule::pav:
            case committee_rule::slav:
            case committee_rule::cc:
            case committee_rule::geom2:
                return best(worths_of(name_of(rule)));
            case committee_rule::seqpav:
            case committee_rule::seqslav:
            case committee_rule::seqcc:
                one_by_one(worths_of(name_of(rule).substr(3)));
                break;
            case committee_rule::revseqpav:
                dismiss(worths_of("pav"));
                break;
            case committee_rule::seqphragmen:
                bear(std::vector<mpq_class>(e_.groups()));
                break;
            case committee_rule::phragmen_enestroem:
                pay_quota();
                break;
            case committee_rule::maximin_support:
                support_best();
                break;
            case committee_rule::equal_shares:
            case committee_rule::equal_shares_with_av_completion:
                share(rule == committee_rule::equal_shares);
        }
        return members();
    }

  private:
    [[nodiscard]] std::uint32_t candidates() const {
        return static_cast<std::uint32_t>(e_.projects.size());
    }

    [[nodiscard]] member_list members() const {
        member_list out;
        for (std::uint32_t c = 0; c < candidates(); ++c)
            if (in_[c]) out.push_back(c);
        return out;
    }

    [[nodiscard]] std::size_t size() const {
        return static_cast<std::size_t>(std::count(in_.begin(), in_.end(), true));
    }

    static mpz_class amount_of(std::int64_t value) { return mpz_class(static_cast<long>(value)); }

    /// Fills the house with whoever is best each time; of equals the first.
    template <class Value>
    void fill(const std::function<Value(std::uint32_t)>& value,
              const std::function<void(std::uint32_t)>& taken) {
        while (size() < seats_) {
            std::uint32_t best = candidates();
            Value most{};
            for (std::uint32_t c = 0; c < candidates(); ++c) {
                if (in_[c]) continue;
                Value now = value(c);
                if (best < candidates() && !(now > most)) continue;
                best = c;
                most = std::move(now);
            }
            in_[best] = true;
            taken(best);
        }
    }

    void by_votes(bool shared) {
        fill<mpq_class>(
            [&](std::uint32_t c) {
                mpq_class all;
                for (const supporter& one : index_.of(c)) {
                    const std::int64_t size = e_.begins[one.group + 1] - e_.begins[one.group];
                    all += mpq_class(one.count, shared ? static_cast<unsigned long>(size) : 1UL);
                }
                return all;
            },
            [](std::uint32_t) {});
    }

    /// How many members each group approves.
    [[nodiscard]] std::vector<std::uint32_t> approved() const {
        std::vector<std::uint32_t> out(e_.groups());
        for (std::uint32_t c = 0; c < candidates(); ++c)
            if (in_[c])
                for (const supporter& one : index_.of(c)) ++out[one.group];
        return out;
    }

    void one_by_one(const worths& worth) {
        std::vector<std::uint32_t> has(e_.groups());
        fill<int128>(
            [&](std::uint32_t c) {
                int128 gain = 0;
                for (const supporter& one : index_.of(c))
                    gain += static_cast<int128>(worth[has[one.group] + 1]) * one.count;
                return gain;
            },
            [&](std::uint32_t c) {
                for (const supporter& one : index_.of(c)) ++has[one.group];
            });
    }

    void dismiss(const worths& worth) {
        in_.assign(candidates(), true);
        while (size() > seats_) {
            const std::vector<std::uint32_t> has = approved();
            std::uint32_t least = candidates();
            int128 loss = 0;
            for (std::uint32_t c = 0; c < candidates(); ++c) {
                if (!in_[c]) continue;
                int128 now = 0;
                for (const supporter& one : index_.of(c))
                    now += static_cast<int128>(worth[has[one.group]]) * one.count;
                // Of equals the last leaves.
                if (least < candidates() && now > loss) continue;
                least = c;
                loss = now;
            }
            in_[least] = false;
        }
    }

    member_list best(const worths& worth) {
        member_list now;
        member_list most;
        int128 highest = -1;
        std::vector<std::uint32_t> has(e_.groups());
        const std::function<void(std::uint32_t, int128)> grow = [&](std::uint32_t from,
                                                                    int128 score) {
            if (now.size() == seats_) {
                if (score > highest) {
                    highest = score;
                    most = now;
                }
                return;
            }
            for (std::uint32_t c = from; c + (seats_ - now.size()) <= candidates(); ++c) {
                int128 gain = 0;
                for (const supporter& one : index_.of(c))
                    gain += static_cast<int128>(worth[++has[one.group]]) * one.count;
                now.push_back(c);
                grow(c + 1, score + gain);
                now.pop_back();
                for (const supporter& one : index_.of(c)) --has[one.group];
            }
        };
        grow(0, 0);
        return most;
    }

    /// Sequential Phragmen from these loads of one ballot of each group.
    void bear(std::vector<mpq_class> loads) {
        const auto next_load = [&](std::uint32_t c) {
            mpq_class all = 1;
            for (const supporter& one : index_.of(c)) all += loads[one.group] * one.count;
            return mpq_class(all / amount_of(index_.ballots[c]));
        };
        fill<std::pair<bool, mpq_class>>(
            [&](std::uint32_t c) {
                // Whoever nobody approves comes last.
                return index_.ballots[c] == 0 ? std::pair(false, mpq_class())
                                              : std::pair(true, mpq_class(-next_load(c)));
            },
            [&](std::uint32_t c) {
                if (index_.ballots[c] == 0) return;
                const mpq_class load = next_load(c);
                for (const supporter& one : index_.of(c)) loads[one.group] = load;
            });
    }

    void pay_quota() {
        const mpq_class quota(amount_of(e_.voters), amount_of(static_cast<std::int64_t>(seats_)));
        std::vector<mpq_class> weights(e_.groups(), mpq_class(1));
        const auto weight_of = [&](std::uint32_t c) {
            mpq_class all;
            for (const supporter& one : index_.of(c)) all += weights[one.group] * one.count;
            return all;
        };
        fill<mpq_class>(weight_of, [&](std::uint32_t c) {
            const mpq_class all = weight_of(c);
            const mpq_class kept =
                all * amount_of(static_cast<std::int64_t>(seats_)) > amount_of(e_.voters)
                    ? mpq_class((all - quota) / all)
                    : mpq_class();
            for (const supporter& one : index_.of(c)) weights[one.group] *= kept;
        });
    }

    /// The support that every member can have at once: by Hall's condition the least, over sets of
    /// members, of ballots that approve one of them divided by their number.
    [[nodiscard]] ratio least_support(const member_list& of) const {
        std::vector<std::uint32_t> marked(e_.groups());
        for (std::size_t n = 0; n < of.size(); ++n)
            for (const supporter& one : index_.of(of[n])) marked[one.group] |= 1U << n;
        ratio least{e_.voters, 1};
        for (std::uint32_t set = 1; set < 1U << of.size(); ++set) {
            std::int64_t ballots = 0;
            for (std::size_t g = 0; g < marked.size(); ++g)
                if ((marked[g] & set) != 0) ballots += e_.counts[g];
            least = std::min(least, ratio{ballots, __builtin_popcount(set)});
        }
        return least;
    }

    void support_best() {
        fill<ratio>(
            [&](std::uint32_t c) {
                member_list with = members();
                with.push_back(c);
                return least_support(with);
            },
            [](std::uint32_t) {});
    }

    void share(bool by_phragmen) {
        election unit = e_;
        unit.budget = static_cast<std::int64_t>(seats_);
        for (project& one : unit.projects) one.cost = 1;
        shares_rules rules;
        rules.measure = utility::cardinality;
        const shares_outcome made = equal_shares(unit, rules).value();
        for (const std::uint32_t c : made.bought) in_[c] = true;
        if (!by_phragmen) {
            by_votes(false);
            return;
        }
        const mpq_class endowment(amount_of(made.endowment.num), amount_of(made.endowment.den));
        std::vector<mpq_class> paid(e_.groups());
        for (const purchase& one : certify(unit, rules, made).purchases)
            for (std::uint32_t c = 0; c < candidates(); ++c)
                if (unit.projects[c].id == one.project)
                    for (const supporter& each : index_.of(c))
                        paid[each.group] =
                            std::min(mpq_class(paid[each.group] + mpq_class(one.price)), endowment);
        bear(std::move(paid));
    }

    const election& e_;
    supporters index_;
    std::size_t seats_;
    std::vector<bool> in_;
};

}  // namespace

result<std::vector<std::uint32_t>> committee(const election& e, std::size_t seats,
                                             committee_rule rule) {
    const std::size_t most = std::min(
        {most_seats, e.projects.size(), rule == committee_rule::slav ? std::size_t{15} : most_seats,
         rule == committee_rule::maximin_support ? std::size_t{16} : most_seats});
    if (seats < 1 || seats > most || e.projects.size() > most_seats)
        return refuse(refusals::posts_out_of_range, "seats", std::to_string(most));
    election unit = e;
    unit.budget = static_cast<std::int64_t>(seats);
    for (std::size_t c = 0; c < unit.projects.size(); ++c) unit.projects[c].cost = 1;
    VECHE_CHECK(check(unit));
    if (e.kind != ballot_kind::approval) return refuse(refusals::ballot_malformed, "ballots", "0");
    return house(unit, seats).elect(rule);
}

}  // namespace veche::budgeting
