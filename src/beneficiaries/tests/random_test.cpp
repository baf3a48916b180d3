// The views against a plain reading of the whole history.

#include <rapidcheck.h>

#include "beneficiaries/tests/desk.hpp"

namespace veche::beneficiaries {
namespace {

using namespace testing;

constexpr const char* payer_names[] = {"ministry", "region", "city"};
constexpr const char* recipient_names[] = {"theatre", "paper", "museum", "choir"};
constexpr const char* unit_names[] = {"RUB", "BYN"};

/// By (payer, year): each part as it was said last.
using plain_history =
    std::map<std::pair<std::string, int>, std::vector<std::vector<disclosed_payment>>>;

std::vector<disclosed_payment> some_payments() {
    std::vector<disclosed_payment> rows;
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
        disclosed_payment one =
            paid_to(recipient_names[*rc::gen::inRange(0, 4)],
                    *rc::gen::inRange<std::int64_t>(1, 1000), unit_names[*rc::gen::inRange(0, 2)]);
        if (*rc::gen::inRange(0, 5) == 0) {
            one.recipient.reset();
            one.persons = 3;
        }
        rows.push_back(std::move(one));
    }
    return rows;
}

/// Whether the plain reading would take the part.
bool would_take(const std::vector<std::vector<disclosed_payment>>& parts, int part, bool zero,
                bool reason) {
    const int count = static_cast<int>(parts.size());
    if (part < 1 || part > count + 1) return false;
    if (part <= count && !reason) return false;
    const bool zero_before = count == 1 && parts.front().empty();
    if (zero) return part == 1 && count <= 1;
    return !(zero_before && part > 1);
}

void compare(const desk& d, const plain_history& said) {
    std::map<std::string, std::map<std::string, std::int64_t>> by_recipient;
    std::size_t rows = 0;
    for (const auto& [key, parts] : said)
        for (const auto& part : parts)
            for (const disclosed_payment& one : part) {
                ++rows;
                by_recipient[one.recipient ? one.recipient->value : ""][one.money.unit.value] +=
                    one.money.minor;
            }
    RC_ASSERT(d.look(payments_query{}).payments.size() == rows);
    std::map<std::string, std::map<std::string, std::int64_t>> shown;
    for (const recipient_row& one : d.look(recipients_query{}).recipients)
        for (const amount& sum : one.sums)
            shown[one.recipient ? one.recipient->id.value : ""][sum.unit.value] = sum.minor;
    RC_ASSERT(shown == by_recipient);
    std::map<std::string, int> rows_to;
    for (const auto& [key, parts] : said)
        for (const auto& part : parts)
            for (const disclosed_payment& one : part)
                if (one.recipient) ++rows_to[one.recipient->value];
    for (const char* name : recipient_names) {
        payments_query to;
        to.recipient = party_id{name};
        RC_ASSERT(d.look(to).found == rows_to[name]);
    }
    // A list in parts is the list.
    const auto whole = d.look(payments_query{}).payments;
    for (std::size_t from = 0; from < whole.size(); from += 3) {
        payments_query part;
        part.offset = static_cast<std::int32_t>(from);
        part.count = 3;
        const auto some = d.look(part).payments;
        RC_ASSERT(some.size() == std::min<std::size_t>(3, whole.size() - from));
        for (std::size_t i = 0; i < some.size(); ++i)
            RC_ASSERT(to_json(some[i]) == to_json(whole[from + i]));
    }
    for (const report_row& one : d.look(reports_query{}).reports) {
        const auto there = said.find({one.payer->id.value, one.year});
        const bool given = one.standing == report_standing::given;
        const bool zero = one.standing == report_standing::zero;
        RC_ASSERT((given || zero) == (there != said.end()));
        // Inside the macro both sides of an "or" are looked at.
        if (zero) RC_ASSERT(there->second.front().empty());
    }
}

}  // namespace

TEST_CASE("sums and standings are what a plain reading of the whole history gives") {
    CHECK(rc::check([] {
        desk d;
        for (const char* name : payer_names) RC_ASSERT(d.send(payer_of(name, 2020)) == "");
        plain_history said;
        const int steps = *rc::gen::inRange(1, 30);
        for (int i = 0; i < steps; ++i) {
            const std::string payer = payer_names[*rc::gen::inRange(0, 3)];
            const int year = *rc::gen::inRange(2020, 2026);
            auto c = report_of(payer.c_str(), year, some_payments(), *rc::gen::inRange(1, 4));
            const bool reason = *rc::gen::arbitrary<bool>();
            if (reason) c.reason = en("Corrected");
            const auto known = said.find({payer, year});
            const bool taken = d.send(c) == "";
            RC_ASSERT(taken == would_take(known == said.end()
                                              ? std::vector<std::vector<disclosed_payment>>{}
                                              : known->second,
                                          c.part, c.zero, reason));
            if (!taken) continue;
            auto& parts = said[{payer, year}];
            const auto at = static_cast<std::size_t>(c.part) - 1;
            if (at == parts.size()) parts.emplace_back();
            parts[at] = c.payments;
        }
        compare(d, said);
    }));
}

}  // namespace veche::beneficiaries
