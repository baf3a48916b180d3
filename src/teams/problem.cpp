#include "teams/problem.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "kernel/lottery.hpp"
#include "teams/refusal.hpp"

namespace veche::teams {
namespace {

std::string window_name(const window& w) {
    return w.what == "size" ? w.what : w.what + " " + w.value;
}

/// Positions in the order of the lots of their ids.
template <class List>
std::vector<std::size_t> drawn_order(const List& list, const call& c) {
    // Without a seed any order does: it only says where the search looks first.
    const hash256 seed = hash_from_hex(c.seed.value_or("")).value_or(hash256{});
    std::vector<std::pair<hash256, std::size_t>> keys;
    for (std::size_t i = 0; i < list.size(); ++i)
        keys.emplace_back(lottery_key(seed, c.id, every_programme, list[i].id), i);
    std::sort(keys.begin(), keys.end());
    std::vector<std::size_t> order;
    for (const auto& one : keys) order.push_back(one.second);
    return order;
}

class reader {
  public:
    explicit reader(const call& c) : call_(c) {}

    result<problem> read() {
        VECHE_CHECK(limits());
        VECHE_CHECK(read_sites());
        VECHE_CHECK(read_people());
        fill_labels();
        return std::move(out_);
    }

  private:
    result<void> limits() const {
        const auto too_large = [](const char* field, const char* what, std::int64_t most) {
            return refuse(refusals::too_large, field, std::to_string(most), what);
        };
        if (static_cast<std::int64_t>(call_.people.size()) > most_people)
            return too_large("people", "people", most_people);
        if (static_cast<std::int64_t>(call_.sites.size()) > most_sites)
            return too_large("sites", "sites", most_sites);
        if (call_.node_limit < 1 || call_.node_limit > most_nodes)
            return too_large("node_limit", "parts of the search, and 1 at least", most_nodes);
        if (call_.seed && !hash_from_hex(*call_.seed))
            return refuse(refusals::seed_malformed, "seed");
        return {};
    }

    result<void> read_sites() {
        const auto everyone = static_cast<std::int64_t>(call_.people.size());
        for (const std::size_t at : drawn_order(call_.sites, call_)) {
            const site& one = call_.sites[at];
            if (one.id.empty()) return refuse(refusals::id_missing, "sites");
            const auto number = static_cast<std::uint32_t>(out_.sites.size());
            if (!site_at_.emplace(one.id, number).second)
                return refuse(refusals::id_repeated, "sites", one.id);
            out_.sites.push_back(one.id);
            out_.rule_begins.push_back(static_cast<std::uint32_t>(out_.rules.size()));
            out_.rules.push_back({number, 0, 0, 0, everyone, {"size", "", 0, std::nullopt}});
            const std::size_t size_rule = out_.rules.size() - 1;
            std::set<std::pair<std::string, std::string>> seen;
            std::vector<window> windows = one.windows;
            std::sort(windows.begin(), windows.end(), [](const window& a, const window& b) {
                return std::tie(a.what, a.value) < std::tie(b.what, b.value);
            });
            for (const window& w : windows) {
                VECHE_CHECK(check(one, w));
                if (!seen.emplace(w.what, w.value).second)
                    return refuse(refusals::window_repeated, "sites", one.id, window_name(w));
                const std::int64_t max = std::min(w.max.value_or(everyone), everyone);
                if (w.what == "size")
                    out_.rules[size_rule] = {number, 0, 0, w.min, max, w};
                else
                    out_.rules.push_back({number, label_of(w), family_of(w), w.min, max, w});
            }
        }
        out_.rule_begins.push_back(static_cast<std::uint32_t>(out_.rules.size()));
        out_.families = static_cast<std::uint32_t>(families_.size()) + 1;
        return {};
    }

    static result<void> check(const site& at, const window& w) {
        if (w.min < 0 || w.min > most_people || (w.max && *w.max < w.min))
            return refuse(refusals::window_empty, "sites", at.id, window_name(w),
                          std::to_string(w.min), w.max ? std::to_string(*w.max) : "any number");
        return {};
    }

    std::uint32_t label_of(const window& w) {
        return labels_
            .emplace(std::pair{w.what, w.value}, static_cast<std::uint32_t>(labels_.size()) + 1)
            .first->second;
    }

    /// Features of one category exclude each other; each skill is a family of its own.
    std::uint32_t family_of(const window& w) {
        const std::pair name{w.what, w.what == "skill" ? w.value : std::string()};
        return families_.emplace(name, static_cast<std::uint32_t>(families_.size()) + 1)
            .first->second;
    }

    result<void> read_people() {
        order_ = drawn_order(call_.people, call_);
        std::set<std::string_view> seen;
        for (const std::size_t at : order_) {
            const person& one = call_.people[at];
            if (one.id.empty()) return refuse(refusals::id_missing, "people");
            if (!seen.insert(one.id).second) return refuse(refusals::id_repeated, "people", one.id);
            const auto number = static_cast<std::uint32_t>(out_.people.size());
            out_.people.push_back(one.id);
            out_.begins.push_back(static_cast<std::uint32_t>(out_.options.size()));
            VECHE_CHECK(read_wishes(one, number));
        }
        out_.begins.push_back(static_cast<std::uint32_t>(out_.options.size()));
        return {};
    }

    result<void> read_wishes(const person& one, std::uint32_t number) {
        const std::size_t begin = out_.options.size();
        for (const wish& w : one.wishes) {
            const auto known = site_at_.find(w.site);
            if (known == site_at_.end()) return refuse(refusals::site_unknown, "people", w.site);
            if (w.utility < -most_utility || w.utility > most_utility)
                return refuse(refusals::too_large, "people", std::to_string(most_utility),
                              "utility of " + one.id + " at " + w.site);
            out_.options.push_back({number, known->second, w.utility, 0});
        }
        const auto from = out_.options.begin() + static_cast<std::ptrdiff_t>(begin);
        std::sort(from, out_.options.end(),
                  [](const option& a, const option& b) { return a.site < b.site; });
        const auto twice =
            std::adjacent_find(from, out_.options.end(),
                               [](const option& a, const option& b) { return a.site == b.site; });
        if (twice != out_.options.end())
            return refuse(refusals::wish_repeated, "people", one.id, out_.sites[twice->site]);
        return {};
    }

    void fill_labels() {
        out_.has.assign(labels_.size() + 1, std::vector<std::uint8_t>(order_.size(), 0));
        out_.has[0].assign(order_.size(), 1);
        for (std::size_t p = 0; p < order_.size(); ++p) {
            const person& one = call_.people[order_[p]];
            const auto mark = [&](const std::string& what, const std::string& value) {
                const auto label = labels_.find(std::pair{what, value});
                if (label != labels_.end()) out_.has[label->second][p] = 1;
            };
            for (const auto& [category, feature] : one.features) mark(category, feature);
            for (const std::string& skill : one.skills) mark("skill", skill);
        }
    }

    const call& call_;
    problem out_;
    std::vector<std::size_t> order_;
    std::map<std::string, std::uint32_t, std::less<>> site_at_;
    std::map<std::pair<std::string, std::string>, std::uint32_t> labels_, families_;
};

}  // namespace

result<problem> read(const call& c) {
    return reader(c).read();
}

}  // namespace veche::teams
