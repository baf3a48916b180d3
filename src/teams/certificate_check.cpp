#include "teams/certificate_check.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "kernel/lottery.hpp"

namespace veche::teams {
namespace {

/// Thrown and caught within this file.
struct does_not_hold {
    std::string what;
};

void demand(bool holds, const std::string& what) {
    if (!holds) throw does_not_hold{what};
}

int128 number_from(const std::string& text) {
    const bool below = text.starts_with('-');
    int128 value = 0;
    demand(text.size() > (below ? 1U : 0U) && text.size() <= 40, "\"" + text + "\" is no number");
    for (const char c : text.substr(below ? 1 : 0)) {
        demand(c >= '0' && c <= '9' && !__builtin_mul_overflow(value, 10, &value) &&
                   !__builtin_add_overflow(value, c - '0', &value),
               "\"" + text + "\" is no number");
    }
    return below ? -value : value;
}

int128 plus(int128 a, int128 b) {
    int128 sum = 0;
    demand(!__builtin_add_overflow(a, b, &sum), "numbers are too large");
    return sum;
}

int128 times(int128 a, int128 b) {
    int128 product = 0;
    demand(!__builtin_mul_overflow(a, b, &product), "numbers are too large");
    return product;
}

int128 floor_ratio(int128 value, int128 by) {
    return value / by - (value % by != 0 && value < 0 ? 1 : 0);
}

bool counts_in(const window& w, const person& who) {
    if (w.what == "size") return true;
    if (w.what == "skill")
        return std::find(who.skills.begin(), who.skills.end(), w.value) != who.skills.end();
    const auto own = who.features.find(w.what);
    return own != who.features.end() && own->second == w.value;
}

class judge {
  public:
    judge(const call& c, const outcome& o) : call_(c), out_(o) {
        for (std::size_t s = 0; s < c.sites.size(); ++s) site_at_[c.sites[s].id] = s;
        for (std::size_t p = 0; p < c.people.size(); ++p) person_at_[c.people[p].id] = p;
        demand(o.grain >= 1, "the grain is no positive number");
        size_up();
        weigh();
    }

    void all() {
        places();
        const int128 most = highest();
        demand(floor_ratio(most, out_.grain) <= number_from(out_.bound),
               "the parts do not prove the bound " + out_.bound);
        verdict_holds(most);
    }

  private:
    void size_up() {
        for (const person& one : call_.people) {
            std::int64_t greatest = 0;
            for (const wish& w : one.wishes) greatest = std::max({greatest, w.utility, -w.utility});
            above_ += 2 * greatest;
        }
        if (call_.seed) below_ += int128{65'535} * static_cast<std::int64_t>(call_.people.size());
    }

    /// What a person at a site adds to the number.
    void weigh() {
        const auto people = static_cast<std::int64_t>(call_.people.size());
        const hash256 seed = hash_from_hex(call_.seed.value_or("")).value_or(hash256{});
        for (const person& one : call_.people) {
            std::vector<int128> row;
            std::vector<std::size_t> sites;
            for (const wish& w : one.wishes) {
                sites.push_back(site_at_.at(w.site));
                int128 adds = call_.first == aim::utility_then_placed
                                  ? int128{w.utility} * (people + 1) + 1
                                  : above_ + w.utility;
                adds *= below_;
                if (call_.seed) {
                    const hash256 key = lottery_key(seed, call_.id, w.site, one.id);
                    adds += 65'535 - (key[0] * 256 + key[1]);
                }
                row.push_back(adds);
            }
            adds_.push_back(std::move(row));
            sites_of_.push_back(std::move(sites));
        }
    }

    [[nodiscard]] std::size_t wish_of(std::size_t p, const std::string& site) const {
        const auto& wishes = call_.people[p].wishes;
        const auto found = std::find_if(wishes.begin(), wishes.end(),
                                        [&](const wish& w) { return w.site == site; });
        demand(found != wishes.end(), call_.people[p].id + " may not be sent to " + site);
        return static_cast<std::size_t>(found - wishes.begin());
    }

    [[nodiscard]] bool has_teams() const {
        return out_.what != verdict::none && out_.what != verdict::not_decided;
    }

    /// Placings, windows and sums.
    void places() {
        std::set<std::string> seen;
        std::vector<std::vector<std::size_t>> team(call_.sites.size());
        std::int64_t utility = 0;
        std::int64_t placed = 0;
        int128 number = 0;
        for (const placing& one : out_.placings) {
            const auto who = person_at_.find(one.person);
            demand(who != person_at_.end(), "there is no person " + one.person);
            demand(seen.insert(one.person).second, one.person + " is placed twice");
            if (!one.site) continue;
            const std::size_t at = wish_of(who->second, *one.site);
            utility += call_.people[who->second].wishes[at].utility;
            number += adds_[who->second][at];
            ++placed;
            team[site_at_.at(*one.site)].push_back(who->second);
        }
        demand(seen.size() == call_.people.size(), "somebody is left out");
        demand(utility == out_.utility,
               "the utilities do not sum to " + std::to_string(out_.utility));
        demand(placed == out_.placed, std::to_string(out_.placed) + " are not placed");
        if (!has_teams()) {
            demand(placed == 0, "without teams nobody can be placed");
            return;
        }
        demand(to_text(number) == out_.found, "the placings do not reach " + out_.found);
        for (std::size_t s = 0; s < team.size(); ++s) windows_hold(call_.sites[s], team[s]);
    }

    void windows_hold(const site& at, const std::vector<std::size_t>& team) const {
        for (const window& w : at.windows) {
            const auto count = std::count_if(team.begin(), team.end(), [&](std::size_t p) {
                return counts_in(w, call_.people[p]);
            });
            demand(count >= w.min && (!w.max || count <= *w.max),
                   at.id + ": the window on " + w.what + " " + w.value + " is not kept");
        }
    }

    struct place_in {
        std::size_t of = 0;
        std::size_t person = 0, wish = 0;
        bool yes = false;
    };

    /// The greatest bound of all parts, in 1/grain. Every part but the first is named once, by one
    /// before it: so they are a tree, and together they hold every assignment.
    int128 highest() {
        const std::size_t parts = out_.parts.size();
        demand(parts > 0, "there are no parts");
        std::vector<place_in> from(parts);
        std::vector<bool> named(parts, false);
        named[0] = true;
        bool any = false;
        int128 most = 0;
        for (std::size_t n = 0; n < parts; ++n) {
            const part& one = out_.parts[n];
            demand(named[n], "part " + std::to_string(n) + " belongs to no other");
            if (!one.person) {
                const int128 bound = bound_of_part(n, from);
                most = any ? std::max(most, bound) : bound;
                any = true;
                continue;
            }
            const auto who = person_at_.find(*one.person);
            demand(who != person_at_.end() && one.site, "a part is split by nobody");
            const std::size_t at = wish_of(who->second, *one.site);
            for (const bool yes : {true, false}) {
                const std::int32_t to = yes ? one.yes : one.no;
                demand(to > static_cast<std::int64_t>(n) && to < static_cast<std::int64_t>(parts) &&
                           !named[static_cast<std::size_t>(to)],
                       "part " + std::to_string(n) + " is split wrongly");
                named[static_cast<std::size_t>(to)] = true;
                from[static_cast<std::size_t>(to)] = {n, who->second, at, yes};
            }
        }
        return most;
    }

    struct priced_window {
        const std::vector<char>* members;  ///< by person: whether the window counts them
        int128 worth;
    };

    const std::vector<char>& members_of(const window& w) const {
        const auto [at, fresh] = members_.try_emplace(std::pair{w.what, w.value});
        if (fresh)
            for (const person& one : call_.people) at->second.push_back(counts_in(w, one));
        return at->second;
    }

    int128 bound_of_part(std::size_t number, const std::vector<place_in>& from) const {
        std::map<std::size_t, std::set<std::size_t>> barred;
        std::map<std::size_t, std::size_t> must;
        for (std::size_t n = number; n != 0; n = from[n].of) {
            if (!from[n].yes) {
                barred[from[n].person].insert(from[n].wish);
                continue;
            }
            const auto [at, fresh] = must.emplace(from[n].person, from[n].wish);
            // Two places for one person: nothing is in the part.
            if (!fresh && at->second != from[n].wish) return least() * out_.grain - 1;
        }
        int128 sum = 0;
        const auto prices = prices_of(out_.parts[number], sum);
        for (std::size_t p = 0; p < call_.people.size(); ++p) {
            const auto has_to = must.find(p);
            const auto may_not = barred.find(p);
            bool any = has_to == must.end();
            int128 most = 0;
            for (std::size_t w = 0; w < call_.people[p].wishes.size(); ++w) {
                if (has_to != must.end() && has_to->second != w) continue;
                if (may_not != barred.end() && may_not->second.count(w) > 0) continue;
                const int128 gain = gain_of(p, w, prices);
                if (!any || gain > most) most = gain;
                any = true;
            }
            if (!any) return least() * out_.grain - 1;
            sum = plus(sum, most);
        }
        return sum;
    }

    int128 gain_of(std::size_t p, std::size_t w,
                   const std::vector<std::vector<priced_window>>& prices) const {
        int128 gain = times(adds_[p][w], out_.grain);
        for (const priced_window& one : prices[sites_of_[p][w]])
            if ((*one.members)[p] != 0) gain = plus(gain, -one.worth);
        return gain;
    }

    /// Prices by site; adds to `sum` what the windows give back.
    std::vector<std::vector<priced_window>> prices_of(const part& of, int128& sum) const {
        static const window any_size{"size", "", 0, std::nullopt};
        std::vector<std::vector<priced_window>> out(call_.sites.size());
        const auto everyone = static_cast<std::int64_t>(call_.people.size());
        for (const price& one : of.prices) {
            const auto at = site_at_.find(one.site);
            demand(at != site_at_.end(), "there is no site " + one.site);
            const auto& windows = call_.sites[at->second].windows;
            const auto found = std::find_if(windows.begin(), windows.end(), [&](const window& w) {
                return w.what == one.what && w.value == one.value;
            });
            demand(found != windows.end() || one.what == "size",
                   one.site + " has no window on " + one.what + " " + one.value);
            const window* w = found != windows.end() ? &*found : &any_size;
            const int128 worth = number_from(one.worth);
            sum = plus(sum, times(worth, worth > 0 ? std::min(w->max.value_or(everyone), everyone)
                                                   : w->min));
            out[at->second].push_back({&members_of(*w), worth});
        }
        return out;
    }

    /// The least that any assignment reaches.
    [[nodiscard]] int128 least() const {
        int128 sum = 0;
        for (const auto& row : adds_) {
            int128 worst = 0;
            for (const int128 one : row) worst = std::min(worst, one);
            sum += worst;
        }
        return sum;
    }

    void verdict_holds(int128 most) const {
        const int128 proved = floor_ratio(most, out_.grain);
        if (out_.what == verdict::none)
            demand(out_.shortened || most < times(least(), out_.grain),
                   "the parts do not prove that there are no teams");
        if (!has_teams() || out_.shortened) return;
        const int128 found = number_from(out_.found);
        if (out_.what == verdict::best)
            demand(proved <= found, "the parts do not prove that this is the best");
        if (out_.what == verdict::best_by_aim)
            demand(floor_ratio(proved, below_) <= floor_ratio(found, below_),
                   "the parts do not prove that this is the best by the aim");
    }

    const call& call_;
    const outcome& out_;
    std::map<std::string, std::size_t> site_at_, person_at_;
    std::vector<std::vector<int128>> adds_;
    std::vector<std::vector<std::size_t>> sites_of_;
    mutable std::map<std::pair<std::string, std::string>, std::vector<char>> members_;
    int128 above_ = 1, below_ = 1;
};

}  // namespace

std::string certificate_fault(const call& c, const outcome& o) {
    try {
        judge(c, o).all();
        return {};
    } catch (const does_not_hold& fault) {
        return fault.what;
    }
}

}  // namespace veche::teams
