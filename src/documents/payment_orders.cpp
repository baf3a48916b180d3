#include "documents/payment_orders.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "documents/refusal.hpp"
#include "documents/xml.hpp"
#include "fund/book_text.hpp"
#include "kernel/csv.hpp"
#include "kernel/text.hpp"

namespace veche::documents {
namespace {

constexpr std::size_t max_id = 35;
constexpr std::size_t max_party = 140;

bool upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool digit(char c) {
    return c >= '0' && c <= '9';
}
bool upper_or_digit(char c) {
    return upper(c) || digit(c);
}

/// ISO 9362: bank and country and place, of eight or eleven characters.
bool has_bic_form(std::string_view bic) {
    return (bic.size() == 8 || bic.size() == 11) &&
           std::all_of(bic.begin(), bic.end(), upper_or_digit) && upper(bic[4]) && upper(bic[5]);
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

/// What is wrong with the account; empty where nothing is.
std::string fault_in_account(const payee_account& of) {
    if (of.account.empty() || of.account.size() > 34) return "an account has 1 to 34 characters";
    if (has_iban_form(of.account) && !iban_holds(of.account))
        return "the check number of the IBAN is wrong";
    if (!of.bic.empty() && !has_bic_form(of.bic)) return "this is no BIC";
    return {};
}

result<void> check_length(const std::string& text, std::size_t most) {
    if (text.empty() || characters(text) > most)
        return refuse(refusals::order_id_too_long, {}, text, std::to_string(most));
    return {};
}

result<void> check_unit_of(const amount& a, const std::map<unit_id, std::int32_t>& scales) {
    const auto scale = scales.find(a.unit);
    const std::string& code = a.unit.value;
    const bool currency = code.size() == 3 && std::all_of(code.begin(), code.end(), upper);
    constexpr std::int64_t eighteen_digits = 999'999'999'999'999'999;
    if (!currency || scale == scales.end() || scale->second > 5 || a.minor > eighteen_digits)
        return refuse(refusals::order_unit, {}, code);
    return {};
}

const payee_account* account_for(const payee_accounts& all, const fund::partner& who) {
    const auto found = all.find(who.registration.empty() ? who.name : who.registration);
    return found == all.end() ? nullptr : &found->second;
}

using order_block = std::vector<const fund::payment_row*>;
using block_key = std::tuple<std::string, date, unit_id>;

class order_writer {
  public:
    order_writer(const order_terms& terms, const payee_accounts& accounts,
                 const std::map<unit_id, std::int32_t>& scales)
        : terms_(terms), accounts_(accounts), scales_(scales) {}

    std::string write(const std::map<block_key, order_block>& blocks, std::size_t payments) {
        out_.open("Document", {{"xmlns", "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}});
        out_.open("CstmrCdtTrfInitn");
        out_.open("GrpHdr");
        out_.leaf("MsgId", terms_.message);
        out_.leaf("CreDtTm", to_text(terms_.created));
        out_.leaf("NbOfTxs", std::to_string(payments));
        put_party("InitgPty", terms_.debtor);
        out_.close();
        std::size_t number = 0;
        for (const auto& [key, block] : blocks) put_block(key, block, ++number);
        out_.close();
        out_.close();
        return out_.take();
    }

  private:
    void put_party(std::string_view element, const std::string& name) {
        out_.open(element);
        out_.leaf("Nm", name);
        out_.close();
    }

    void put_account(std::string_view element, const payee_account& of) {
        out_.open(element);
        out_.open("Id");
        if (has_iban_form(of.account)) {
            out_.leaf("IBAN", of.account);
        } else {
            out_.open("Othr");
            out_.leaf("Id", of.account);
            out_.close();
        }
        out_.close();
        out_.close();
    }

    void put_bank(std::string_view element, const payee_account& of) {
        out_.open(element);
        out_.open("FinInstnId");
        if (of.bic.empty()) {
            out_.open("Othr");
            out_.leaf("Id", "NOTPROVIDED");
            out_.close();
        } else {
            out_.leaf("BICFI", of.bic);
        }
        out_.close();
        out_.close();
    }

    void put_block(const block_key& key, const order_block& block, std::size_t number) {
        const auto& [bank, day, unit] = key;
        const payee_account& from = accounts_.at(bank);
        // The id of a block stays within its 35 characters: of the file's stand at most 30.
        const std::string id = terms_.message.substr(0, max_id - 5) + "-" + std::to_string(number);
        int128 sum = 0;
        for (const fund::payment_row* one : block) sum += one->amount_.minor;
        out_.open("PmtInf");
        out_.leaf("PmtInfId", id);
        out_.leaf("PmtMtd", "TRF");
        out_.leaf("NbOfTxs", std::to_string(block.size()));
        out_.leaf("CtrlSum", fund::decimal_text(sum, scales_.at(unit)));
        out_.open("ReqdExctnDt");
        out_.leaf("Dt", to_text(day));
        out_.close();
        put_party("Dbtr", terms_.debtor);
        put_account("DbtrAcct", from);
        put_bank("DbtrAgt", from);
        for (const fund::payment_row* one : block) put_order(*one);
        out_.close();
    }

    void put_order(const fund::payment_row& one) {
        const payee_account& to = *account_for(accounts_, one.partner);
        out_.open("CdtTrfTxInf");
        out_.open("PmtId");
        out_.leaf("EndToEndId", one.id.value);
        out_.close();
        out_.open("Amt");
        out_.leaf("InstdAmt", fund::decimal_text(one.amount_.minor, scales_.at(one.amount_.unit)),
                  {{"Ccy", one.amount_.unit.value}});
        out_.close();
        if (!to.bic.empty()) put_bank("CdtrAgt", to);
        put_party("Cdtr", one.partner.name);
        put_account("CdtrAcct", to);
        out_.open("RmtInf");
        out_.leaf("Ustrd", one.commitment.value +
                               (one.claim.empty() ? std::string() : " / " + one.claim.value));
        out_.close();
        out_.close();
    }

    const order_terms& terms_;
    const payee_accounts& accounts_;
    const std::map<unit_id, std::int32_t>& scales_;
    xml_writer out_;
};

}  // namespace

bool has_iban_form(std::string_view account) {
    return account.size() >= 5 && account.size() <= 34 && upper(account[0]) && upper(account[1]) &&
           digit(account[2]) && digit(account[3]) &&
           std::all_of(account.begin() + 4, account.end(), upper_or_digit);
}

bool iban_holds(std::string_view account) {
    // ISO 13616: the first four to the end, letters as 10 to 35; the number leaves 1 of 97.
    if (!has_iban_form(account)) return false;
    std::uint32_t rest = 0;
    for (const char c : std::string(account.substr(4)) + std::string(account.substr(0, 4)))
        rest = digit(c) ? (rest * 10 + static_cast<std::uint32_t>(c - '0')) % 97
                        : (rest * 100 + static_cast<std::uint32_t>(c - 'A') + 10) % 97;
    return rest == 1;
}

result<payee_accounts> read_payee_accounts(std::string_view csv) {
    const auto unsound = [](std::size_t line, std::string why) {
        return refuse(refusals::account_unsound, {}, std::to_string(line), std::move(why));
    };
    payee_accounts out;
    csv_reader file(csv, ',');
    const auto head = file.next();
    if (!head || head->fields != std::vector<std::string>{"party", "account", "bic"})
        return unsound(1, "the first line is: party,account,bic");
    while (const auto row = file.next()) {
        std::vector<std::string> cells;
        for (const std::string& one : row->fields) cells.emplace_back(text::trim(one, " \t\r"));
        if (cells.size() != 3 || cells[0].empty())
            return unsound(row->line, "it has a party and three cells");
        payee_account of{cells[1], cells[2]};
        // An IBAN may be written in groups of four.
        std::erase(of.account, ' ');
        if (std::string fault = fault_in_account(of); !fault.empty())
            return unsound(row->line, std::move(fault));
        if (!out.emplace(cells[0], std::move(of)).second)
            return unsound(row->line, cells[0] + " stands twice");
    }
    if (!file.fault().empty()) return unsound(file.line(), file.fault());
    return out;
}

fund::payment_row order_of(const fund::advance_row& from) {
    fund::payment_row out;
    out.id = {from.id.value};
    out.commitment = from.commitment;
    out.line = from.line;
    out.purpose = from.purpose;
    out.partner = from.partner;
    out.amount_ = from.amount_;
    out.recovered.unit = from.amount_.unit;
    out.effective = from.effective;
    out.bank = from.bank;
    out.decision = from.decision;
    out.seq = from.seq;
    return out;
}

result<std::string> to_payment_orders(const std::vector<fund::payment_row>& payments,
                                      const order_terms& terms, const payee_accounts& accounts,
                                      const std::map<unit_id, std::int32_t>& scales) {
    if (payments.empty()) return refuse(refusals::orders_none, {}, "");
    VECHE_CHECK(check_length(terms.message, max_id));
    VECHE_CHECK(check_length(terms.debtor, max_party));
    std::map<block_key, order_block> blocks;
    std::set<fund::payment_id> named;
    for (const fund::payment_row& one : payments) {
        VECHE_CHECK(check_length(one.id.value, max_id));
        if (!named.insert(one.id).second) return refuse(refusals::order_id_twice, {}, one.id.value);
        VECHE_CHECK(check_length(one.partner.name, max_party));
        VECHE_CHECK(check_unit_of(one.amount_, scales));
        if (!account_for(accounts, one.partner))
            return refuse(refusals::account_missing, {}, one.partner.name);
        const std::string bank = "Bank:" + one.bank.value;
        if (!accounts.contains(bank)) return refuse(refusals::account_missing, {}, bank);
        blocks[{bank, one.effective, one.amount_.unit}].push_back(&one);
    }
    return order_writer(terms, accounts, scales).write(blocks, payments.size());
}

}  // namespace veche::documents
