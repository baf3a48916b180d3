#include "inputoutput/extraction.hpp"

#include <algorithm>
#include <optional>

#include "inputoutput/groups.hpp"
#include "inputoutput/refusal.hpp"
#include "numerics/digits.hpp"

namespace veche::inputoutput {
namespace {

/// A link by numbers; nothing stands for all.
struct numbered_link {
    std::optional<std::uint32_t> from_region, from_sector, to_region, to_sector;
    double share = 1;
    bool final_use = false;

    [[nodiscard]] bool leaves(const producer& from) const {
        return (!from_region || from.region == *from_region) &&
               (!from_sector || from.sector == *from_sector);
    }
    [[nodiscard]] bool crosses(std::uint32_t from, std::uint32_t to) const {
        if (to_region && to != *to_region) return false;
        return from != to || (from_region && to_region);
    }
    [[nodiscard]] bool reaches(const producer& from, const producer& to) const {
        return (!to_sector || to.sector == *to_sector) && crosses(from.region, to.region);
    }
};

result<std::vector<numbered_link>> numbered_links(const table& in,
                                                  const std::vector<stopped_link>& links) {
    std::vector<numbered_link> out;
    for (const stopped_link& one : links) {
        if (!(one.share > 0 && one.share <= 1))
            return refuse(refusals::share_out_of_range, "share", numerics::shortest(one.share));
        numbered_link n;
        if (!one.from_region.empty()) n.from_region = VECHE_TRY(region_in(in, one.from_region));
        if (!one.from_sector.empty()) n.from_sector = VECHE_TRY(sector_in(in, one.from_sector));
        if (!one.to_region.empty()) n.to_region = VECHE_TRY(region_in(in, one.to_region));
        if (!one.to_sector.empty()) n.to_sector = VECHE_TRY(sector_in(in, one.to_sector));
        n.share = one.share;
        n.final_use = one.final_use && one.to_sector.empty();
        out.push_back(n);
    }
    return out;
}

/// The table's flows with the links stopped.
class stopping {
  public:
    stopping(const leontief_system& of, const std::vector<numbered_link>& links)
        : in_(of), matrix(of.data().z), final_left(of.size()), lost(of.size()) {
        const table& data = of.data();
        std::vector<std::vector<const numbered_link*>> leaving(of.size());
        for (std::size_t i = 0; i < of.size(); ++i)
            for (const numbered_link& one : links)
                if (one.leaves(data.producers[i])) leaving[i].push_back(&one);
        for (std::size_t j = 0; j < of.size(); ++j) {
            for (std::size_t i = 0; i < of.size(); ++i) {
                double share = 0;
                for (const numbered_link* one : leaving[i])
                    if (one->reaches(data.producers[i], data.producers[j]))
                        share = std::max(share, one->share);
                const double gone = share * matrix(i, j);
                matrix(i, j) -= gone;
                lost[j] += gone;
                flows += gone;
            }
        }
        for (std::size_t i = 0; i < of.size(); ++i)
            for (std::uint32_t r = 0; r < of.regions(); ++r) {
                double share = 0;
                for (const numbered_link* one : leaving[i])
                    if (one->final_use && one->crosses(data.producers[i].region, r))
                        share = std::max(share, one->share);
                const double gone = share * of.final_use()(i, r);
                final_left[i] += of.final_use()(i, r) - gone;
                final_flows += gone;
            }
        to_system();
    }

  private:
    const leontief_system& in_;

    /// In place: from flows to I - A.
    void to_system() {
        for (std::size_t j = 0; j < matrix.columns; ++j) {
            for (std::size_t i = 0; i < matrix.rows; ++i) matrix(i, j) *= -in_.per_output()[j];
            matrix(j, j) += 1;
        }
    }

  public:
    numerics::dense matrix;
    std::vector<double> final_left, lost;
    double flows = 0, final_flows = 0;
};

/// Output by allocation: x' = w' (I - H)^-1 with H = diag(1/x) Z. As I - H = diag(1/x) (I - A)
/// diag(x), the factors of I - A serve: y = (I - A)'^-1 (w / x), then x y. w / x is the value added
/// per output.
std::vector<double> allocated(const leontief_system& of, const numerics::factorised& factors) {
    std::vector<double> out(of.size());
    for (std::size_t j = 0; j < of.size(); ++j)
        out[j] = of.output()[j] == 0 ? 0 : of.value_added()[j];
    factors.solve(out, true);
    for (std::size_t j = 0; j < of.size(); ++j) out[j] *= of.output()[j];
    return out;
}

void add_up(const leontief_system& of, extraction& out) {
    for (const std::string& name : of.data().regions) out.regions.push_back({name, 0, 0, 0, 0, 0});
    for (std::size_t j = 0; j < of.size(); ++j) {
        const producer_loss& one = out.producers[j];
        region_loss& into = out.regions[of.region_of(j)];
        into.output += one.output;
        into.upstream += one.upstream;
        into.downstream += one.downstream;
        into.value_added_upstream += of.value_added()[j] * one.upstream;
        into.value_added_downstream += of.value_added()[j] * one.downstream;
    }
}

}  // namespace

result<extraction> extract(const leontief_system& of, const std::vector<stopped_link>& links) {
    const auto numbered = VECHE_TRY(numbered_links(of.data(), links));
    stopping left(of, numbered);
    extraction out;
    out.method = "hypothetical extraction: upstream by Leontief, downstream by Ghosh";
    out.unit = of.data().unit;
    out.links = links.size();
    out.flows_stopped = left.flows;
    out.final_use_stopped = left.final_flows;
    const numerics::factorised factors(std::move(left.matrix));
    if (const auto at = factors.singular_at())
        return refuse(refusals::not_productive, "links", of.data().label(*at));
    std::vector<double> needed = left.final_left;
    factors.solve(needed);
    const std::vector<double> made = allocated(of, factors);
    for (std::size_t j = 0; j < of.size(); ++j) {
        const double x = of.output()[j], inputs = x * (1 - of.value_added()[j]);
        out.producers.push_back({of.data().label(j), x, x - needed[j], x == 0 ? 0 : x - made[j],
                                 inputs == 0 ? 0 : left.lost[j] / inputs});
    }
    add_up(of, out);
    out.caveats = {
        "Nothing takes the place of what stops: no other supplier, no other input, no stock, no "
        "change of price. Read the figures as how much hangs on a link, not as a forecast.",
        "Upstream counts what is no longer bought; downstream what lacks inputs in proportion to "
        "their value. A cheap input that cannot be missed stops more than its value.",
        "Upstream and downstream are two readings of one event and are not added."};
    return out;
}

}  // namespace veche::inputoutput
