#include "inputoutput/value_added.hpp"

#include "inputoutput/exporter.hpp"
#include "inputoutput/refusal.hpp"

namespace veche::inputoutput {

trade_view::trade_view(const leontief_system& of)
    : of_(&of), origins_(of.size(), of.regions()), by_use_(of.final_use()) {
    for (std::size_t j = 0; j < of.size(); ++j) origins_(j, of.region_of(j)) = of.value_added()[j];
    of.contents_of(origins_);
    of.outputs_for(by_use_);
    for (std::size_t r = 0; r < of.regions(); ++r)
        local_.emplace_back(local_system(of, of.of_region(r)));
}

result<trade_view> trade_view::of(const leontief_system& of) {
    trade_view out(of);
    for (std::size_t r = 0; r < of.regions(); ++r)
        if (const auto at = out.local_[r].singular_at())
            return refuse(refusals::not_productive, "z", of.data().label(of.of_region(r)[*at]));
    return out;
}

numerics::dense value_added_used(const trade_view& of) {
    const leontief_system& s = of.system();
    numerics::dense out(s.regions(), s.regions());
    for (std::size_t r = 0; r < s.regions(); ++r)
        for (std::size_t i = 0; i < s.size(); ++i)
            out(s.region_of(i), r) += s.value_added()[i] * of.by_use()(i, r);
    return out;
}

numerics::dense value_added_in_exports(const leontief_system& of, std::size_t exporter) {
    const auto& own = of.of_region(exporter);
    numerics::dense out(of.size(), own.size());
    for (std::size_t k = 0; k < own.size(); ++k) out(own[k], k) = of.exports()[own[k]];
    of.outputs_for(out);
    for (std::size_t k = 0; k < own.size(); ++k)
        for (std::size_t i = 0; i < of.size(); ++i) out(i, k) *= of.value_added()[i];
    return out;
}

decomposition kww(const trade_view& of, std::size_t exporter) {
    const exporting s(of, exporter);
    decomposition out =
        s.empty("KWW",
                {"DV in final exports", "DV in intermediates, used by importer",
                 "DV in intermediates, re-exported", "DV returning in final imports",
                 "DV returning in intermediates", "double counted, home", "FV in final exports",
                 "FV in intermediates", "double counted, foreign"},
                false);
    const std::vector<double> own_use = s.local_output(exporter, of.system().final_use(), exporter);
    const std::vector<double> own_exports = s.local_output_for_exports(exporter);
    for (std::size_t r = 0; r < s.regions(); ++r) {
        if (r == exporter) continue;
        const auto& theirs = of.system().of_region(r);
        for (const std::size_t j : theirs) {
            const double home = of.origins()(j, exporter);
            for (std::size_t t = 0; t < s.regions(); ++t) {
                const std::size_t term = t == r ? 1 : t == exporter ? 3 : 2;
                out.totals[term] += home * of.system().final_use()(j, t);
            }
            out.totals[4] += home * s.input_of(j, exporter, own_use);
            out.totals[5] += home * s.input_of(j, exporter, own_exports);
        }
        const std::vector<double> use = s.local_output(r, of.system().final_use(), r);
        const std::vector<double> exports = s.local_output_for_exports(r);
        for (std::size_t k = 0; k < s.own().size(); ++k) {
            const std::size_t i = s.own()[k];
            out.totals[0] += s.home_content(k) * of.system().final_use()(i, r);
            out.totals[6] += s.foreign_content(k) * of.system().final_use()(i, r);
            out.totals[7] += s.foreign_content(k) * s.input_of(i, r, use);
            out.totals[8] += s.foreign_content(k) * s.input_of(i, r, exports);
        }
    }
    s.finish(out);
    return out;
}

oecd_indicators oecd(const trade_view& of, std::size_t exporter) {
    const exporting s(of, exporter);
    const leontief_system& in = of.system();
    oecd_indicators out;
    out.method = "OECD TiVA";
    out.exporter = in.data().regions[exporter];
    double in_others = 0;
    for (std::size_t k = 0; k < s.own().size(); ++k) {
        const std::size_t i = s.own()[k];
        const double e = in.exports()[i];
        out.exgr += e;
        out.exgr_dva += s.home_content(k) * e;
        out.exgr_fva += s.foreign_content(k) * e;
        out.exgr_ddc += in.value_added()[i] * e;
        out.exgr_idc += (s.local_content(k) - in.value_added()[i]) * e;
        out.exgr_rim += (s.home_content(k) - s.local_content(k)) * e;
    }
    const numerics::dense used = value_added_used(of);
    for (std::size_t r = 0; r < s.regions(); ++r) {
        if (r == exporter) continue;
        out.ffd_dva += used(exporter, r);
        out.dfd_fva += used(r, exporter);
        for (const std::size_t j : in.of_region(r))
            in_others += of.origins()(j, exporter) * in.exports()[j];
    }
    out.backward = out.exgr == 0 ? 0 : out.exgr_fva / out.exgr;
    out.forward = out.exgr == 0 ? 0 : in_others / out.exgr;
    return out;
}

}  // namespace veche::inputoutput
