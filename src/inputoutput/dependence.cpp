#include "inputoutput/dependence.hpp"

#include <algorithm>

#include "inputoutput/groups.hpp"
#include "inputoutput/refusal.hpp"

namespace veche::inputoutput {
namespace {

/// The producers of a sector in a region, with their shares of its output.
struct weighted {
    std::vector<std::size_t> producers;
    std::vector<double> shares;
    double output = 0;
};

class enquiry {
  public:
    enquiry(const trade_view& of, std::vector<role> as, std::size_t home, weighted what)
        : view_(of), in_(of.system()), as_(std::move(as)), home_(home), what_(std::move(what)) {}

    void fill(dependence& out, std::size_t most_paths) {
        gather(out);
        trace(out, most_paths);
        sort_sources(out);
        look_for_makers(out);
    }

  private:
    [[nodiscard]] std::string region(std::size_t r) const { return in_.data().regions[r]; }
    [[nodiscard]] std::size_t sector_of(std::size_t i) const {
        return in_.data().producers[i].sector;
    }

    void gather(dependence& out) {
        bought_.resize(in_.size());
        for (const std::size_t j : what_.producers)
            for (std::size_t i = 0; i < in_.size(); ++i) bought_[i] += in_.data().z(i, j);
        for (const double one : bought_) out.inputs += one;
        for (std::size_t r = 0; r < in_.regions(); ++r) {
            source_share one{region(r), as_[r], 0, 0};
            for (const std::size_t i : in_.of_region(r)) one.direct += bought_[i];
            if (out.inputs != 0) one.direct /= out.inputs;
            for (std::size_t k = 0; k < what_.producers.size(); ++k)
                one.total += what_.shares[k] * view_.origins()(what_.producers[k], r);
            out.direct[static_cast<std::size_t>(one.as)] += one.direct;
            out.total[static_cast<std::size_t>(one.as)] += one.total;
            out.sources.push_back(std::move(one));
        }
        for (std::size_t k = 0; k < what_.producers.size(); ++k)
            out.own_value_added += what_.shares[k] * in_.value_added()[what_.producers[k]];
    }

    /// B(t,m) = sum over k other than m of B(t,k) A(k,m) L(m): what came over m's border last.
    void trace(dependence& out, std::size_t most) {
        const auto& own = in_.of_region(home_);
        std::vector<double> made(own.size());
        for (std::size_t n = 0; n < own.size(); ++n)
            for (std::size_t k = 0; k < what_.producers.size(); ++k)
                if (own[n] == what_.producers[k]) made[n] = what_.shares[k];
        view_.local(home_).solve(made);
        for (std::size_t last = 0; last < in_.regions(); ++last) {
            if (last == home_) continue;
            std::vector<double> through(in_.regions());
            for (const std::size_t i : in_.of_region(last)) {
                double imported = 0;
                for (std::size_t n = 0; n < own.size(); ++n) imported += in_.a(i, own[n]) * made[n];
                for (std::size_t t = 0; t < in_.regions(); ++t)
                    through[t] += view_.origins()(i, t) * imported;
            }
            for (std::size_t t = 0; t < in_.regions(); ++t) {
                if (t != last) out.through_others += through[t];
                if (through[t] != 0) out.paths.push_back({region(t), region(last), through[t]});
            }
        }
        std::stable_sort(out.paths.begin(), out.paths.end(),
                         [](const path& a, const path& b) { return a.share > b.share; });
        if (out.paths.size() > most) out.paths.resize(most);
    }

    void sort_sources(dependence& out) const {
        double direct = 0, total = 0, direct_squares = 0, total_squares = 0;
        for (const source_share& one : out.sources) {
            if (one.as == role::home) continue;
            direct += one.direct;
            total += one.total;
            direct_squares += one.direct * one.direct;
            total_squares += one.total * one.total;
        }
        if (direct != 0) out.concentration_direct = direct_squares / (direct * direct);
        if (total != 0) out.concentration_total = total_squares / (total * total);
        std::stable_sort(
            out.sources.begin(), out.sources.end(),
            [](const source_share& a, const source_share& b) { return a.total > b.total; });
    }

    [[nodiscard]] double exports_outside(std::size_t i) const {
        double out = 0;
        for (std::size_t r = 0; r < in_.regions(); ++r)
            if (as_[r] == role::third) out += in_.final_use()(i, r) + in_.intermediate_use()(i, r);
        return out;
    }

    [[nodiscard]] std::vector<maker> makers_of(std::size_t sector) const {
        std::vector<maker> out;
        for (std::size_t r = 0; r < in_.regions(); ++r) {
            if (as_[r] == role::third) continue;
            maker one{region(r), 0, 0};
            for (const std::size_t i : in_.of_region(r)) {
                if (sector_of(i) != sector) continue;
                one.output += in_.output()[i];
                one.exports_outside += exports_outside(i);
            }
            if (one.output > 0) out.push_back(std::move(one));
        }
        std::stable_sort(out.begin(), out.end(),
                         [](const maker& a, const maker& b) { return a.output > b.output; });
        return out;
    }

    void look_for_makers(dependence& out) const {
        for (std::size_t s = 0; s < in_.data().sectors.size(); ++s) {
            replaceable_input one;
            one.sector = in_.data().sectors[s];
            std::vector<double> by_region(in_.regions());
            for (std::size_t i = 0; i < in_.size(); ++i)
                if (sector_of(i) == s && as_[in_.region_of(i)] == role::third)
                    by_region[in_.region_of(i)] += bought_[i];
            for (const double from : by_region) one.bought += from;
            if (one.bought <= 0) continue;
            const auto largest = std::max_element(by_region.begin(), by_region.end());
            one.largest_source = region(static_cast<std::size_t>(largest - by_region.begin()));
            one.largest_share = *largest / one.bought;
            one.of_inputs = one.bought / out.inputs;
            one.makers = makers_of(s);
            for (const maker& m : one.makers) one.covered_outside += m.exports_outside / one.bought;
            out.from_third.push_back(std::move(one));
        }
        std::stable_sort(out.from_third.begin(), out.from_third.end(),
                         [](const auto& a, const auto& b) { return a.bought > b.bought; });
    }

    const trade_view& view_;
    const leontief_system& in_;
    std::vector<role> as_;
    std::size_t home_;
    weighted what_;
    std::vector<double> bought_;
};

}  // namespace

std::string_view name_of(role one) {
    static constexpr std::string_view names[] = {"home", "partner", "member", "third"};
    return names[static_cast<std::size_t>(one)];
}

result<std::vector<role>> roles_of(const table& in, const circle& who) {
    std::vector<role> out(in.regions.size(), role::third);
    const auto give = [&](const std::string& name, role as) -> result<void> {
        const std::uint32_t at = VECHE_TRY(region_in(in, name));
        if (out[at] != role::third) return refuse(refusals::members_overlap, "members", name);
        out[at] = as;
        return {};
    };
    VECHE_CHECK(give(who.home, role::home));
    if (!who.partner.empty()) VECHE_CHECK(give(who.partner, role::partner));
    for (const std::string& one : who.members) VECHE_CHECK(give(one, role::member));
    return out;
}

result<dependence> depend(const trade_view& of, const circle& who, const std::string& sector,
                          std::size_t most_paths) {
    const leontief_system& in = of.system();
    auto as = VECHE_TRY(roles_of(in.data(), who));
    const std::uint32_t home = VECHE_TRY(region_in(in.data(), who.home));
    const std::uint32_t kind = VECHE_TRY(sector_in(in.data(), sector));
    weighted what;
    for (const std::size_t j : in.of_region(home)) {
        if (in.data().producers[j].sector != kind) continue;
        what.producers.push_back(j);
        what.output += in.output()[j];
    }
    if (what.output == 0) return refuse(refusals::nothing_made, "sector", who.home + "|" + sector);
    for (const std::size_t j : what.producers) what.shares.push_back(in.output()[j] / what.output);
    dependence out;
    out.method = "direct: shares of inputs bought; total: origin of value added, v L";
    out.home = who.home;
    out.sector = sector;
    out.unit = in.data().unit;
    out.output = what.output;
    enquiry(of, std::move(as), home, std::move(what)).fill(out, most_paths);
    return out;
}

}  // namespace veche::inputoutput
