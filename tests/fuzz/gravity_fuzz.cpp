// Formulas, filters and certificates of gravity models: whatever they hold is read or refused.

#include <cstdint>
#include <string_view>
#include <vector>

#include "gravity/certificate.hpp"
#include "gravity/formula.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto f = gravity::parse_formula(text)) (void)gravity::text_of(f->outcome);
    (void)gravity::parse_groupings(text);
    (void)gravity::parse_filter(text);
    const std::vector<double> y = {0, 1, 2, 0, 1};
    const std::vector<double> x = {1, 0, 2, 1, 0};
    const std::vector<std::int32_t> code = {0, 1, 1, 0, 2};
    gravity::model m;
    m.outcome = y;
    m.regressors = {{"x", x}};
    m.effects = {{"g", code, 3, {}}};
    (void)gravity::certificate_fault(m, text);
    return 0;
}
