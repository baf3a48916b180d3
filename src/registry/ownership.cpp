#include "registry/ownership.hpp"

#include <algorithm>

#include "kernel/ratio.hpp"
#include "registry/viewing.hpp"

namespace veche::registry {
namespace {

constexpr int128 share_unit = 1'000'000;   // the whole, in ten-thousandths of a per cent
constexpr std::size_t most_ways = 20'000;  // to be followed at all
constexpr int share_decimals = 34;         // of a per cent, after six steps
constexpr std::size_t decimals_shown = 8;

constexpr int128 share_power(int steps) {
    return steps == 0 ? 1 : share_unit * share_power(steps - 1);
}
constexpr int128 whole_share = share_power(most_steps);

struct share_range {
    int128 low = 0;
    int128 high = 0;
    bool known = true;
};

/// What each holder has of one organisation. More than the others leave nobody can have.
std::vector<share_range> ranges_of(const std::vector<holder>& holders) {
    std::vector<share_range> out;
    int128 least = 0;
    for (const holder& one : holders) {
        share_range each{0, share_unit, one.held.has_value()};
        if (one.held && one.held->exact) {
            each.low = each.high = *read_share(*one.held->exact);
        } else if (one.held) {
            each.low = *read_share(*one.held->low);
            each.high = *read_share(*one.held->high);
        }
        least += each.low;
        out.push_back(each);
    }
    for (share_range& each : out) each.high = std::min(each.high, share_unit - least + each.low);
    return out;
}

/// Per cent of a part of `whole_share`, cut or raised to eight decimals where it has more.
std::string percent_text(int128 part, bool up) {
    const int128 shown = share_power(1) * 100;  // 10^8: the eighth decimal
    int128 one = 1;
    for (int i = 0; i < share_decimals - static_cast<int>(decimals_shown); ++i) one *= 10;
    const int128 units = part / one + (up && part % one != 0 ? 1 : 0);
    std::string after = to_text(units % shown);
    after.insert(0, decimals_shown - after.size(), '0');
    after.erase(after.find_last_not_of('0') + 1);
    return to_text(units / shown) + (after.empty() ? "" : "." + after);
}

/// The same holder on several ways is one row. Persons have no name, so that nobody can know
/// whether they are the same: each mention of some is a row.
struct owner_key {
    holder_kind kind{};
    std::string named;
    std::string of;
    auto operator<=>(const owner_key&) const = default;
};

struct gathered_owner {
    owner_row row;
    share_range held{0, 0, true};
};

class owner_walk {
  public:
    explicit owner_walk(const state& s) : s_(s) {}

    void follow(const organisation& of, const share_range& way, int steps) {
        const std::vector<holder>* holders = holders_of(of);
        if (!holders) return;
        if (steps == most_steps) {
            deeper = true;
            return;
        }
        path_.push_back(of.what.organisation);
        const std::vector<share_range> ranges = ranges_of(*holders);
        for (std::size_t i = 0; i < holders->size() && !deeper_by_count(); ++i) {
            const share_range here{way.low * ranges[i].low, way.high * ranges[i].high,
                                   way.known && ranges[i].known};
            take(of, (*holders)[i], i, here, steps + 1);
            go_on((*holders)[i], here, steps + 1);
        }
        path_.pop_back();
    }

    std::map<owner_key, gathered_owner> owners;
    bool ring = false;
    bool deeper = false;

  private:
    bool deeper_by_count() {
        if (++ways_ > most_ways) deeper = true;
        return ways_ > most_ways;
    }
    void go_on(const holder& one, const share_range& here, int steps) {
        if (!one.organisation) return;
        const organisation& next = *find_current(s_, *one.organisation);
        if (std::find(path_.begin(), path_.end(), next.what.organisation) != path_.end())
            ring = true;
        else if (here.high > 0)
            follow(next, here, steps);
    }
    void take(const organisation& of, const holder& one, std::size_t nth, const share_range& here,
              int steps) {
        owner_key key{one.kind, one.name.value_or(""), one.member ? one.member->value : ""};
        if (one.organisation)
            key.named = find_current(s_, *one.organisation)->what.organisation.value;
        if (one.kind == holder_kind::persons)
            key = {one.kind, of.what.organisation.value, std::to_string(nth)};
        const auto [at, fresh] = owners.try_emplace(key);
        gathered_owner& owner = at->second;
        if (fresh) {
            owner.row.what = one.kind;
            if (one.organisation) {
                const organisation& named = *find_current(s_, *one.organisation);
                owner.row.organisation = named.what.organisation;
                owner.row.names = named.what.names;
            }
            owner.row.name = one.name;
            owner.row.member = one.member;
            owner.row.steps = steps;
        }
        owner.row.steps = std::min(owner.row.steps, steps);
        owner.row.direct = owner.row.direct || steps == 1;
        if (steps > 1) note_through(owner.row.through, of);
        const int128 scale = share_power(most_steps - steps);
        owner.held.low = std::min(whole_share, owner.held.low + here.low * scale);
        owner.held.high = std::min(whole_share, owner.held.high + here.high * scale);
        owner.held.known = owner.held.known && here.known;
    }
    static void note_through(std::vector<organisation_name>& list, const organisation& of) {
        if (std::none_of(list.begin(), list.end(), [&](const organisation_name& one) {
                return one.organisation == of.what.organisation;
            }))
            list.push_back(name_organisation(of));
    }

    const state& s_;
    std::vector<organisation_id> path_;
    std::size_t ways_ = 0;
};

}  // namespace

const std::vector<holder>* holders_of(const organisation& of) {
    if (of.run) return &of.run->what.holders;
    return of.owned ? &of.owned->what.holders : nullptr;
}

owners_view owners_of(const state& s, const organisation& of, bool all) {
    owners_view out;
    out.organisation = name_organisation(of);
    out.recorded = holders_of(of) != nullptr;
    if (of.run)
        out.source = of.run->what.source;
    else if (of.owned)
        out.source = of.owned->what.source;
    owner_walk walk(s);
    walk.follow(of, {1, 1, true}, 0);
    std::vector<std::pair<share_range, owner_row>> found;
    for (auto& [key, one] : walk.owners) {
        if (!all && one.held.high * 100 < whole_share * least_share_percent) {
            ++out.below;
            continue;
        }
        one.row.low = percent_text(one.held.low, false);
        one.row.high = percent_text(one.held.high, true);
        one.row.exact = one.held.low == one.held.high;
        one.row.known = one.held.known;
        found.emplace_back(one.held, std::move(one.row));
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return a.first.high != b.first.high ? a.first.high > b.first.high
                                            : a.first.low > b.first.low;
    });
    for (auto& [held, row] : found) out.owners.push_back(std::move(row));
    out.ring = walk.ring;
    out.deeper = walk.deeper;
    return out;
}

}  // namespace veche::registry
