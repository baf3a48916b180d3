#include "inputoutput/exporter.hpp"
#include "inputoutput/refusal.hpp"

namespace veche::inputoutput {
namespace {

/// B(.,s) restricted to s: solves for unit vectors of the exporter's producers.
numerics::dense own_block(const leontief_system& in, const std::vector<std::size_t>& own) {
    numerics::dense all(in.size(), own.size());
    for (std::size_t k = 0; k < own.size(); ++k) all(own[k], k) = 1;
    in.outputs_for(all);
    numerics::dense out(own.size(), own.size());
    for (std::size_t k = 0; k < own.size(); ++k)
        for (std::size_t i = 0; i < own.size(); ++i) out(i, k) = all(own[i], k);
    return out;
}

/// Chains without the exporter's own exports: the table with A(s,r) zero for all r other than s has
/// an inverse N with N(t,s) = B(t,s) inverse(B(s,s)) L(s), because B = N + B(.,s) A(s,.) N. So
/// systems of the exporter's size are enough.
class chains_without_return {
  public:
    chains_without_return(const trade_view& of, const exporting& s)
        : view_(of), s_(s), own_(own_block(of.system(), s.own())) {}

    /// Whether the other regions among themselves have a solution: the determinant of B(s,s) is
    /// theirs over that of all.
    [[nodiscard]] bool sound() const { return !own_.singular_at(); }

    /// Sum over t other than s of v(t) N(t,s), by the exporter's producers.
    [[nodiscard]] std::vector<double> foreign_content() const {
        std::vector<double> out;
        for (std::size_t k = 0; k < s_.own().size(); ++k) out.push_back(s_.foreign_content(k));
        own_.solve(out, true);
        view_.local(s_.region()).solve(out, true);
        return out;
    }

    /// `of`, less N(.,s) times the exports of s that go into it: what reaches final use without
    /// crossing the exporter's border again.
    [[nodiscard]] std::vector<double> after_last_crossing(const std::vector<double>& of,
                                                          std::vector<double> exports) const {
        view_.local(s_.region()).solve(exports);
        own_.solve(exports);
        std::vector<double> made(of.size());
        for (std::size_t k = 0; k < exports.size(); ++k) made[s_.own()[k]] = exports[k];
        view_.system().outputs_for(made);
        std::vector<double> out(of.size());
        for (std::size_t i = 0; i < of.size(); ++i) out[i] = of[i] - made[i];
        return out;
    }

  private:
    const trade_view& view_;
    const exporting& s_;
    numerics::factorised own_;
};

/// Inputs from each of the exporter's producers that outputs abroad need, by partner.
double needed(const trade_view& of, std::size_t i, std::size_t r,
              const std::vector<double>& outputs) {
    double sum = 0;
    for (const std::size_t j : of.system().of_region(r)) sum += of.system().a(i, j) * outputs[j];
    return sum;
}

void add_by_source(decomposition& out, const trade_view& of, const exporting& s,
                   const std::vector<double>& foreign) {
    const leontief_system& in = of.system();
    for (std::size_t k = 0; k < s.own().size(); ++k) {
        const std::size_t i = s.own()[k];
        for (std::size_t r = 0; r < s.regions(); ++r) {
            if (r == s.region()) continue;
            const double e = in.final_use()(i, r) + in.intermediate_use()(i, r);
            const double returning = s.input_of(i, r, of.by_use(), s.region());
            exporting::add(out, 0, r, k, s.local_content(k) * (e - returning));
            exporting::add(out, 1, r, k, s.local_content(k) * returning);
            exporting::add(out, 2, r, k, (s.home_content(k) - s.local_content(k)) * e);
            exporting::add(out, 3, r, k, foreign[k] * e);
            exporting::add(out, 4, r, k, (s.foreign_content(k) - foreign[k]) * e);
        }
    }
}

void add_by_sink(decomposition& out, const trade_view& of, const exporting& s,
                 const chains_without_return& chains) {
    const leontief_system& in = of.system();
    std::vector<double> home(in.size()), exports, exports_home;
    for (std::size_t i = 0; i < in.size(); ++i) home[i] = of.by_use()(i, s.region());
    for (const std::size_t i : s.own()) {
        exports.push_back(in.exports()[i]);
        exports_home.push_back(0);
        for (std::size_t r = 0; r < s.regions(); ++r)
            if (r != s.region()) exports_home.back() += needed(of, i, r, home);
    }
    const auto last = chains.after_last_crossing(in.output(), exports);
    const auto last_home = chains.after_last_crossing(home, exports_home);
    for (std::size_t k = 0; k < s.own().size(); ++k) {
        const std::size_t i = s.own()[k];
        for (std::size_t r = 0; r < s.regions(); ++r) {
            if (r == s.region()) continue;
            const double e = in.final_use()(i, r) + in.intermediate_use()(i, r);
            const double ends = in.final_use()(i, r) + needed(of, i, r, last);
            const double returning = needed(of, i, r, last_home);
            exporting::add(out, 0, r, k, s.home_content(k) * (ends - returning));
            exporting::add(out, 1, r, k, s.home_content(k) * returning);
            exporting::add(out, 2, r, k, s.home_content(k) * (e - ends));
            exporting::add(out, 3, r, k, s.foreign_content(k) * ends);
            exporting::add(out, 4, r, k, s.foreign_content(k) * (e - ends));
        }
    }
}

}  // namespace

result<decomposition> borin_mancini(const trade_view& of, std::size_t exporter, counted at) {
    const exporting s(of, exporter);
    const chains_without_return chains(of, s);
    if (!chains.sound())
        return refuse(refusals::not_productive, "z",
                      "all but " + of.system().data().regions[exporter]);
    decomposition out =
        s.empty(at == counted::source ? "Borin-Mancini source" : "Borin-Mancini sink",
                {"VAX", "REF", "DDC", "FVA", "FDC"}, true);
    if (at == counted::source)
        add_by_source(out, of, s, chains.foreign_content());
    else
        add_by_sink(out, of, s, chains);
    s.finish(out);
    return out;
}

result<chain_participation> participation(const trade_view& of, std::size_t exporter) {
    const decomposition terms = VECHE_TRY(borin_mancini(of, exporter, counted::source));
    const exporting s(of, exporter);
    chain_participation out;
    out.method = terms.method;
    out.exporter = terms.exporter;
    out.exports = terms.exports;
    out.vax = terms.totals[0];
    out.ref = terms.totals[1];
    out.ddc = terms.totals[2];
    out.fva = terms.totals[3];
    out.fdc = terms.totals[4];
    out.dva = out.vax + out.ref;
    out.domestic_content = out.dva + out.ddc;
    out.foreign_content = out.fva + out.fdc;
    for (std::size_t r = 0; r < s.regions(); ++r) {
        if (r == exporter) continue;
        const std::vector<double> use = s.local_output(r, of.system().final_use(), r);
        for (std::size_t k = 0; k < s.own().size(); ++k) {
            const std::size_t i = s.own()[k];
            out.davax +=
                s.local_content(k) * (of.system().final_use()(i, r) + s.input_of(i, r, use));
        }
    }
    out.gvc = out.exports - out.davax;
    out.backward = out.ddc + out.foreign_content;
    out.forward = out.dva - out.davax;
    return out;
}

}  // namespace veche::inputoutput
