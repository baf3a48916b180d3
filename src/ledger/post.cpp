#include <map>

#include "kernel/check.hpp"
#include "ledger/book.hpp"

namespace veche::ledger {
namespace {

/// Changes the budget and the commitments, and asserts on the way all that must hold afterwards.
class poster {
  public:
    poster(book& b, std::optional<date> day) : book_(b), day_(day) {}

    void operator()(const declare_unit& d) { book_.units.insert(d.unit, d.scale); }

    // --- Budget ----------------------------------------------------------------------------------

    void operator()(const appropriate& a) {
        if (!a.parent.empty()) give(a.parent, a.minor);
        book_.lines.insert(a.line, {a.unit, a.parent, a.minor, a.minor, 0, 0, 0, {}});
    }
    void operator()(const amend& a) { move(a.line, a.delta); }
    void operator()(const transfer& t) {
        // Out before in: on the way no parent gives what it has not.
        move(t.from, -t.minor);
        move(t.to, t.minor);
    }
    void operator()(const carry& c) {
        if (!book_.lines.contains(c.to))
            book_.lines.insert(c.to, {book_.lines.find(c.from)->unit, "", 0, 0, 0, 0, 0, {}});
        move(c.from, -c.minor);
        move(c.to, c.minor);
    }
    void operator()(const close& c) {
        if (c.day) book_.closed = c.day;
    }

    // --- Commitments -----------------------------------------------------------------------------

    void operator()(const reserve& r) {
        hold(r, standing::pending);
        book_.pending.insert(r.id, r.expires);
    }
    void operator()(const commit& c) { hold(c, standing::open); }
    void operator()(const confirm& c) {
        commitment& held = book_.commitments.edit(c.ref);
        VECHE_ENSURE(held.stands == standing::pending, "a reservation is resolved once (I7)");
        const int128 amount = c.minor.value_or(held.amount);
        change_line(held.line, amount - held.amount, 0);
        held.amount = amount;
        held.stands = standing::open;
        held.confirmed_on = c.day;
        book_.pending.erase(c.ref);
    }
    void operator()(const void_reservation& v) { free(v.ref, standing::voided); }
    void operator()(const expire& e) {
        std::vector<std::string> over;
        for (const auto& [ref, until] : book_.pending)
            if (until && e.day && *until < *e.day) over.push_back(ref);
        for (const std::string& ref : over) free(ref, standing::expired);
    }
    void operator()(const release& r) {
        commitment& held = book_.commitments.edit(r.ref);
        held.released += r.minor;
        ensure(held);
        change_line(held.line, -r.minor, 0);
    }

    // --- Claims and payments ---------------------------------------------------------------------

    void operator()(const accept& a) {
        commitment& held = book_.commitments.edit(a.ref);
        held.accepted += a.minor;
        ensure(held);
        book_.claims.insert(a.id, {a.ref, a.minor, 0, a.by});
    }
    void operator()(const pay& p) {
        meet(p.ref, p.minor, 0);
        book_.payments.insert(p.id, {p.ref, p.minor, 0});
    }
    void operator()(const settle& s) { meet(s.ref, s.minor, s.minor); }
    void operator()(const advance& a) { advanced(a.ref, a.minor); }
    void operator()(const refund& r) { advanced(r.ref, -r.minor); }
    void operator()(const recover& r) {
        payment& of = book_.payments.edit(r.ref);
        of.recovered += r.minor;
        VECHE_ENSURE(of.recovered <= of.amount, "no more comes back than was paid (I5)");
        const std::string& commitment = book_.claims.find(of.claim)->commitment;
        if (r.reuse) change_line(book_.commitments.find(commitment)->line, 0, -r.minor);
    }
    void operator()(const charge& c) { change_line(c.line, 0, c.minor); }

    /// What only writes an entry.
    template <class Operation>
    void operator()(const Operation&) {}

  private:
    void change_line(const std::string& id, int128 open, int128 paid) {
        budget_line& line = book_.lines.edit(id);
        line.open += open;
        line.paid += paid;
        line.days.add(day_, {open, paid});
        ensure(line);
    }
    /// The line's appropriation, and what its parent has given.
    void move(const std::string& id, int128 minor) {
        budget_line& line = book_.lines.edit(id);
        line.appropriation += minor;
        ensure(line);
        if (!line.parent.empty()) give(line.parent, minor);
    }
    void give(const std::string& id, int128 minor) {
        budget_line& line = book_.lines.edit(id);
        line.given += minor;
        ensure(line);
    }
    static void ensure(const budget_line& line) {
        VECHE_ENSURE(line.open >= 0 && line.paid >= 0 && line.given >= 0 && line.available() >= 0,
                     "no line gives, holds or pays more than its appropriation (I3, I8, I9)");
    }
    static void ensure(const commitment& c) {
        VECHE_ENSURE(c.paid >= 0 && c.paid <= c.accepted && c.accepted <= c.amount - c.released,
                     "paid <= accepted <= committed (I4)");
        VECHE_ENSURE(c.advanced >= 0 && c.paid + c.advanced <= c.amount - c.released,
                     "what went out stays within the commitment (I4)");
    }

    void hold(const reserve& r, standing stands) {
        change_line(r.line, r.minor, 0);
        const auto confirmed = stands == standing::open ? r.day : std::nullopt;
        book_.commitments.insert(r.id, {r.line, r.unit, stands, r.minor, r.minor, 0, 0, 0, 0, r.by,
                                        r.day, confirmed, r.expires});
    }
    void free(const std::string& ref, standing stands) {
        commitment& held = book_.commitments.edit(ref);
        VECHE_ENSURE(held.stands == standing::pending, "a reservation is resolved once (I7)");
        held.stands = stands;
        change_line(held.line, -held.amount, 0);
        book_.pending.erase(ref);
    }
    /// Counts an amount as paid on a claim; `settled` of it comes out of the advance.
    void meet(const std::string& ref, int128 minor, int128 settled) {
        claim& of = book_.claims.edit(ref);
        of.paid += minor;
        VECHE_ENSURE(of.paid <= of.amount, "no claim is paid beyond what was accepted (I5)");
        commitment& held = book_.commitments.edit(of.commitment);
        held.paid += minor;
        held.advanced -= settled;
        ensure(held);
        change_line(held.line, -minor, minor);
    }
    void advanced(const std::string& ref, int128 minor) {
        commitment& held = book_.commitments.edit(ref);
        held.advanced += minor;
        ensure(held);
    }

    book& book_;
    std::optional<date> day_;
};

template <class Value>
Value& at_key(cow_map<balance_key, Value>& map, const balance_key& key) {
    return map.contains(key) ? map.edit(key) : map.insert(key, {});
}

template <class Legs>
std::map<balance_key, int128> changes_in(const Legs& legs) {
    std::map<balance_key, int128> change;
    for (const auto& l : legs) change[{std::string(l.account), std::string(l.unit)}] += l.minor;
    return change;
}

/// One entry: sums to zero in each unit (I1), no bank falls below zero (I6).
void write(book& b, const head& common, std::uint64_t number, const std::vector<leg>& legs) {
    std::map<std::string_view, int128> sums;
    for (const leg& l : legs) sums[l.unit] += l.minor;
    for (const auto& [unit, sum] : sums)
        VECHE_ENSURE(sum == 0, "an entry sums to zero in every unit (I1)");
    for (const auto& [key, minor] : changes_of(legs)) {
        account_fold& held = at_key(b.balances, key);
        held += {minor, 1, number};
        at_key(b.days, key).add(common.day, {minor, 1, number});
        VECHE_ENSURE(minor >= 0 || !is_bank(key.account) || held.minor >= 0,
                     "no bank account falls below zero (I6)");
    }
    b.entries.append(common.id, common.day, number, legs);
}

}  // namespace

account_fold& account_fold::operator+=(const account_fold& more) {
    minor += more.minor;
    entries += more.entries;
    last = std::max(last, more.last);
    return *this;
}

void post(book& b, const operation& o, std::uint64_t number) {
    const head& common = head_of(o);
    const std::vector<leg> legs = legs_of(b, o);
    std::visit(poster(b, common.day), o);
    if (!legs.empty()) write(b, common, number, legs);
    b.done.add(o);
}

std::map<balance_key, int128> changes_of(const std::vector<leg>& legs) {
    return changes_in(legs);
}

std::map<balance_key, int128> changes_of(const entry_log::leg_list& legs) {
    return changes_in(legs);
}

std::map<balance_key, account_fold> folded_until(const book& b, date day) {
    std::map<balance_key, account_fold> accounts;
    for (const auto& [key, days] : b.days)
        if (const account_fold* held = days.until(day)) accounts.emplace(key, *held);
    return accounts;
}

int128 balance(const book& b, std::string_view account, std::string_view unit) {
    const account_fold* held =
        b.balances.find(balance_key{std::string(account), std::string(unit)});
    return held ? held->minor : 0;
}

bool is_bank(std::string_view account) {
    return account == "Bank" || account.starts_with("Bank:");
}

}  // namespace veche::ledger
