#include "inputoutput/footprint.hpp"

#include "inputoutput/refusal.hpp"

namespace veche::inputoutput {
namespace {

footprint account(const leontief_system& of, const extension& in, std::size_t row,
                  const numerics::dense& by_use) {
    const std::size_t regions = of.regions();
    footprint out;
    out.method = "S L Y + F_Y";
    out.extension = in.name;
    out.stressor = in.rows[row].name;
    out.unit = in.rows[row].unit;
    out.flows = numerics::dense(regions, regions);
    for (std::size_t r = 0; r < regions; ++r)
        for (std::size_t i = 0; i < of.size(); ++i)
            out.flows(of.region_of(i), r) +=
                in.by_producer(row, i) * of.per_output()[i] * by_use(i, r);
    for (auto* one : {&out.production, &out.consumption, &out.imports, &out.exports, &out.direct})
        one->resize(regions);
    for (std::size_t k = 0; k < in.by_final.columns; ++k)
        out.direct[of.data().finals[k].region] += in.by_final(row, k);
    for (std::size_t t = 0; t < regions; ++t) {
        for (std::size_t r = 0; r < regions; ++r) {
            out.production[t] += out.flows(t, r);
            out.consumption[t] += out.flows(r, t);
            if (t == r) continue;
            out.exports[t] += out.flows(t, r);
            out.imports[t] += out.flows(r, t);
        }
        out.production[t] += out.direct[t];
        out.consumption[t] += out.direct[t];
    }
    return out;
}

}  // namespace

result<const extension*> extension_in(const table& of, const std::string& name) {
    for (const extension& one : of.extensions)
        if (one.name == name) return &one;
    return refuse(refusals::extension_unknown, "extension", name);
}

result<std::vector<footprint>> footprints(const leontief_system& of, const std::string& extension) {
    const auto* in = VECHE_TRY(extension_in(of.data(), extension));
    numerics::dense by_use = of.final_use();
    of.outputs_for(by_use);
    std::vector<footprint> out;
    for (std::size_t row = 0; row < in->rows.size(); ++row)
        out.push_back(account(of, *in, row, by_use));
    return out;
}

std::vector<double> stressor_multipliers(const leontief_system& of, const extension& in,
                                         std::size_t row) {
    std::vector<double> out(of.size());
    for (std::size_t j = 0; j < of.size(); ++j)
        out[j] = in.by_producer(row, j) * of.per_output()[j];
    of.contents_of(out);
    return out;
}

}  // namespace veche::inputoutput
