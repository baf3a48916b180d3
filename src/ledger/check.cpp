#include <map>
#include <source_location>

#include "ledger/book.hpp"
#include "ledger/division.hpp"

namespace veche::ledger {
namespace {

/// Sums of fewer than 2^31 amounts below this stay within 128 bits.
constexpr int128 amount_end = int128{1} << 96;

int128 sum_of(const std::vector<share>& shares) {
    int128 sum = 0;
    for (const share& one : shares) sum += one.minor;
    return sum;
}

class checker {
  public:
    checker(const book& b, std::uint_least32_t without) : book_(b), without_(without) {}

    verdict judge(const operation& o) {
        const head& common = head_of(o);
        const done_ids::answer known = book_.done.ask(o);
        if (stops(known == done_ids::answer::same, code::exists)) return said_;
        if (stops(known != done_ids::answer::is_new, code::exists_with_different)) return said_;
        const bool shut = common.day && book_.closed && *common.day <= *book_.closed;
        if (stops(shut, code::period_closed)) return said_;
        const verdict sizes = std::visit([&](const auto& one) { return amounts(one); }, o);
        return sizes.good() ? std::visit(*this, o) : sizes;
    }

    // --- Amounts, before anything else that an operation asks ------------------------------------

    verdict amounts(const declare_unit&) { return {}; }
    verdict amounts(const enter& e) {
        for (const leg& l : e.legs)
            if (const auto v = positive(l.minor < 0 ? -l.minor : l.minor); !v.good()) return v;
        return {};
    }
    verdict amounts(const assess& a) { return shares(a.total, a.shares); }
    verdict amounts(const reassess& a) {
        if (const auto v = shares(a.total, a.before); !v.good()) return v;
        return shares(a.total, a.shares);
    }
    verdict amounts(const amend& a) { return positive(a.delta < 0 ? -a.delta : a.delta); }
    verdict amounts(const close&) { return {}; }
    verdict amounts(const confirm& c) { return c.minor ? positive(*c.minor) : verdict{}; }
    verdict amounts(const void_reservation&) { return {}; }
    verdict amounts(const expire&) { return {}; }
    verdict amounts(const exchange& x) {
        if (const auto v = positive(x.minor); !v.good()) return v;
        if (const auto v = positive(x.at.num); !v.good()) return v;
        if (const auto v = positive(x.at.den); !v.good()) return v;
        return positive(x.to_minor);
    }
    template <class Operation>
    verdict amounts(const Operation& o) {
        return positive(o.minor);
    }

    // --- What each asks --------------------------------------------------------------------------

    verdict operator()(const declare_unit& d) {
        const std::int32_t* scale = book_.units.find(d.unit);
        if (!scale) return {};
        if (stops(*scale == d.scale, code::exists)) return said_;
        return stops(true, code::exists_with_different) ? said_ : verdict{};
    }

    verdict operator()(const enter& e) {
        std::map<std::string_view, int128> sums;
        for (const leg& l : e.legs) {
            if (stops(!book_.units.contains(l.unit), code::unknown_commodity)) return said_;
            sums[l.unit] += l.minor;
        }
        if (stops(e.legs.empty(), code::unbalanced)) return said_;
        for (const auto& [unit, sum] : sums)
            if (stops(sum != 0, code::unbalanced, sum)) return said_;
        for (const auto& [key, by] : changes_of(e.legs))
            if (by < 0 && is_bank(key.account))
                if (const auto v = cash(key.account, key.unit, -by); !v.good()) return v;
        return {};
    }

    verdict operator()(const assess& a) {
        if (stops(!book_.units.contains(a.unit), code::unknown_commodity)) return said_;
        if (stops(sum_of(a.shares) != a.total, code::shares_do_not_sum, sum_of(a.shares)))
            return said_;
        return {};
    }
    verdict operator()(const reassess& a) {
        if (stops(!book_.units.contains(a.unit), code::unknown_commodity)) return said_;
        if (stops(sum_of(a.before) != a.total, code::shares_do_not_sum, sum_of(a.before)))
            return said_;
        if (stops(sum_of(a.shares) != a.total, code::shares_do_not_sum, sum_of(a.shares)))
            return said_;
        return {};
    }
    verdict operator()(const receive& r) { return known_unit(r.unit); }
    verdict operator()(const earn& e) { return known_unit(e.unit); }
    verdict operator()(const write_off& w) {
        if (stops(!book_.units.contains(w.unit), code::unknown_commodity)) return said_;
        const int128 owed = balance(book_, "Receivable:" + w.party, w.unit);
        if (stops(w.minor > owed, code::exceeds_receivable, owed > 0 ? owed : 0)) return said_;
        return {};
    }

    verdict operator()(const appropriate& a) {
        if (stops(!book_.units.contains(a.unit), code::unknown_commodity)) return said_;
        if (stops(book_.lines.contains(a.line), code::exists_with_different)) return said_;
        if (a.parent.empty()) return {};
        const budget_line* parent = book_.lines.find(a.parent);
        if (stops(!parent, code::unknown_parent)) return said_;
        if (stops(parent->unit != a.unit, code::commodity_mismatch)) return said_;
        if (stops(a.minor > parent->available(), code::exceeds_parent, parent->available()))
            return said_;
        return {};
    }
    verdict operator()(const amend& a) {
        const budget_line* line = book_.lines.find(a.line);
        if (stops(!line, code::unknown_line)) return said_;
        if (stops(-a.delta > line->available(), code::below_committed, line->available()))
            return said_;
        if (a.delta < 0 || line->parent.empty()) return {};
        return room_under(line->parent, a.delta);
    }
    verdict operator()(const transfer& t) {
        const budget_line* from = book_.lines.find(t.from);
        const budget_line* to = book_.lines.find(t.to);
        if (stops(!from || !to, code::unknown_line)) return said_;
        if (stops(from->unit != to->unit, code::commodity_mismatch)) return said_;
        if (stops(on_one_branch(t.from, t.to), code::same_branch)) return said_;
        if (stops(t.minor > from->available(), code::below_committed, from->available()))
            return said_;
        if (to->parent.empty() || to->parent == from->parent) return {};
        return room_under(to->parent, t.minor);
    }
    verdict operator()(const carry& c) {
        const budget_line* from = book_.lines.find(c.from);
        const budget_line* to = book_.lines.find(c.to);
        if (stops(!from, code::unknown_line)) return said_;
        if (stops(to && to->unit != from->unit, code::commodity_mismatch)) return said_;
        if (stops(on_one_branch(c.from, c.to), code::same_branch)) return said_;
        if (stops(c.minor > from->available(), code::exceeds_available, from->available()))
            return said_;
        if (!to || to->parent.empty() || to->parent == from->parent) return {};
        return room_under(to->parent, c.minor);
    }
    verdict operator()(const close&) {
        if (stops(!book_.pending.empty(), code::pending_not_resolved)) return said_;
        return {};
    }

    verdict operator()(const reserve& r) {
        const budget_line* line = book_.lines.find(r.line);
        if (stops(!line, code::unknown_line)) return said_;
        if (stops(line->unit != r.unit, code::commodity_mismatch)) return said_;
        if (stops(r.minor > line->available(), code::exceeds_appropriation, line->available()))
            return said_;
        return {};
    }
    verdict operator()(const confirm& c) {
        const commitment* held = book_.commitments.find(c.ref);
        if (stops(!held, code::unknown_ref)) return said_;
        if (stops(held->stands != standing::pending, code::already_resolved)) return said_;
        if (stops(held->expires && c.day && *c.day > *held->expires, code::expired)) return said_;
        if (stops(c.minor && *c.minor > held->amount, code::exceeds_pending, held->amount))
            return said_;
        if (stops(!c.by.empty() && c.by == held->by, code::same_person)) return said_;
        return {};
    }
    verdict operator()(const void_reservation& v) {
        const commitment* held = book_.commitments.find(v.ref);
        if (stops(!held, code::unknown_ref)) return said_;
        if (stops(held->stands != standing::pending, code::already_resolved)) return said_;
        return {};
    }
    verdict operator()(const expire&) { return {}; }
    verdict operator()(const release& r) {
        const commitment* held = open(r.ref);
        if (stops(!held, code::unknown_ref)) return said_;
        const int128 free = unclaimed(*held) - held->advanced;
        if (stops(r.minor > free, code::exceeds_open, free)) return said_;
        return {};
    }

    verdict operator()(const accept& a) {
        const commitment* held = open(a.ref);
        if (stops(!held, code::unknown_ref)) return said_;
        if (stops(held->unit != a.unit, code::commodity_mismatch)) return said_;
        if (stops(a.minor > unclaimed(*held), code::exceeds_commitment, unclaimed(*held)))
            return said_;
        return {};
    }
    verdict operator()(const pay& p) {
        const claim* of = book_.claims.find(p.ref);
        if (stops(!of, code::unknown_ref)) return said_;
        if (stops(!p.by.empty() && p.by == of->by, code::same_person)) return said_;
        if (stops(p.minor > of->amount - of->paid, code::exceeds_accepted, of->amount - of->paid))
            return said_;
        const commitment& held = *book_.commitments.find(of->commitment);
        if (stops(p.minor > unpaid(held), code::exceeds_commitment, unpaid(held))) return said_;
        return cash(p.bank, held.unit, p.minor);
    }
    verdict operator()(const advance& a) {
        const commitment* held = open(a.ref);
        if (stops(!held, code::unknown_ref)) return said_;
        if (stops(!a.by.empty() && a.by == held->by, code::same_person)) return said_;
        if (stops(a.minor > unpaid(*held), code::exceeds_commitment, unpaid(*held))) return said_;
        return cash(a.bank, held->unit, a.minor);
    }
    verdict operator()(const settle& s) {
        const claim* of = book_.claims.find(s.ref);
        if (stops(!of, code::unknown_ref)) return said_;
        if (stops(s.minor > of->amount - of->paid, code::exceeds_accepted, of->amount - of->paid))
            return said_;
        const commitment& held = *book_.commitments.find(of->commitment);
        if (stops(s.minor > held.advanced, code::exceeds_advance, held.advanced)) return said_;
        return {};
    }
    verdict operator()(const refund& r) {
        const commitment* held = open(r.ref);
        if (stops(!held, code::unknown_ref)) return said_;
        if (stops(r.minor > held->advanced, code::exceeds_advance, held->advanced)) return said_;
        return {};
    }
    verdict operator()(const recover& r) {
        const payment* of = book_.payments.find(r.ref);
        if (stops(!of, code::unknown_ref)) return said_;
        const int128 left = of->amount - of->recovered;
        if (stops(r.minor > left, code::exceeds_paid, left)) return said_;
        return {};
    }
    verdict operator()(const charge& c) {
        const budget_line* line = book_.lines.find(c.line);
        if (stops(!line, code::unknown_line)) return said_;
        if (stops(c.minor > line->available(), code::exceeds_appropriation, line->available()))
            return said_;
        return cash(c.bank, line->unit, c.minor);
    }

    verdict operator()(const exchange& x) {
        if (stops(!book_.units.contains(x.unit) || !book_.units.contains(x.to_unit) ||
                      x.unit == x.to_unit,
                  code::unknown_commodity))
            return said_;
        const auto gives = converted(x.minor, x.at, x.mode);
        if (stops(!gives, code::amount_too_large)) return said_;
        if (stops(*gives != x.to_minor, code::rate_mismatch, *gives)) return said_;
        return cash(x.bank, x.unit, x.minor);
    }

  private:
    /// A guard: whether it stops the operation. Without one of them, by its line in this file, the
    /// tests show that it is needed.
    bool stops(bool when, code what, int128 limit = 0,
               std::source_location guard = std::source_location::current()) {
        if (!when || guard.line() == without_) return false;
        said_ = {what, limit};
        return true;
    }

    verdict positive(int128 minor) {
        if (stops(minor <= 0, code::amount_must_be_positive)) return said_;
        if (stops(minor >= amount_end, code::amount_too_large)) return said_;
        return {};
    }
    verdict shares(int128 total, const std::vector<share>& parts) {
        if (const auto v = positive(total); !v.good()) return v;
        for (const share& one : parts)
            if (stops(one.minor < 0, code::amount_must_be_positive)) return said_;
        for (const share& one : parts)
            if (stops(one.minor >= amount_end, code::amount_too_large)) return said_;
        return {};
    }

    verdict known_unit(const std::string& unit) {
        return stops(!book_.units.contains(unit), code::unknown_commodity) ? said_ : verdict{};
    }
    /// Whether one line is the other or lies under it: there nothing moves, the lower is amended.
    [[nodiscard]] bool on_one_branch(const std::string& a, const std::string& b) const {
        return lies_under(a, b) || lies_under(b, a);
    }
    [[nodiscard]] bool lies_under(std::string below, const std::string& above) const {
        for (;; below = book_.lines.find(below)->parent) {
            if (below == above) return true;
            if (below.empty() || !book_.lines.contains(below)) return false;
        }
    }
    /// What the parent can still give to a line under it.
    verdict room_under(const std::string& parent, int128 minor) {
        const int128 left = book_.lines.find(parent)->available();
        return stops(minor > left, code::exceeds_parent, left) ? said_ : verdict{};
    }
    /// Authority is not cash (I6).
    verdict cash(std::string_view bank, std::string_view unit, int128 minor) {
        const int128 held = balance(book_, bank, unit);
        return stops(minor > held, code::insufficient_cash, held) ? said_ : verdict{};
    }
    [[nodiscard]] const commitment* open(const std::string& ref) const {
        const commitment* held = book_.commitments.find(ref);
        return held && held->stands == standing::open ? held : nullptr;
    }
    static int128 unclaimed(const commitment& c) { return c.amount - c.released - c.accepted; }
    static int128 unpaid(const commitment& c) {
        return c.amount - c.released - c.paid - c.advanced;
    }

    const book& book_;
    std::uint_least32_t without_;
    verdict said_;
};

}  // namespace

verdict check(const book& b, const operation& o) {
    return check_without(b, o, 0);
}

verdict check_without(const book& b, const operation& o, std::uint_least32_t guard) {
    return checker(b, guard).judge(o);
}

}  // namespace veche::ledger
