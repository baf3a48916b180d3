#include <algorithm>
#include <set>

#include "kernel/check.hpp"
#include "teams/exact_lp.hpp"
#include "teams/kinds.hpp"
#include "teams/panel_check.hpp"
#include "teams/refusal.hpp"

namespace veche::teams {
namespace {

/// Level by level: the greatest least probability of those not yet settled, over all panels;
/// whoever bears a weight in its proof cannot have more, and is settled.
class leximin {
  public:
    explicit leximin(pool of) : of_(std::move(of)), settled_(of_.kinds.size()) {}

    panel_outcome run() {
        seed_columns();
        std::size_t left = of_.kinds.size();
        while (left > 0) {
            if (!one_level()) return not_decided();
            left = static_cast<std::size_t>(
                std::count(settled_.begin(), settled_.end(), std::nullopt));
        }
        out_.what = panel_verdict::lottery;
        for (std::size_t k = 0; k < of_.kinds.size(); ++k) {
            out_.kinds.push_back(of_.kinds[k]);
            out_.kinds.back().probability = ratio_text(*settled_[k]);
        }
        return std::move(out_);
    }

  private:
    panel_outcome not_decided() const {
        panel_outcome out;
        out.what = panel_verdict::not_decided;
        out.kinds = of_.kinds;
        return out;
    }

    void add(const head_counts& one) {
        if (known_.insert(one).second) columns_.push_back(one);
    }

    /// Panels to begin with: again and again the heaviest, where who is taken weighs less next
    /// time.
    void seed_columns() {
        kind_weights w(of_.kinds.size(), 1 << 20);
        std::vector<bool> met(of_.kinds.size(), false);
        for (std::size_t turn = 0; turn < 2 * of_.kinds.size(); ++turn) {
            const head_counts one = heavy_panel(w);
            add(one);
            for (std::size_t k = 0; k < one.size(); ++k) {
                const std::int64_t people = of_.kinds[k].people;
                met[k] = met[k] || one[k] > 0;
                w[k] = mpz_class(w[k].get_num() * people / (people + one[k])) + 1;
            }
        }
        for (std::size_t k = 0; k < met.size(); ++k) {
            if (met[k]) continue;
            kind_weights only(of_.kinds.size(), 0);
            only[k] = 1;
            add(heavy_panel(only));
        }
    }

    /// A panel that is heavy; no proof that it is the heaviest.
    head_counts heavy_panel(const kind_weights& w) const {
        const panel_search made = heavier_panel(of_, w, std::nullopt);
        VECHE_ENSURE(made.found.has_value(), "a panel was found before");
        return *made.found;
    }

    bool one_level() {
        const std::size_t kinds = of_.kinds.size();
        std::vector<mpq_class> right;
        for (std::size_t k = 0; k < kinds; ++k)
            right.push_back(settled_[k] ? mpq_class(*settled_[k] * of_.kinds[k].people)
                                        : mpq_class(0));
        right.emplace_back(1);
        exact_lp lp(std::move(right));
        exact_lp::entries least;
        for (std::uint32_t k = 0; k < kinds; ++k)
            if (!settled_[k]) {
                least.emplace_back(k, -of_.kinds[k].people);
                lp.add({{k, mpq_class(-1)}}, 0);
            }
        const exact_lp::column z = lp.add(std::move(least), 1);
        std::vector<exact_lp::column> columns;
        for (const head_counts& one : columns_) columns.push_back(lp.add(column_of(one), 0));
        for (;;) {
            VECHE_ENSURE(lp.solve() == exact_lp::answer::best, "the lottery so far is one");
            kind_weights w;
            for (std::size_t k = 0; k < kinds; ++k) w.push_back(-lp.duals()[k]);
            const mpq_class limit = lp.duals()[kinds];
            panel_search heavier = heavier_panel(of_, w, limit);
            if (!heavier.complete) return false;
            if (!heavier.found) {
                settle(lp.value(z), w, limit, std::move(heavier.parts));
                take_lottery(lp, columns);
                return true;
            }
            add(*heavier.found);
            columns.push_back(lp.add(column_of(*heavier.found), 0));
        }
    }

    [[nodiscard]] exact_lp::entries column_of(const head_counts& one) const {
        exact_lp::entries out;
        for (std::uint32_t k = 0; k < one.size(); ++k)
            if (one[k] > 0) out.emplace_back(k, one[k]);
        out.emplace_back(static_cast<std::uint32_t>(one.size()), 1);
        return out;
    }

    void settle(const mpq_class& probability, const kind_weights& w, const mpq_class& limit,
                std::vector<panel_part> parts) {
        level l;
        l.probability = ratio_text(probability);
        l.limit = ratio_text(limit);
        l.parts = std::move(parts);
        for (std::size_t k = 0; k < w.size(); ++k) {
            l.weights.push_back(ratio_text(w[k]));
            if (settled_[k] || w[k] <= 0) continue;
            settled_[k] = probability;
            l.kinds.push_back(static_cast<std::int32_t>(k));
        }
        VECHE_ENSURE(!l.kinds.empty(), "every level settles somebody");
        out_.levels.push_back(std::move(l));
    }

    void take_lottery(const exact_lp& lp, const std::vector<exact_lp::column>& columns) {
        std::map<head_counts, mpq_class> drawn;
        for (std::size_t n = 0; n < columns.size(); ++n)
            if (mpq_class q = lp.value(columns[n]); q > 0) drawn[columns_[n]] += q;
        out_.panels.clear();
        for (const auto& [one, q] : drawn) out_.panels.push_back({one, ratio_text(q)});
    }

    pool of_;
    std::vector<std::optional<mpq_class>> settled_;
    std::vector<head_counts> columns_;
    std::set<head_counts> known_;
    panel_outcome out_;
};

/// Whether there is a panel at all, and what follows where not.
panel_outcome first_panel(const pool& of) {
    panel_outcome out;
    out.kinds = of.kinds;
    const kind_weights nothing(of.kinds.size(), 0);
    panel_search any = heavier_panel(of, nothing, std::nullopt);
    if (any.found) {
        out.what = panel_verdict::feasible;
        out.panels.push_back({*any.found, "1"});
    } else if (any.complete) {
        out.what = panel_verdict::none;
        level proof;
        proof.weights.assign(of.kinds.size(), "0");
        proof.limit = "-1";
        proof.parts = std::move(any.parts);
        out.levels.push_back(std::move(proof));
        out.reason = panel_conflict(of);
    } else {
        out.what = panel_verdict::not_decided;
    }
    return out;
}

panel_outcome checked(const panel_call& c, panel_outcome out) {
    VECHE_ENSURE(panel_fault(c, out).empty(), "a lottery of panels passes its own check");
    return out;
}

result<panel_outcome> lottery(const panel_call& c, bool closed_form) {
    pool of = VECHE_TRY(read(c));
    panel_outcome any = first_panel(of);
    if (any.what != panel_verdict::feasible) return checked(c, std::move(any));
    if (closed_form)
        if (auto one = lottery_of_one_category(of)) return checked(c, *std::move(one));
    return checked(c, leximin(std::move(of)).run());
}

}  // namespace

result<panel_outcome> find_panel(const panel_call& c) {
    const pool of = VECHE_TRY(read(c));
    return checked(c, first_panel(of));
}

result<panel_outcome> find_lottery(const panel_call& c) {
    return lottery(c, true);
}

result<panel_outcome> find_lottery_by_columns(const panel_call& c) {
    return lottery(c, false);
}

}  // namespace veche::teams
