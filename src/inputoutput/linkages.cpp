#include "inputoutput/linkages.hpp"

#include "numerics/sums.hpp"

namespace veche::inputoutput {

numerics::dense output_multipliers(const leontief_system& of) {
    numerics::dense out(of.size(), of.regions());
    for (std::size_t j = 0; j < of.size(); ++j) out(j, of.region_of(j)) = 1;
    of.contents_of(out);
    return out;
}

std::vector<linkage> linkages(const leontief_system& of) {
    const std::size_t n = of.size();
    const numerics::dense backward = output_multipliers(of);
    // Ghosh's inverse is diag(1/x) L diag(x): its row sums are those of L with weights x, over x.
    std::vector<double> forward(n, 1), ghosh = of.output();
    of.outputs_for(forward);
    of.outputs_for(ghosh);
    std::vector<linkage> out(n);
    numerics::compensated_sum all_backward, all_forward, all_ghosh;
    std::size_t making = 0;
    for (std::size_t j = 0; j < n; ++j) {
        linkage& one = out[j];
        one.label = of.data().label(j);
        one.output = of.output()[j];
        numerics::compensated_sum sum;
        for (std::size_t t = 0; t < of.regions(); ++t) sum.add(backward(j, t));
        one.backward = sum.value();
        one.backward_home = backward(j, of.region_of(j));
        one.forward = forward[j];
        one.ghosh = one.output == 0 ? 1 : ghosh[j] * of.per_output()[j];
        if (one.output == 0) continue;
        ++making;
        all_backward.add(one.backward);
        all_forward.add(one.forward);
        all_ghosh.add(one.ghosh);
    }
    const auto count = static_cast<double>(making);
    for (linkage& one : out) {
        if (one.output == 0) continue;
        one.backward_index = one.backward * count / all_backward.value();
        one.forward_index = one.forward * count / all_forward.value();
        one.ghosh_index = one.ghosh * count / all_ghosh.value();
    }
    return out;
}

}  // namespace veche::inputoutput
