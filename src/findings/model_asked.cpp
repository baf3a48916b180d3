#include "findings/model_asked.hpp"

#include <array>

namespace veche::findings {
namespace {

constexpr std::array<std::string_view, 2> families = {"ppml", "ols"};
constexpr std::array<std::string_view, 3> error_kinds = {"auto", "iid", "hetero"};

}  // namespace

result<estimated_model> estimated_as_asked(const request& from, const tables::table& in) {
    estimated_model out;
    out.asked.formula = parameter_of(from, "formula");
    out.asked.clusters = maybe_parameter(from, "cluster");
    out.asked.dyadic = maybe_parameter(from, "dyadic");
    out.asked.weights = maybe_parameter(from, "weights");
    out.asked.offset = maybe_parameter(from, "offset");
    out.asked.filter = maybe_parameter(from, "filter");
    const bool poisson = VECHE_TRY(choice_parameter(from, "family", families)) == 0;
    out.asked.of = poisson ? gravity::family::poisson : gravity::family::linear;
    const std::size_t errors = VECHE_TRY(choice_parameter(from, "errors", error_kinds));
    out.model = VECHE_TRY(gravity::specify(in, out.asked));
    out.how.progress = from.progress;
    out.estimate = VECHE_TRY(gravity::estimate(out.model->m, out.how));
    out.errors = VECHE_TRY(
        gravity::covariance_by(out.model->m, out.estimate, parameter_of(from, "rule"),
                               errors == 0 ? "" : error_kinds[errors], !out.asked.dyadic.empty()));
    out.report = gravity::report(out.asked, *out.model, in.source(), in.rows(), out.how,
                                 out.estimate, out.errors);
    return out;
}

}  // namespace veche::findings
