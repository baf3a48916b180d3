#include "documents/bank_statement.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <span>

#include <pugixml.hpp>

#include "documents/payment_status.hpp"
#include "documents/refusal.hpp"
#include "fund/fund.hpp"
#include "fund/refusal.hpp"
#include "kernel/text.hpp"

namespace veche::documents {
namespace {

constexpr std::string_view iso20022 = "urn:iso:std:iso:20022:tech:xsd:";
constexpr std::string_view statement_versions[] = {"camt.053.001.02", "camt.053.001.08"};

/// Without the prefix of its namespace.
std::string_view local_name(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    return name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
}

std::vector<pugi::xml_node> parts(const pugi::xml_node& of, std::string_view name) {
    std::vector<pugi::xml_node> out;
    for (const pugi::xml_node& one : of.children())
        if (one.type() == pugi::node_element && local_name(one) == name) out.push_back(one);
    return out;
}

/// The first part of that way down, "Acct/Id/IBAN"; null where there is none.
pugi::xml_node part(pugi::xml_node of, std::string_view way) {
    while (of && !way.empty()) {
        const std::size_t slash = std::min(way.find('/'), way.size());
        const auto found = parts(of, way.substr(0, slash));
        of = found.empty() ? pugi::xml_node() : found.front();
        way.remove_prefix(std::min(slash + 1, way.size()));
    }
    return of;
}

std::string text_at(const pugi::xml_node& of, std::string_view way) {
    return std::string(text::trim(part(of, way).text().get(), " \t\r\n"));
}

/// The day of "2026-03-01" or of "2026-03-01T12:00:00+01:00": the bank's own.
std::optional<date> day_at(const pugi::xml_node& of, std::string_view way) {
    const pugi::xml_node at = part(of, way);
    std::string text = text_at(at, "");
    if (text.empty()) text = text_at(at, "Dt");
    if (text.empty()) text = text_at(at, "DtTm");
    return parse_date(std::string_view(text).substr(0, 10));
}

bool plain_decimal(std::string_view text) {
    const std::size_t point = std::min(text.find('.'), text.size());
    const auto digits = [](std::string_view some) {
        return !some.empty() &&
               std::all_of(some.begin(), some.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    if (!digits(text.substr(0, point)) || text.size() > 19) return false;
    return point == text.size() || digits(text.substr(point + 1));
}

/// Amount and direction of a balance, an entry or a part of one.
std::optional<stated_amount> amount_at(const pugi::xml_node& of, std::string_view way,
                                       const std::string& direction) {
    const pugi::xml_node at = part(of, way);
    const std::string number = text_at(at, "");
    if (!plain_decimal(number) || (direction != "CRDT" && direction != "DBIT")) return std::nullopt;
    return stated_amount{(direction == "DBIT" ? "-" : "") + number, at.attribute("Ccy").value()};
}

std::optional<stated_amount> amount_of(const pugi::xml_node& of) {
    return amount_at(of, "Amt", text_at(of, "CdtDbtInd"));
}

std::optional<std::string> given(std::string text) {
    if (text.empty() || text == "NOTPROVIDED") return std::nullopt;
    return text;
}

/// The first of these that the bank gives.
std::string reference_of(const pugi::xml_node& entry, const pugi::xml_node& detail) {
    for (std::string one : {text_at(detail, "Refs/AcctSvcrRef"), text_at(entry, "AcctSvcrRef"),
                            text_at(entry, "NtryRef")})
        if (given(one)) return one;
    return {};
}

std::string remittance(const pugi::xml_node& detail) {
    std::string out;
    for (const pugi::xml_node& one : parts(part(detail, "RmtInf"), "Ustrd"))
        out += (out.empty() ? "" : " ") + text_at(one, "");
    return out;
}

bool booked(const pugi::xml_node& entry) {
    const std::string status = text_at(entry, "Sts/Cd");
    return (status.empty() ? text_at(entry, "Sts") : status) == "BOOK";
}

constexpr std::int32_t finest = 5;  // decimal places in ISO 20022

/// The amounts of an entry's parts, where each has one and together they are the entry's: then each
/// part is a line of its own. Otherwise nothing.
std::vector<stated_amount> amounts_of_parts(const std::vector<pugi::xml_node>& details,
                                            const pugi::xml_node& entry,
                                            const stated_amount& whole) {
    std::vector<stated_amount> out;
    int128 sum = 0;
    for (const pugi::xml_node& one : details) {
        std::string direction = text_at(one, "CdtDbtInd");
        if (direction.empty()) direction = text_at(entry, "CdtDbtInd");
        auto amount = amount_at(one, "Amt", direction);
        if (!amount) amount = amount_at(one, "AmtDtls/TxAmt/Amt", direction);
        const auto minor = amount ? minor_of(*amount, finest, {}) : refuse(refusals::file_unsound);
        if (!minor || amount->currency != whole.currency) return {};
        sum += *minor;
        out.push_back(*amount);
    }
    const auto all = minor_of(whole, finest, {});
    return all && sum == *all ? out : std::vector<stated_amount>();
}

class statement_reader {
  public:
    result<bank_statement> read(const pugi::xml_node& from) {
        out_.id = text_at(from, "Id");
        out_.account = text_at(from, "Acct/Id/IBAN");
        if (out_.account.empty()) out_.account = text_at(from, "Acct/Id/Othr/Id");
        out_.from = day_at(from, "FrToDt/FrDtTm");
        out_.until = day_at(from, "FrToDt/ToDtTm");
        for (const pugi::xml_node& one : parts(from, "Bal")) VECHE_CHECK(read_balance(one));
        std::size_t number = 0;
        for (const pugi::xml_node& one : parts(from, "Ntry")) {
            ++number;
            if (booked(one))
                VECHE_CHECK(read_entry(one, number));
            else
                ++out_.pending;
        }
        return std::move(out_);
    }

  private:
    result<void> read_balance(const pugi::xml_node& from) {
        const std::string kind = text_at(from, "Tp/CdOrPrtry/Cd");
        const bool opens = kind == "OPBD" || (kind == "PRCD" && !out_.booked.opening);
        if (!opens && kind != "CLBD") return {};
        const auto amount = amount_of(from);
        if (!amount) return refuse(refusals::file_unsound, "Bal", out_.id, "Bal " + kind);
        (opens ? out_.booked.opening : out_.booked.closing) = *amount;
        if (!opens) out_.booked.closed = day_at(from, "Dt");
        return {};
    }

    result<void> read_entry(const pugi::xml_node& from, std::size_t number) {
        const std::string where = "Ntry " + std::to_string(number);
        const auto whole = amount_of(from);
        const auto day = day_at(from, "BookgDt");
        if (!whole || !day) return refuse(refusals::file_unsound, "Ntry", out_.id, where);
        std::vector<pugi::xml_node> details;
        for (const pugi::xml_node& group : parts(from, "NtryDtls"))
            for (const pugi::xml_node& one : parts(group, "TxDtls")) details.push_back(one);
        const auto amounts = amounts_of_parts(details, from, *whole);
        if (details.size() < 2 || amounts.empty()) {
            // Of several parts none says what the whole is about.
            const pugi::xml_node only = details.size() == 1 ? details.front() : pugi::xml_node();
            add_line(from, only, *day, *whole, number);
            return {};
        }
        for (std::size_t i = 0; i < details.size(); ++i)
            add_line(from, details[i], *day, amounts[i], number);
        return {};
    }

    void add_line(const pugi::xml_node& entry, const pugi::xml_node& detail, date day,
                  stated_amount amount, std::size_t number) {
        std::string reference = reference_of(entry, detail);
        if (reference.empty()) reference = "line " + std::to_string(number);
        const std::string plain = reference;
        for (int n = 2; !taken_.insert(reference).second; ++n)
            reference = plain + " #" + std::to_string(n);
        out_.lines.push_back({std::move(reference), given(text_at(detail, "Refs/EndToEndId")),
                              given(remittance(detail)), day, std::move(amount)});
    }

    bank_statement out_;
    std::set<std::string> taken_;
};

/// "camt.053.001.08" of the root's namespace.
std::string version_of(const pugi::xml_node& root) {
    const std::string_view name = root.name();
    const std::size_t colon = name.find(':');
    const std::string prefix =
        colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
    const std::string_view space = root.attribute(prefix.c_str()).value();
    return std::string(space.starts_with(iso20022) ? space.substr(iso20022.size()) : space);
}

/// Refuses what is too large, no XML, or has a DOCTYPE.
result<void> load_bank_file(std::string_view bytes, pugi::xml_document& doc) {
    if (bytes.size() > max_statement_file)
        return refuse(refusals::file_not_xml, {}, "it is larger than 16 MiB");
    const auto parsed =
        doc.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_doctype);
    if (!parsed)
        return refuse(
            refusals::file_not_xml, {},
            std::string(parsed.description()) + ", at byte " + std::to_string(parsed.offset));
    for (const pugi::xml_node& one : doc.children())
        if (one.type() == pugi::node_doctype)
            return refuse(refusals::file_not_xml, {}, "it has a DOCTYPE, which no bank writes");
    return {};
}

bool is_message(const pugi::xml_node& root, std::span<const std::string_view> versions) {
    return local_name(root) == "Document" &&
           std::find(versions.begin(), versions.end(), version_of(root)) != versions.end();
}

/// What the file is instead: its version, else the name of its root.
std::string message_name(const pugi::xml_node& root) {
    const std::string version = version_of(root);
    return version.empty() ? std::string(root.name()) : version;
}

// --- What became of orders (payment_status.hpp)

constexpr std::string_view report_versions[] = {"pain.002.001.03", "pain.002.001.10"};

std::vector<status_reason> reasons_of(const pugi::xml_node& of) {
    std::vector<status_reason> out;
    for (const pugi::xml_node& one : parts(of, "StsRsnInf")) {
        status_reason reason;
        reason.code = text_at(one, "Rsn/Cd");
        if (reason.code.empty()) {
            reason.code = text_at(one, "Rsn/Prtry");
            reason.own = !reason.code.empty();
        }
        for (const pugi::xml_node& words : parts(one, "AddtlInf"))
            reason.text += (reason.text.empty() ? "" : " ") + text_at(words, "");
        if (!reason.code.empty() || !reason.text.empty()) out.push_back(std::move(reason));
    }
    return out;
}

/// Its own status, else the first of those above it that is said and of all below it.
told_status status_under(told_status own, std::initializer_list<const told_status*> above) {
    if (!own.code.empty()) return own;
    for (const told_status* one : above) {
        if (one->code.empty() || fate_of(one->code) == order_fate::partly) continue;
        own.code = one->code;
        if (own.reasons.empty()) own.reasons = one->reasons;
        break;
    }
    return own;
}

result<status_report> report_of(const pugi::xml_node& root) {
    const pugi::xml_node from = part(root, "CstmrPmtStsRpt");
    const pugi::xml_node group = part(from, "OrgnlGrpInfAndSts");
    status_report out;
    out.version = version_of(root);
    out.id = text_at(from, "GrpHdr/MsgId");
    out.orders_file = text_at(group, "OrgnlMsgId");
    out.whole = {text_at(group, "GrpSts"), reasons_of(group)};
    for (const pugi::xml_node& one : parts(from, "OrgnlPmtInfAndSts")) {
        block_status block{text_at(one, "OrgnlPmtInfId"),
                           {text_at(one, "PmtInfSts"), reasons_of(one)}};
        for (const pugi::xml_node& order : parts(one, "TxInfAndSts")) {
            order_status told{text_at(order, "OrgnlEndToEndId"),
                              status_under({text_at(order, "TxSts"), reasons_of(order)},
                                           {&block.told, &out.whole})};
            if (told.end_to_end.empty()) told.end_to_end = text_at(order, "OrgnlInstrId");
            if (told.end_to_end.empty())
                return refuse(refusals::report_unsound, {}, out.id,
                              "TxInfAndSts " + std::to_string(out.orders.size() + 1));
            out.orders.push_back(std::move(told));
        }
        out.blocks.push_back(std::move(block));
    }
    if (out.orders_file.empty())
        return refuse(refusals::report_unsound, {}, out.id, "OrgnlGrpInfAndSts");
    return out;
}

}  // namespace

result<statement_file> read_statements(std::string_view bytes) {
    pugi::xml_document doc;
    VECHE_CHECK(load_bank_file(bytes, doc));
    const pugi::xml_node root = doc.document_element();
    statement_file out{version_of(root), {}};
    if (!is_message(root, statement_versions))
        return refuse(refusals::message_unknown, {}, message_name(root));
    for (const pugi::xml_node& one : parts(part(root, "BkToCstmrStmt"), "Stmt"))
        out.statements.push_back(VECHE_TRY(statement_reader().read(one)));
    if (out.statements.empty()) return refuse(refusals::file_unsound, "Stmt", "", "Stmt");
    return out;
}

result<status_report> read_status_report(std::string_view bytes) {
    pugi::xml_document doc;
    VECHE_CHECK(load_bank_file(bytes, doc));
    const pugi::xml_node root = doc.document_element();
    if (!is_message(root, report_versions))
        return refuse(refusals::report_unknown, {}, message_name(root));
    return report_of(root);
}

result<std::int64_t> minor_of(const stated_amount& a, std::int32_t scale,
                              const std::string& where) {
    int128 minor = 0;
    std::int32_t places = -1;
    for (const char c : a.text) {
        if (c == '-') continue;
        if (c == '.') {
            places = 0;
            continue;
        }
        if (places >= scale && c != '0')
            return refuse(refusals::amount_too_fine, {}, where, a.text, std::to_string(scale));
        if (places < scale) minor = minor * 10 + (c - '0');
        if (places >= 0 && places < scale) ++places;
    }
    for (places = std::max(places, 0); places < scale; ++places) minor *= 10;
    if (!fund::fits(minor)) return refuse(fund::refusals::overflow, {}, where);
    return static_cast<std::int64_t>(a.text.starts_with('-') ? -minor : minor);
}

result<fund::record_statement> to_command(const bank_statement& from, const statement_names& as) {
    const stated_balances& booked = from.booked;
    if (!booked.opening || !booked.closing || !booked.closed)
        return refuse(refusals::balances_missing, {}, from.id);
    const auto amount_in_unit = [&](const stated_amount& stated,
                                    const std::string& where) -> result<amount> {
        if (stated.currency != as.unit.value)
            return refuse(refusals::currency_differs, {}, where, stated.currency, as.unit.value);
        const std::int64_t minor = VECHE_TRY(minor_of(stated, as.scale, where));
        return amount{minor, as.unit};
    };
    fund::record_statement out;
    out.statement = as.statement;
    out.bank = as.bank;
    out.opening = VECHE_TRY(amount_in_unit(*booked.opening, "OPBD"));
    out.closing = VECHE_TRY(amount_in_unit(*booked.closing, "CLBD"));
    out.until = from.until.value_or(*booked.closed);
    out.from = from.from.value_or(out.until);
    for (const stated_line& one : from.lines) {
        fund::statement_line line;
        line.line = one.reference;
        line.day = one.day;
        line.amount_ = VECHE_TRY(amount_in_unit(one.amount, one.reference));
        line.end_to_end = one.end_to_end;
        if (as.texts) line.text = one.text;
        if (!from.from) out.from = std::min(out.from, one.day);
        if (line.amount_.minor != 0) out.lines.push_back(std::move(line));
    }
    return out;
}

}  // namespace veche::documents
