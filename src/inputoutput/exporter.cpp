#include "inputoutput/exporter.hpp"

#include "numerics/sums.hpp"

namespace veche::inputoutput {

exporting::exporting(const trade_view& view, std::size_t exporter)
    : view_(view), exporter_(exporter), own_(view.system().of_region(exporter)) {
    for (const std::size_t i : own_) {
        numerics::compensated_sum foreign;
        for (std::size_t t = 0; t < regions(); ++t)
            if (t != exporter) foreign.add(view.origins()(i, t));
        foreign_.push_back(foreign.value());
        local_.push_back(view.system().value_added()[i]);
    }
    view.local(exporter).solve(local_, true);
}

double exporting::input_of(std::size_t i, std::size_t r, const std::vector<double>& of) const {
    const auto& theirs = view_.system().of_region(r);
    double sum = 0;
    for (std::size_t k = 0; k < theirs.size(); ++k) sum += view_.system().a(i, theirs[k]) * of[k];
    return sum;
}

double exporting::input_of(std::size_t i, std::size_t r, const numerics::dense& outputs,
                           std::size_t column) const {
    double sum = 0;
    for (const std::size_t j : view_.system().of_region(r))
        sum += view_.system().a(i, j) * outputs(j, column);
    return sum;
}

std::vector<double> exporting::local_output(std::size_t r, const numerics::dense& of,
                                            std::size_t column) const {
    std::vector<double> out;
    for (const std::size_t j : view_.system().of_region(r)) out.push_back(of(j, column));
    view_.local(r).solve(out);
    return out;
}

std::vector<double> exporting::local_output_for_exports(std::size_t r) const {
    std::vector<double> out;
    for (const std::size_t j : view_.system().of_region(r))
        out.push_back(view_.system().exports()[j]);
    view_.local(r).solve(out);
    return out;
}

decomposition exporting::empty(std::string method, std::vector<std::string_view> terms,
                               bool by_partner) const {
    decomposition out;
    out.method = std::move(method);
    out.exporter = view_.system().data().regions[exporter_];
    out.totals.resize(terms.size());
    if (by_partner) {
        out.by_partner = numerics::dense(regions(), terms.size());
        out.by_producer = numerics::dense(own_.size(), terms.size());
    }
    out.terms = std::move(terms);
    out.exports_to.resize(regions());
    for (const std::size_t i : own_)
        for (std::size_t r = 0; r < regions(); ++r)
            if (r != exporter_)
                out.exports_to[r] +=
                    view_.system().final_use()(i, r) + view_.system().intermediate_use()(i, r);
    out.exports = numerics::sum_of(out.exports_to);
    return out;
}

void exporting::add(decomposition& to, std::size_t term, std::size_t partner, std::size_t k,
                    double value) {
    to.totals[term] += value;
    to.by_partner(partner, term) += value;
    to.by_producer(k, term) += value;
}

void exporting::finish(decomposition& of) const {
    numerics::compensated_sum left;
    left.add(of.exports);
    for (const double term : of.totals) left.add(-term);
    of.left_over = left.value();
}

}  // namespace veche::inputoutput
