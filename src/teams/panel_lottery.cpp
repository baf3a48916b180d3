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
    leximin(pool of, const head_counts& first)
        : of_(std::move(of)), settled_(of_.kinds.size()), lp_(right_sides(of_.kinds.size())) {
        add(first);
    }

    panel_outcome run() {
        seed_columns();
        begin_program();
        std::size_t left = of_.kinds.size();
        while (left > 0) {
            if (!one_level()) return not_decided();
            left = static_cast<std::size_t>(
                std::count(settled_.begin(), settled_.end(), std::nullopt));
        }
        take_lottery();
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
            const auto one = heavier_panel(of_, w, std::nullopt).found;
            // The limit of the search: what is there has to do for a beginning.
            if (!one) break;
            add(*one);
            for (std::size_t k = 0; k < one->size(); ++k) {
                const std::int64_t people = of_.kinds[k].people;
                met[k] = met[k] || (*one)[k] > 0;
                w[k] = mpz_class(w[k].get_num() * people / (people + (*one)[k])) + 1;
            }
        }
        for (std::size_t k = 0; k < met.size(); ++k) {
            if (met[k]) continue;
            kind_weights only(of_.kinds.size(), 0);
            only[k] = 1;
            if (const auto one = heavier_panel(of_, only, std::nullopt).found) add(*one);
        }
    }

    /// A row for each kind: what the panels give it, less what it has above the levels reached so
    /// far (nothing once it is settled), less those levels. A last row: the panels' chances sum to
    /// one.
    void begin_program() {
        for (std::uint32_t k = 0; k < of_.kinds.size(); ++k)
            above_.push_back(lp_.add({{k, mpq_class(-1)}}, 0));
        for (const head_counts& one : columns_) chances_.push_back(lp_.add(column_of(one), 0));
    }

    bool one_level() {
        const std::size_t kinds = of_.kinds.size();
        exact_lp::entries rise;
        for (std::uint32_t k = 0; k < kinds; ++k)
            if (!settled_[k]) rise.emplace_back(k, -of_.kinds[k].people);
        const exact_lp::column z = lp_.add(std::move(rise), 1);
        for (;;) {
            VECHE_ENSURE(lp_.solve() == exact_lp::answer::best, "the lottery so far is one");
            kind_weights w;
            for (std::size_t k = 0; k < kinds; ++k) w.push_back(-lp_.duals()[k]);
            const mpq_class limit = lp_.duals()[kinds];
            panel_search heavier = heavier_panel(of_, w, limit);
            if (!heavier.complete) return false;
            if (!heavier.found) {
                reached_ += lp_.value(z);
                lp_.fix(z);
                settle(reached_, w, limit, std::move(heavier.parts));
                return true;
            }
            add(*heavier.found);
            chances_.push_back(lp_.add(column_of(*heavier.found), 0));
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
            lp_.fix(above_[k]);
            l.kinds.push_back(static_cast<std::int32_t>(k));
        }
        VECHE_ENSURE(!l.kinds.empty(), "every level settles somebody");
        out_.levels.push_back(std::move(l));
    }

    void take_lottery() {
        std::map<head_counts, mpq_class> drawn;
        for (std::size_t n = 0; n < chances_.size(); ++n)
            if (mpq_class q = lp_.value(chances_[n]); q > 0) drawn[columns_[n]] += q;
        for (const auto& [one, q] : drawn) out_.panels.push_back({one, ratio_text(q)});
    }

    static std::vector<mpq_class> right_sides(std::size_t kinds) {
        std::vector<mpq_class> right(kinds, 0);
        right.emplace_back(1);
        return right;
    }

    pool of_;
    std::vector<std::optional<mpq_class>> settled_;
    std::vector<head_counts> columns_;
    std::set<head_counts> known_;
    exact_lp lp_;
    std::vector<exact_lp::column> above_;    ///< by kind
    std::vector<exact_lp::column> chances_;  ///< by panel
    mpq_class reached_ = 0;
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
    return checked(c, leximin(std::move(of), any.panels.front().counts).run());
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
