#include "cli/equilibrium.hpp"

#include "cli/files.hpp"
#include "cli/table_file.hpp"
#include "gravity/experiment_report.hpp"
#include "gravity/experiment_text.hpp"
#include "kernel/hash.hpp"

namespace veche::cli {
namespace {

result<std::vector<gravity::experiment>> experiments_of(const equilibrium_options& o,
                                                        const gravity::cross_section& s) {
    using kind = gravity::experiment_kind;
    std::vector<gravity::experiment> out;
    const auto add = [&](kind of, const std::vector<std::string>& texts) -> result<void> {
        for (const std::string& text : texts)
            out.push_back(VECHE_TRY(gravity::experiment_of(s, of, text, o.level)));
        return {};
    };
    VECHE_CHECK(add(kind::border, o.border));
    VECHE_CHECK(add(kind::member, o.member));
    VECHE_CHECK(add(kind::set, o.set));
    if (!o.values.empty()) {
        const std::string bytes = VECHE_TRY(read_file(o.values));
        const tables::table values = VECHE_TRY(table_in(o.values, bytes));
        out.push_back(VECHE_TRY(gravity::values_given(s, values)));
    }
    VECHE_CHECK(add(kind::tariff, o.tariff));
    VECHE_CHECK(add(kind::barrier, o.barrier));
    return out;
}

gravity::experiment_plan plan_of(const equilibrium_options& o) {
    gravity::experiment_plan out;
    out.sigma = o.sigma;
    out.close = o.closure == "D"   ? gravity::closure::deficit
                : o.closure == "B" ? gravity::closure::balanced
                                   : gravity::closure::world;
    out.reference = o.reference;
    out.start = o.baseline == "observed" ? gravity::baseline::observed : gravity::baseline::fitted;
    out.draws = o.draws;
    out.seed = o.model.seed;
    out.level = o.level;
    out.threads = o.model.threads;
    return out;
}

/// Coefficients as the options say: estimated here, or given.
result<gravity::cost_coefficients> costs_by(const equilibrium_options& o, const tables::table& t,
                                            gravity::experiment_source& from) {
    if (o.model.formula.empty()) {
        std::vector<gravity::given_coefficient> given;
        for (const std::string& text : o.coefficients)
            given.push_back(VECHE_TRY(gravity::coefficient_of(text)));
        return gravity::coefficients_given(given);
    }
    const gravity::specification s = specification_of(o.model, o.model.formula);
    const gravity::settings how = settings_of(o.model);
    const auto made = VECHE_TRY(gravity::specify(t, s));
    const gravity::estimation e = VECHE_TRY(gravity::estimate(made->m, how));
    const gravity::covariance c = VECHE_TRY(
        gravity::covariance_by(made->m, e, o.model.rule, o.model.errors, !o.model.dyadic.empty()));
    from.estimate.push_back(gravity::report(s, *made, t.source(), t.rows(), how, e, c));
    return gravity::coefficients_of(s, made->m, e, c);
}

result<void> write_effects(const equilibrium_options& o, const std::string& bytes,
                           const terminal& on) {
    const tables::table read = VECHE_TRY(table_in(o.data, bytes));
    const tables::table t = VECHE_TRY(gravity::with_border(read, o.columns));
    gravity::experiment_source from;
    from.data = t.source().name;
    from.data_hash = to_hex(sha256(bytes));
    from.section = o.section.empty() ? o.model.filter : o.section;
    const gravity::cross_section s = VECHE_TRY(gravity::section_of(t, o.columns, from.section));
    gravity::experiment_plan plan = plan_of(o);
    plan.steps = VECHE_TRY(experiments_of(o, s));
    const gravity::cost_coefficients c = VECHE_TRY(costs_by(o, t, from));
    const gravity::experiment_outcome made = VECHE_TRY(gravity::carry_out(s, c, plan));
    if (!o.flows.empty()) VECHE_CHECK(write_new_file(o.flows, gravity::flows_csv(s, made), false));
    const gravity::experiment_report r = gravity::report(s, c, plan, made, from);
    if (on.json)
        on.out << to_json(r) << '\n';
    else
        on.out << (o.table == "csv" ? gravity::experiment_csv(r) : gravity::experiment_text(r));
    return {};
}

}  // namespace

int equilibrium_effects(const equilibrium_options& o, const terminal& on) {
    if (!o.model.formula.empty() && !o.coefficients.empty())
        return on.fail("Give either --model or --coefficient.", wrong_usage);
    const auto bytes = read_file(o.data);
    if (!bytes) return on.fail(bytes.error());
    const auto written = write_effects(o, *bytes, on);
    return written ? done : on.fail(written.error());
}

}  // namespace veche::cli
