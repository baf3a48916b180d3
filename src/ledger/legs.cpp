// Which accounts an operation touches, told from the book before it.

#include <map>

#include "ledger/book.hpp"

namespace veche::ledger {
namespace {

class leg_maker {
  public:
    explicit leg_maker(const book& b) : book_(b) {}

    std::vector<leg> operator()(const enter& e) const { return e.legs; }

    std::vector<leg> operator()(const assess& a) const {
        std::vector<leg> legs;
        for (const share& one : a.shares) owe(legs, one.party, a.unit, one.minor);
        return legs;
    }
    std::vector<leg> operator()(const reassess& a) const {
        std::map<std::string, int128> change;
        for (const share& one : a.shares) change[one.party] += one.minor;
        for (const share& one : a.before) change[one.party] -= one.minor;
        std::vector<leg> legs;
        for (const auto& [party, minor] : change) owe(legs, party, a.unit, minor);
        return legs;
    }
    std::vector<leg> operator()(const receive& r) const {
        return between(r.bank, "Receivable:" + r.party, r.unit, r.minor);
    }
    std::vector<leg> operator()(const write_off& w) const {
        return between("Expense:WriteOff", "Receivable:" + w.party, w.unit, w.minor);
    }
    std::vector<leg> operator()(const earn& e) const {
        return between(e.bank, "Income:" + e.income, e.unit, e.minor);
    }

    std::vector<leg> operator()(const accept& a) const {
        const commitment& held = *book_.commitments.find(a.ref);
        return between("Expense:" + held.line, "Payable:" + a.ref, held.unit, a.minor);
    }
    std::vector<leg> operator()(const pay& p) const {
        const std::string& of = book_.claims.find(p.ref)->commitment;
        return between("Payable:" + of, p.bank, book_.commitments.find(of)->unit, p.minor);
    }
    std::vector<leg> operator()(const settle& s) const {
        const std::string& of = book_.claims.find(s.ref)->commitment;
        return between("Payable:" + of, "Advance:" + of, book_.commitments.find(of)->unit, s.minor);
    }
    std::vector<leg> operator()(const advance& a) const {
        return between("Advance:" + a.ref, a.bank, book_.commitments.find(a.ref)->unit, a.minor);
    }
    std::vector<leg> operator()(const refund& r) const {
        return between(r.bank, "Advance:" + r.ref, book_.commitments.find(r.ref)->unit, r.minor);
    }
    std::vector<leg> operator()(const recover& r) const {
        const std::string& claim = book_.payments.find(r.ref)->claim;
        const commitment& held = *book_.commitments.find(book_.claims.find(claim)->commitment);
        return between(r.bank, r.reuse ? "Expense:" + held.line : "Income:Recovered", held.unit,
                       r.minor);
    }
    std::vector<leg> operator()(const charge& c) const {
        return between("Expense:" + c.line, c.bank, book_.lines.find(c.line)->unit, c.minor);
    }

    std::vector<leg> operator()(const exchange& x) const {
        return {{"Exchange", x.unit, x.minor},
                {x.bank, x.unit, -x.minor},
                {x.to_bank, x.to_unit, x.to_minor},
                {"Exchange", x.to_unit, -x.to_minor}};
    }

    /// Units, budget and reservations: authority is not money.
    template <class Operation>
    std::vector<leg> operator()(const Operation&) const {
        return {};
    }

  private:
    static std::vector<leg> between(const std::string& debit, const std::string& credit,
                                    const std::string& unit, int128 minor) {
        return {{debit, unit, minor}, {credit, unit, -minor}};
    }
    static void owe(std::vector<leg>& legs, const std::string& party, const std::string& unit,
                    int128 minor) {
        if (minor == 0) return;
        legs.push_back({"Receivable:" + party, unit, minor});
        legs.push_back({"Income:Contribution:" + party, unit, -minor});
    }

    const book& book_;
};

}  // namespace

std::vector<leg> legs_of(const book& b, const operation& o) {
    return std::visit(leg_maker(b), o);
}

}  // namespace veche::ledger
