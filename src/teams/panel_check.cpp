#include "teams/panel_check.hpp"

#include <algorithm>
#include <set>

#include <gmpxx.h>

namespace veche::teams {
namespace {

/// Thrown and caught within this file.
struct lottery_fault {
    std::string what;
};

void require_that(bool holds, const std::string& what) {
    if (!holds) throw lottery_fault{what};
}

mpq_class ratio_from(const std::string& text) {
    constexpr std::size_t most_digits = 20'000;
    const bool shaped = !text.empty() && text.size() <= most_digits &&
                        text.find_first_not_of("-0123456789/") == std::string::npos;
    mpq_class out;
    require_that(shaped && out.set_str(text, 10) == 0 && out.get_den() != 0,
                 "\"" + text.substr(0, 40) + "\" is no ratio");
    out.canonicalize();
    return out;
}

class panel_judge {
  public:
    panel_judge(const panel_call& c, const panel_outcome& o) : call_(c), out_(o) {
        // Quotas as the certificate counts them: by category, then feature.
        quotas_ = c.quotas;
        std::sort(quotas_.begin(), quotas_.end(), [](const quota& a, const quota& b) {
            return std::tie(a.category, a.feature) < std::tie(b.category, b.feature);
        });
        for (const quota& q : quotas_) categories_.insert(q.category);
    }

    void all() {
        kinds();
        if (out_.what == panel_verdict::none) return no_panel();
        const mpq_class sum = panels();
        if (out_.what == panel_verdict::not_decided)
            return require_that(out_.panels.empty(), "nothing is decided, and there are panels");
        require_that(sum == 1, "the probabilities of the panels do not sum to one");
        if (out_.what == panel_verdict::lottery) levels();
    }

  private:
    void kinds() {
        std::map<std::map<std::string, std::string>, std::int64_t> people;
        for (const respondent& one : call_.people) {
            std::map<std::string, std::string> own;
            for (const auto& [category, feature] : one.features)
                if (categories_.count(category) > 0) own.emplace(category, feature);
            ++people[own];
        }
        require_that(people.size() == out_.kinds.size(), "the kinds are not those of the people");
        std::set<std::map<std::string, std::string>> seen;
        for (const kind& one : out_.kinds) {
            const auto at = people.find(one.features);
            require_that(
                at != people.end() && at->second == one.people && seen.insert(one.features).second,
                "the kinds are not those of the people");
        }
    }

    [[nodiscard]] bool counts_for(std::size_t q, std::size_t k) const {
        const auto& features = out_.kinds[k].features;
        const auto own = features.find(quotas_[q].category);
        return own != features.end() && own->second == quotas_[q].feature;
    }

    /// Every panel keeps all windows; gives the sum of the probabilities.
    mpq_class panels() {
        mpq_class sum = 0;
        chances_.assign(out_.kinds.size(), 0);
        for (const panel& one : out_.panels) {
            require_that(one.counts.size() == out_.kinds.size(), "a panel names not all kinds");
            const mpq_class q = ratio_from(one.probability);
            require_that(q > 0, "a panel has no chance");
            sum += q;
            std::int64_t seats = 0;
            for (std::size_t k = 0; k < out_.kinds.size(); ++k) {
                const std::int64_t n = one.counts[k];
                require_that(0 <= n && n <= out_.kinds[k].people, "a panel has too many of a kind");
                seats += n;
                chances_[k] += q * n / out_.kinds[k].people;
            }
            require_that(seats == call_.size, "a panel is not of the size");
            for (std::size_t i = 0; i < quotas_.size(); ++i) {
                std::int64_t of = 0;
                for (std::size_t k = 0; k < out_.kinds.size(); ++k)
                    if (counts_for(i, k)) of += one.counts[k];
                require_that(quotas_[i].min <= of && of <= quotas_[i].max,
                             "a panel breaks the window on " + quotas_[i].category + " " +
                                 quotas_[i].feature);
            }
        }
        return sum;
    }

    void no_panel() const {
        require_that(out_.panels.empty() && out_.levels.size() == 1, "there is no proof");
        const level& proof = out_.levels.front();
        for (const std::string& w : proof.weights)
            require_that(ratio_from(w) == 0, "the proof weighs people");
        require_that(ratio_from(proof.limit) < 0, "the proof leaves panels");
        limit_holds(proof);
    }

    void levels() {
        std::vector<bool> settled(out_.kinds.size(), false);
        for (std::size_t k = 0; k < out_.kinds.size(); ++k)
            require_that(ratio_from(out_.kinds[k].probability) == chances_[k],
                         "a kind has not the probability that its panels give");
        for (const level& one : out_.levels) {
            const mpq_class z = ratio_from(one.probability);
            for (const std::int32_t k : one.kinds) {
                require_that(k >= 0 && k < static_cast<std::int64_t>(settled.size()) &&
                                 !settled[static_cast<std::size_t>(k)],
                             "a level settles a kind that it may not");
                require_that(chances_[static_cast<std::size_t>(k)] == z,
                             "a kind has not the probability of its level");
            }
            require_that(one.weights.size() == settled.size(), "a level weighs not all kinds");
            level_holds(one, z, settled);
            limit_holds(one);
            for (const std::int32_t k : one.kinds) settled[static_cast<std::size_t>(k)] = true;
        }
        require_that(std::count(settled.begin(), settled.end(), false) == 0,
                     "not all kinds are settled");
    }

    void level_holds(const level& one, const mpq_class& z, const std::vector<bool>& settled) const {
        mpq_class left = ratio_from(one.limit);
        mpq_class others = 0;
        for (std::size_t k = 0; k < settled.size(); ++k) {
            const mpq_class w = ratio_from(one.weights[k]);
            if (settled[k]) {
                left -= w * out_.kinds[k].people * chances_[k];
                continue;
            }
            const bool now =
                std::count(one.kinds.begin(), one.kinds.end(), static_cast<std::int32_t>(k)) > 0;
            require_that(now ? w > 0 : w >= 0, "a level weighs somebody wrongly");
            require_that(chances_[k] >= z, "somebody has less than their level");
            others += w * out_.kinds[k].people;
        }
        require_that(left <= z * others, "a level does not prove that nobody can have more");
    }

    struct panel_range {
        std::int64_t low, high;
    };

    void limit_holds(const level& one) const {
        const mpq_class limit = ratio_from(one.limit);
        std::vector<mpq_class> w;
        for (const std::string& text : one.weights) w.push_back(ratio_from(text));
        const std::size_t parts = one.parts.size();
        require_that(parts > 0, "a level has no proof");
        std::vector<std::vector<panel_range>> within(parts);
        for (const kind& k : out_.kinds) within[0].push_back({0, std::min(k.people, call_.size)});
        for (std::size_t n = 0; n < parts; ++n) {
            const panel_part& part = one.parts[n];
            require_that(!within[n].empty(), "a part belongs to no other");
            if (!part.kind) {
                require_that(most_in(part, w, within[n]) <= limit,
                             "a part does not prove its limit");
                continue;
            }
            const auto k = static_cast<std::size_t>(*part.kind);
            require_that(*part.kind >= 0 && k < out_.kinds.size(), "a part is split by no kind");
            for (const bool few : {true, false}) {
                const std::int32_t to = few ? part.few : part.many;
                require_that(to > static_cast<std::int64_t>(n) &&
                                 to < static_cast<std::int64_t>(parts) &&
                                 within[static_cast<std::size_t>(to)].empty(),
                             "a part is split wrongly");
                auto& range = within[static_cast<std::size_t>(to)];
                range = within[n];
                if (few)
                    range[k].high = std::min(range[k].high, part.at_most);
                else
                    range[k].low = std::max(range[k].low, part.at_most + 1);
            }
        }
    }

    mpq_class most_in(const panel_part& part, const std::vector<mpq_class>& w,
                      const std::vector<panel_range>& within) const {
        require_that(part.prices.size() == quotas_.size() + 1, "a part prices not all quotas");
        std::vector<mpq_class> prices;
        for (const std::string& text : part.prices) prices.push_back(ratio_from(text));
        mpq_class sum = prices.back() * call_.size;
        for (std::size_t q = 0; q < quotas_.size(); ++q)
            sum += prices[q] * (prices[q] > 0 ? quotas_[q].max : quotas_[q].min);
        for (std::size_t k = 0; k < within.size(); ++k) {
            mpq_class gain = w[k] - prices.back();
            for (std::size_t q = 0; q < quotas_.size(); ++q)
                if (counts_for(q, k)) gain -= prices[q];
            sum += gain * (gain > 0 ? within[k].high : within[k].low);
        }
        return sum;
    }

    const panel_call& call_;
    const panel_outcome& out_;
    std::vector<quota> quotas_;
    std::set<std::string> categories_;
    std::vector<mpq_class> chances_;
};

}  // namespace

std::string panel_fault(const panel_call& c, const panel_outcome& o) {
    try {
        panel_judge(c, o).all();
        return {};
    } catch (const lottery_fault& fault) {
        return fault.what;
    }
}

}  // namespace veche::teams
