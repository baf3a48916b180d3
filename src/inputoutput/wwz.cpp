#include "inputoutput/exporter.hpp"

namespace veche::inputoutput {
namespace {

/// Output that final use in three parts needs, for one exporter s. Final use of region t's
/// products: by t itself, by s, by all others. Column 3 t + 0, 1, 2.
numerics::dense outputs_in_parts(const leontief_system& in, std::size_t s) {
    numerics::dense out(in.size(), 3 * in.regions());
    for (std::size_t j = 0; j < in.size(); ++j) {
        const std::size_t t = in.region_of(j);
        for (std::size_t u = 0; u < in.regions(); ++u) {
            // For s itself the first and the second are one; it stands in the first.
            const std::size_t part = u == t ? 0 : u == s ? 1 : 2;
            out(j, 3 * t + part) += in.final_use()(j, u);
        }
    }
    in.outputs_for(out);
    return out;
}

/// What producers of r make for the six ways that the exporter's intermediates go on from there:
/// terms 2 to 9 of WWZ, by producers of r.
numerics::dense onward(const leontief_system& in, const numerics::dense& parts, std::size_t s,
                       std::size_t r) {
    const auto& theirs = in.of_region(r);
    numerics::dense out(theirs.size(), 8);
    for (std::size_t k = 0; k < theirs.size(); ++k) {
        const std::size_t j = theirs[k];
        for (std::size_t t = 0; t < in.regions(); ++t) {
            const double by_itself = parts(j, 3 * t), by_s = parts(j, 3 * t + 1),
                         by_others = parts(j, 3 * t + 2);
            if (t == r) {
                out(k, 0) += by_itself;
                out(k, 2) += by_others;
                out(k, 4) += by_s;
            } else if (t == s) {
                out(k, 6) += by_itself;
                out(k, 7) += by_others;
            } else {
                out(k, 1) += by_itself;
                out(k, 3) += by_others;
                out(k, 5) += by_s;
            }
        }
    }
    return out;
}

struct partner_flows {
    const exporting& from;
    const trade_view& view;
    std::size_t partner;
    std::vector<double> use, exports;  // L(r) Y(r,r) and L(r) E(r)
    numerics::dense ways;
};

void add_partner(decomposition& out, const partner_flows& to) {
    const leontief_system& in = to.view.system();
    const exporting& s = to.from;
    const std::size_t r = to.partner;
    for (std::size_t k = 0; k < s.own().size(); ++k) {
        const std::size_t i = s.own()[k];
        const double final_goods = in.final_use()(i, r);
        const double home = s.home_content(k), local = s.local_content(k);
        const double importer = to.view.origins()(i, r);
        const double third = s.foreign_content(k) - importer;
        exporting::add(out, 0, r, k, home * final_goods);
        for (std::size_t way = 0; way < 8; ++way) {
            double sum = 0;
            for (std::size_t n = 0; n < in.of_region(r).size(); ++n)
                sum += in.a(i, in.of_region(r)[n]) * to.ways(n, way);
            exporting::add(out, 1 + way, r, k, local * sum);
        }
        exporting::add(out, 9, r, k, (home - local) * in.intermediate_use()(i, r));
        const double used = s.input_of(i, r, to.use), exported = s.input_of(i, r, to.exports);
        exporting::add(out, 10, r, k, importer * final_goods);
        exporting::add(out, 11, r, k, importer * used);
        exporting::add(out, 12, r, k, importer * exported);
        exporting::add(out, 13, r, k, third * final_goods);
        exporting::add(out, 14, r, k, third * used);
        exporting::add(out, 15, r, k, third * exported);
    }
}

}  // namespace

decomposition wwz(const trade_view& of, std::size_t exporter) {
    const exporting s(of, exporter);
    decomposition out =
        s.empty("WWZ",
                {"DVA_FIN", "DVA_INT", "DVA_INTrexI1", "DVA_INTrexF", "DVA_INTrexI2", "RDV_FIN1",
                 "RDV_FIN2", "RDV_INT", "DDC_FIN", "DDC_INT", "MVA_FIN", "MVA_INT", "MDC",
                 "OVA_FIN", "OVA_INT", "ODC"},
                true);
    const numerics::dense parts = outputs_in_parts(of.system(), exporter);
    for (std::size_t r = 0; r < s.regions(); ++r) {
        if (r == exporter) continue;
        add_partner(out, {s, of, r, s.local_output(r, of.system().final_use(), r),
                          s.local_output_for_exports(r), onward(of.system(), parts, exporter, r)});
    }
    s.finish(out);
    return out;
}

}  // namespace veche::inputoutput
