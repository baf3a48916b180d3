#include "shares/delivery.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "shares/apportion.hpp"
#include "shares/divisor.hpp"
#include "shares/refusal.hpp"

namespace veche::shares {
namespace {

result<void> check_delivery(const delivery& in) {
    if (in.regions.empty()) return refuse(refusals::nobody_shares, "regions");
    if (in.units < 0 || in.units > most_seats)
        return refuse(refusals::number_out_of_range, "units", std::to_string(most_seats));
    std::set<std::string_view> names;
    std::int64_t weights = 0;
    std::int64_t owed = 0;
    for (std::size_t i = 0; i < in.regions.size(); ++i) {
        const region& r = in.regions[i];
        const std::string field = "regions." + std::to_string(i);
        if (r.name.empty())
            return refuse(refusals::name_missing, field + ".name", std::to_string(i + 1));
        if (!names.insert(r.name).second)
            return refuse(refusals::name_repeated, field + ".name", r.name);
        if (r.weight < 0 || r.weight > most_votes - weights)
            return refuse(refusals::number_out_of_range, field + ".weight",
                          std::to_string(most_votes));
        if (r.residue < -most_owed * residue_scale || r.residue > most_owed * residue_scale)
            return refuse(refusals::residues_malformed, field + ".residue",
                          std::to_string(most_owed));
        weights += r.weight;
        owed += r.residue;
    }
    if (owed != 0)
        return refuse(refusals::residues_malformed, "regions", std::to_string(most_owed));
    if (weights == 0) return refuse(refusals::no_votes, "regions");
    return {};
}

/// Regions with what they are owed, over one denominator.
class depot {
  public:
    explicit depot(const delivery& in) : in_(in) {
        for (const region& r : in.regions) weights_ += r.weight;
        unit_ = weights_ * residue_scale;
        for (const region& r : in.regions)
            owed_.push_back(r.weight == 0 ? 0
                                          : int128{in.units} * r.weight * residue_scale +
                                                int128{r.residue} * weights_);
        given_.assign(owed_.size(), 0);
    }

    divided share() {
        std::int64_t open = in_.units;
        for (std::size_t i = 0; i < owed_.size(); ++i) {
            if (owed_[i] > 0) given_[i] = static_cast<std::int64_t>(owed_[i] / unit_);
            open -= given_[i];
        }
        const auto next = [this](std::size_t i) { return owed_[i] - given_[i] * unit_; };
        for (; open > 0; --open) ++given_[best(next, [](std::size_t) { return true; })];
        for (; open < 0; ++open)
            --given_[best([&](std::size_t i) { return -next(i); },
                          [this](std::size_t i) { return given_[i] > 0; })];
        divided out;
        out.seats = given_;
        find_equals(out);
        return out;
    }

    [[nodiscard]] std::vector<std::int64_t> residues(const std::vector<std::int64_t>& given) const {
        std::vector<std::int64_t> out;
        std::vector<int128> rests;
        std::vector<std::size_t> order(owed_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < owed_.size(); ++i) {
            if (!takes(i)) {
                out.push_back(in_.regions[i].residue);
                rests.push_back(-1);
                sum += out.back();
                continue;
            }
            const int128 owed = owed_[i] - given[i] * unit_;
            int128 rest = owed % weights_;
            if (rest < 0) rest += weights_;
            out.push_back(static_cast<std::int64_t>((owed - rest) / weights_));
            rests.push_back(rest);
            sum += out.back();
        }
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return rests[a] > rests[b]; });
        for (std::size_t n = 0; sum < 0 && n < order.size() && takes(order[n]); ++n, ++sum)
            ++out[order[n]];
        return out;
    }

    [[nodiscard]] std::string owed_text(std::size_t i) const {
        const bool less = owed_[i] < 0;
        const auto size = static_cast<uint128>(less ? -owed_[i] : owed_[i]);
        return (less ? "-" : "") + to_text(fraction{size, static_cast<uint128>(unit_)});
    }

  private:
    [[nodiscard]] bool takes(std::size_t i) const { return in_.regions[i].weight > 0; }

    template <class Key, class May>
    std::size_t best(Key key, May may) const {
        std::size_t found = owed_.size();
        for (std::size_t i = 0; i < owed_.size(); ++i)
            if (takes(i) && may(i) && (found == owed_.size() || key(i) > key(found))) found = i;
        return found;
    }

    void find_equals(divided& out) const {
        const auto next = [this](std::size_t i) { return owed_[i] - given_[i] * unit_; };
        const std::size_t won = best([&](std::size_t i) { return -next(i); },
                                     [this](std::size_t i) { return given_[i] > 0; });
        const std::size_t lost = best(next, [](std::size_t) { return true; });
        if (won == owed_.size() || lost == owed_.size()) return;
        const int128 line = next(won) + unit_;
        if (next(lost) != line) return;
        for (std::size_t i = 0; i < owed_.size(); ++i) {
            const bool holds = given_[i] > 0 && next(i) + unit_ == line;
            if (!takes(i) || !(holds || next(i) == line)) continue;
            out.tied.push_back(static_cast<std::uint32_t>(i));
            out.holds.push_back(holds);
            out.places += holds ? 1 : 0;
        }
    }

    const delivery& in_;
    int128 weights_ = 0;
    int128 unit_ = 1;
    std::vector<int128> owed_;
    std::vector<std::int64_t> given_;
};

}  // namespace

result<delivered> deliver(const delivery& in) {
    VECHE_CHECK(check_delivery(in));
    depot stock(in);
    divided shared = stock.share();
    delivered out;
    out.units = in.units;
    for (std::size_t i = 0; i < in.regions.size(); ++i) out.owed.push_back(stock.owed_text(i));
    if (!shared.tied.empty()) {
        std::vector<std::string> among;
        for (const std::uint32_t i : shared.tied) among.push_back(in.regions[i].name);
        const auto rank = VECHE_TRY(rank_by(in.ties, among));
        out.ties.push_back(settle(shared, among, rank, in.ties.policy));
        out.decided = in.ties.policy != tie_policy::open;
    }
    if (out.decided) out.residues = stock.residues(shared.seats);
    out.given = std::move(shared.seats);
    return out;
}

}  // namespace veche::shares
