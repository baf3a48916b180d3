#include "cli/gravity.hpp"

#include <fmt/format.h>

#include "cli/files.hpp"
#include "cli/table_file.hpp"
#include "gravity/certificate.hpp"
#include "gravity/prediction.hpp"
#include "gravity/report.hpp"
#include "kernel/hash.hpp"
#include "numerics/digits.hpp"

namespace veche::cli {
namespace {

struct gravity_result {
    std::vector<gravity::gravity_report> models;
};
VECHE_FIELDS_HERE(gravity_result, (models, "One for each formula."))

result<void> write_prediction(const gravity_options& o, const tables::table& data,
                              const gravity::specification& s, const gravity::specified& made,
                              const gravity::estimation& e) {
    tables::table rows = data;
    const bool own = o.predict_at.empty();
    if (!own) {
        const std::string bytes = VECHE_TRY(read_file(o.predict_at));
        rows = VECHE_TRY(table_in(o.predict_at, bytes));
    }
    const gravity::prediction fitted = VECHE_TRY(gravity::predict(rows, own, s, made, e));
    return write_new_file(o.predict, gravity::prediction_csv(rows, fitted, o.with_effects), false);
}

result<gravity::gravity_report> estimated(const gravity_options& o, const tables::table& t,
                                          const std::string& formula, bool first) {
    const gravity::specification s = specification_of(o, formula);
    const gravity::settings how = settings_of(o);
    const auto made = VECHE_TRY(gravity::specify(t, s));
    const gravity::estimation e = VECHE_TRY(gravity::estimate(made->m, how));
    const gravity::covariance c =
        VECHE_TRY(gravity::covariance_by(made->m, e, o.rule, o.errors, !o.dyadic.empty()));
    if (first && !o.certificate.empty())
        VECHE_CHECK(
            write_new_file(o.certificate, gravity::write_certificate(made->m, e.used), false));
    if (first && !o.predict.empty()) VECHE_CHECK(write_prediction(o, t, s, *made, e));
    gravity::gravity_report out = gravity::report(s, *made, t.source(), t.rows(), how, e, c,
                                                  {o.level, o.average_effects, o.series_draws});
    if (o.correction == "three-way") {
        const auto corrected = VECHE_TRY(gravity::correct_three_way(made->m, e));
        gravity::add_correction(out, corrected, o.level);
    }
    return out;
}

/// What stands under a table: how sure, and which rows are not in it.
void say_details(const gravity::gravity_report& r, const terminal& on) {
    for (const gravity::dropped_line& one : r.dropped)
        on.say(fmt::format("{} rows not used: {}", one.rows, one.meaning));
    for (const std::string& one : r.removed)
        on.say("Removed, as it follows from others or from effects: " + one);
    if (r.clipped) on.say("The covariance had negative eigenvalues, which were put to 0.");
    if (r.existence == "likely")
        on.say(
            "Some zero rows are fitted so low that it is not certain that all estimates are "
            "finite.");
    on.say(fmt::format("{} steps, {} inner iterations; tests by the {} distribution.", r.steps,
                       r.inner_iterations, r.distribution));
    if (!r.data_hash.empty()) on.say("Data " + r.data + ", SHA-256 " + r.data_hash);
}

void say_bands(const gravity::gravity_report& r, double level, const terminal& on) {
    const std::string percent = numerics::digits(100 * level);
    on.say("");
    for (const gravity::coefficient_line& c : r.coefficients)
        on.say(fmt::format("{}: {}, standard error {}, {} % from {} to {}, p {}", c.name,
                           c.estimate, c.standard_error, percent, c.low, c.high, c.p_value));
    for (const gravity::coefficient_line& c : r.coefficients)
        if (!c.corrected.empty())
            on.say(fmt::format("{}, corrected ({}): {}, standard error {}, {} % from {} to {}",
                               c.name, r.correction, c.corrected, c.corrected_error, percent,
                               c.corrected_low, c.corrected_high));
}

int check_gravity_certificate(const gravity_options& o, const tables::table& t,
                              const terminal& on) {
    const auto made = gravity::specify(t, specification_of(o, o.formula));
    if (!made) return on.fail(made.error());
    const auto text = read_file(o.check);
    if (!text) return on.fail(text.error());
    const std::string fault = gravity::certificate_fault((*made)->m, *text);
    if (!fault.empty()) return on.fail("The certificate does not hold: " + fault, refused);
    on.say("The certificate holds: the rows it names have no finite fitted value.");
    if (on.json) on.out << "{\"holds\":true}\n";
    return done;
}

}  // namespace

gravity::specification specification_of(const gravity_options& o, const std::string& formula) {
    gravity::specification out;
    out.formula = formula;
    out.clusters = o.cluster;
    out.dyadic = o.dyadic;
    out.weights = o.weights;
    out.offset = o.offset;
    out.filter = o.filter;
    out.of = o.family == "ols" ? gravity::family::linear : gravity::family::poisson;
    return out;
}

gravity::settings settings_of(const gravity_options& o) {
    gravity::settings out;
    out.threads = o.threads;
    out.memory_limit = static_cast<std::uint64_t>(o.memory_mb) << 20;
    out.seed = o.seed;
    return out;
}

int gravity_model(const gravity_options& o, const terminal& on) {
    const auto bytes = read_file(o.data);
    if (!bytes) return on.fail(bytes.error());
    const auto t = table_in(o.data, *bytes);
    if (!t) return on.fail(t.error());
    if (!o.check.empty()) return check_gravity_certificate(o, *t, on);
    gravity_result all;
    std::vector<std::string> formulas = {o.formula};
    formulas.insert(formulas.end(), o.more.begin(), o.more.end());
    for (const std::string& formula : formulas) {
        auto one = estimated(o, *t, formula, &formula == &formulas.front());
        if (!one) return on.fail(one.error());
        if (one->data_hash.empty()) one->data_hash = to_hex(sha256(*bytes));
        all.models.push_back(*std::move(one));
    }
    if (on.json) {
        on.out << to_json(all) << '\n';
        return done;
    }
    gravity::table_form form = gravity::table_form::text;
    if (o.table == "csv") form = gravity::table_form::csv;
    if (o.table == "latex") form = gravity::table_form::latex;
    if (o.table == "html") form = gravity::table_form::html;
    on.out << gravity::regression_table(all.models, form);
    for (const gravity::gravity_report& one : all.models) {
        if (!one.average_effects.empty())
            on.out << '\n' << gravity::average_effects_table(one, form);
        if (!one.series.empty()) on.out << '\n' << gravity::series_table(one, form);
    }
    if (form != gravity::table_form::text) return done;
    for (const gravity::gravity_report& one : all.models) {
        say_bands(one, o.level, on);
        say_details(one, on);
    }
    return done;
}

}  // namespace veche::cli
