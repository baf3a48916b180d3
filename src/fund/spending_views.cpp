// Commitments, claims, payments, and the entries of an account.

#include <algorithm>

#include "fund/book_text.hpp"
#include "fund/operations.hpp"
#include "fund/refusal.hpp"
#include "fund/views.hpp"
#include "kernel/check.hpp"

namespace veche::fund {
namespace {

std::int64_t number(std::uint64_t seq) {
    return static_cast<std::int64_t>(seq);
}

commitment_status status_of(const ledger::commitment& held) {
    switch (held.stands) {
        case ledger::standing::pending:
            return commitment_status::pending;
        case ledger::standing::voided:
            return commitment_status::voided;
        case ledger::standing::expired:
            return commitment_status::expired;
        case ledger::standing::open:
            break;
    }
    const bool done = held.paid == held.amount - held.released && held.advanced == 0;
    return done ? commitment_status::done : commitment_status::open;
}

commitment_row row_of(const world& w, const commitment& c) {
    const ledger::commitment& held = *w.own.book.commitments.find(c.id.value);
    const budget_line& line = *w.own.lines.find(c.line);
    const unit_id& unit = line.asked.amount_.unit;
    return {c.id,
            c.line,
            line.asked.title,
            c.purpose,
            c.partner,
            status_of(held),
            amount_in(unit, held.amount),
            amount_in(unit, held.released),
            amount_in(unit, held.accepted),
            amount_in(unit, held.paid),
            amount_in(unit, held.advanced),
            held.expires,
            c.decision,
            number(c.seq)};
}

claim_row row_of(const world& w, const claim& c) {
    const commitment& under = *w.own.commitments.find(c.asked.commitment);
    const unit_id& unit = unit_of(w.own, under);
    claim_row row{c.asked.claim,
                  under.id,
                  under.purpose,
                  under.partner,
                  c.status,
                  amount_in(unit, 0),
                  amount_in(unit, 0),
                  amount_in(unit, 0),
                  amount_in(unit, 0),
                  number(c.seq),
                  {},
                  c.submitted_by};
    for (const std::int64_t item : c.converted) row.claimed.minor += item;
    for (const deduction& one : c.deductions) row.deducted.minor += one.amount_.minor;
    if (const ledger::claim* owed = w.own.book.claims.find("claim:" + c.asked.claim.value)) {
        row.accepted = amount_in(unit, owed->amount);
        row.paid = amount_in(unit, owed->paid);
    }
    if (c.judged_seq) row.judged_seq = number(*c.judged_seq);
    return row;
}

payment_row row_of(const world& w, const payment& p) {
    const claim& of = *w.own.claims.find(p.asked.claim);
    const commitment& under = *w.own.commitments.find(of.asked.commitment);
    const ledger::payment& book = *w.own.book.payments.find("payment:" + p.asked.payment.value);
    return {p.asked.payment, p.asked.claim,
            under.id,        under.line,
            under.purpose,   under.partner,
            p.asked.amount_, amount_in(p.asked.amount_.unit, book.recovered),
            p.effective,     p.bank,
            under.decision,  number(p.seq)};
}

claim_detail detail_of(const world& w, const claim& c) {
    claim_detail out{row_of(w, c), {}, c.asked.rates, c.deductions, c.reason};
    for (std::size_t i = 0; i < c.asked.items.size(); ++i) {
        const claim_item& one = c.asked.items[i];
        out.items.push_back({number(i + 1),
                             one.title,
                             one.amount_,
                             {c.converted[i], out.claim.claimed.unit},
                             one.document});
    }
    return out;
}

template <class Row>
void latest_first(std::vector<Row>& rows) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row& a, const Row& b) { return a.seq > b.seq; });
}

const commitment_id& recovered_from(const state& s, const std::string& recovery) {
    const payment& of = *s.payments.find(s.recoveries.find(recovery_id{recovery})->asked.payment);
    return s.claims.find(of.asked.claim)->asked.commitment;
}

/// Whether the entry is about the commitment: one of its accounts is named after it, or it is money
/// that came back of one of its payments.
bool touches(const state& s, const ledger::entry& e, const std::string& commitment) {
    const auto [what, id] = parts_of(e.id);
    if (what == "recover") {
        return recovered_from(s, id).value == commitment;
    }
    for (const ledger::leg_view l : e.legs)
        if (l.account == "Payable:" + commitment || l.account == "Advance:" + commitment)
            return true;
    return false;
}

/// "ru" of "Receivable:ru"; nothing of an account of another kind.
std::optional<std::string> named_under(std::string_view account, std::string_view kind) {
    if (!account.starts_with(kind)) return std::nullopt;
    return std::string(account.substr(kind.size()));
}

/// Of the legs of an entry, the one that says what it was about makes a row of it; in an assessment
/// one for each member.
bool fill_from(const state& s, const ledger::leg_view& l, movement_row& row) {
    const auto about = [&](std::string_view kind, auto& field) {
        const auto name = named_under(l.account, kind);
        if (name) field.emplace(*name);
        return name.has_value();
    };
    const std::string& what = row.what;
    const auto is_one_of = [&](std::initializer_list<std::string_view> all) {
        return std::find(all.begin(), all.end(), what) != all.end();
    };
    if (is_one_of({"assess", "reassess", "write_off", "receive", "correct"}))
        return about("Receivable:", row.member);
    if (what == "income") return about("Income:", row.income);
    if (what == "charge") return about("Expense:", row.line);
    if (is_one_of({"claim", "payment", "settle"})) return about("Payable:", row.commitment);
    if (is_one_of({"advance", "refund"})) return about("Advance:", row.commitment);
    if (what == "exchange") return l.account == "Exchange";
    if (what != "recover" || !named_under(l.account, "Bank:")) return false;
    row.commitment = recovered_from(s, row.id);
    if (!s.recoveries.find(recovery_id{row.id})->asked.reuse) row.income = "Recovered";
    return true;
}

void add_movements(const state& s, std::uint64_t place, const ledger::entry& e,
                   std::vector<movement_row>& rows) {
    const auto [what, id] = parts_of(e.id);
    const decision_id* order = s.orders.find(place);
    for (const ledger::leg_view l : e.legs) {
        VECHE_ENSURE(e.day.has_value(), "the fund writes no entry without a day");
        movement_row row{what, id, *e.day, {}, {}, {}, {}, {}, {}, number(e.number)};
        if (!fill_from(s, l, row)) continue;
        int128 minor = l.minor;
        if (what == "exchange" || (what != "reassess" && minor < 0)) minor = -minor;
        row.amount_ = amount_in({std::string(l.unit)}, minor);
        if (row.commitment && !row.income) row.line = s.commitments.find(*row.commitment)->line;
        if (order) row.decision = *order;
        rows.push_back(std::move(row));
    }
}

/// Reservations and commitments bind money without moving it, so they are no entries of the book.
void add_bindings(const state& s, const commitment& c, std::vector<movement_row>& rows) {
    const ledger::commitment& held = *s.book.commitments.find(c.id.value);
    const unit_id& unit = unit_of(s, c);
    const auto add = [&](const char* what, std::optional<date> on, int128 minor,
                         std::uint64_t seq) {
        VECHE_ENSURE(on.has_value(), "the fund binds no money without a day");
        rows.push_back({what,
                        c.id.value,
                        *on,
                        amount_in(unit, minor),
                        {},
                        c.line,
                        c.id,
                        {},
                        c.decision,
                        number(seq)});
    };
    const bool at_once = c.resolved_seq == c.seq;
    if (!at_once) add("reserve", held.reserved_on, held.reserved, c.seq);
    if (held.confirmed_on)
        add("commit", held.confirmed_on, held.amount, c.resolved_seq.value_or(c.seq));
}

/// A contract leaves the commitment behind its call, and gives back what it did not need.
void add_contract(const state& s, const contract& one, std::vector<movement_row>& rows) {
    if (!one.signed_on) return;
    const commitment& from = *s.commitments.find(one.what.from);
    const auto add = [&](const commitment_id& of, date on, const amount& a, std::uint64_t seq) {
        rows.push_back({"release",
                        one.what.contract.value,
                        on,
                        a,
                        {},
                        from.line,
                        of,
                        {},
                        from.decision,
                        number(seq)});
    };
    add(one.what.from, *one.signed_on, one.what.amount_, one.signed_seq);
    if (one.over && one.over->released.minor > 0)
        add(one.what.contract, one.over_on, one.over->released, one.over_seq);
}

}  // namespace

result<movements_view> ask(const world& w, const movements_query&, const viewer&) {
    movements_view v;
    for (const auto& [place, entry] : w.own.book.entries)
        add_movements(w.own, place, entry, v.movements);
    for (const auto& [id, one] : w.own.commitments) add_bindings(w.own, one, v.movements);
    for (const auto& [id, one] : w.own.releases) {
        const commitment& of = *w.own.commitments.find(one.asked.commitment);
        v.movements.push_back({"release",
                               id.value,
                               one.on,
                               one.asked.amount_,
                               {},
                               of.line,
                               of.id,
                               {},
                               of.decision,
                               number(one.seq)});
    }
    for (const auto& [call, one] : w.own.backings) {
        if (one.what.released.minor == 0) continue;
        const commitment& of = *w.own.commitments.find(one.what.commitment);
        v.movements.push_back({"release",
                               call,
                               one.on,
                               one.what.released,
                               {},
                               of.line,
                               of.id,
                               {},
                               of.decision,
                               number(one.seq)});
    }
    for (const auto& [id, one] : w.own.contracts) add_contract(w.own, one, v.movements);
    std::stable_sort(v.movements.begin(), v.movements.end(),
                     [](const auto& a, const auto& b) { return a.seq < b.seq; });
    return v;
}

result<commitments_view> ask(const world& w, const commitments_query& q, const viewer&) {
    commitments_view v;
    for (const auto& [id, one] : w.own.commitments)
        if (!q.line || one.line == *q.line) v.commitments.push_back(row_of(w, one));
    latest_first(v.commitments);
    return v;
}

result<commitment_view> ask(const world& w, const commitment_query& q, const viewer&) {
    const commitment* of = w.own.commitments.find(q.id);
    if (!of) return refuse(refusals::commitment_unknown, "id", q.id.value);
    commitment_view v{row_of(w, *of), of->contract, of->instalments, of->reason, {}, {}, {}};
    for (const auto& [id, one] : w.own.claims)
        if (one.asked.commitment == q.id) v.claims.push_back(detail_of(w, one));
    for (const auto& [id, one] : w.own.payments)
        if (w.own.claims.find(one.asked.claim)->asked.commitment == q.id)
            v.payments.push_back(row_of(w, one));
    std::stable_sort(v.claims.begin(), v.claims.end(),
                     [](const auto& a, const auto& b) { return a.claim.seq < b.claim.seq; });
    std::stable_sort(v.payments.begin(), v.payments.end(),
                     [](const auto& a, const auto& b) { return a.seq < b.seq; });
    for (const auto& [place, entry] : w.own.book.entries) {
        if (!touches(w.own, entry, q.id.value)) continue;
        auto [what, id] = parts_of(entry.id);
        int128 minor = 0;
        for (const ledger::leg_view l : entry.legs) minor += l.minor > 0 ? l.minor : 0;
        v.entries.push_back({std::move(what), std::move(id),
                             amount_in(v.commitment.amount_.unit, minor), entry.day,
                             number(entry.number)});
    }
    return v;
}

result<claims_view> ask(const world& w, const claims_query& q, const viewer&) {
    claims_view v;
    for (const auto& [id, one] : w.own.claims)
        if (!q.status || one.status == *q.status) v.claims.push_back(row_of(w, one));
    latest_first(v.claims);
    return v;
}

result<payments_view> ask(const world& w, const payments_query&, const viewer&) {
    payments_view v;
    for (const auto& [id, one] : w.own.payments) v.payments.push_back(row_of(w, one));
    latest_first(v.payments);
    return v;
}

result<account_view> ask(const world& w, const account_query& q, const viewer&) {
    const ledger::account_fold* held =
        w.own.book.balances.find(ledger::balance_key{q.account, q.unit.value});
    if (!held) return refuse(refusals::account_unknown, "account", q.account, q.unit.value);
    account_view v{q.account, amount_in(q.unit, held->minor), {}};
    int128 sum = 0;
    for (const auto& [place, entry] : w.own.book.entries) {
        int128 change = 0;
        std::vector<std::string> others;
        for (const ledger::leg_view l : entry.legs) {
            if (l.unit != q.unit.value) continue;
            if (l.account == q.account)
                change += l.minor;
            else
                others.emplace_back(l.account);
        }
        if (change == 0) continue;
        sum += change;
        auto [what, id] = parts_of(entry.id);
        const decision_id* decision = w.own.orders.find(place);
        v.entries.push_back(
            {std::move(what), std::move(id), entry.day, amount_in(q.unit, change),
             amount_in(q.unit, sum), others.size() == 1 ? others.front() : std::string(),
             decision ? std::optional(*decision) : std::nullopt, number(entry.number)});
    }
    return v;
}

result<book_view> ask(const world& w, const book_query& q, const viewer&) {
    switch (q.form) {
        case book_form::ledger:
            return book_view{ledger_text(w.own, w.charter)};
        case book_form::beancount:
            return book_view{beancount_text(w.own, w.charter)};
        case book_form::csv:
            break;
    }
    return book_view{book_csv(w.own, w.charter)};
}

}  // namespace veche::fund
