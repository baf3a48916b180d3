// What became of orders at the bank.

#include <fmt/format.h>

#include "cli/files.hpp"
#include "cli/verbs.hpp"
#include "documents/payment_status.hpp"

namespace veche::cli {
namespace {

struct read_reason {
    std::string code;
    std::string meaning;
    std::string text;
};
VECHE_FIELDS_HERE(read_reason, (code, "Code of ISO 20022, or the bank's own."),
                  (meaning, "What it means; empty where it is not known."),
                  (text, "What the bank adds."))

struct read_fate {
    documents::order_fate fate{};
    std::string code;
    std::vector<read_reason> reasons;
};
VECHE_FIELDS_HERE(read_fate, (fate, "What became of it."), (code, "The bank's code of that."),
                  (reasons, "Why."))

struct read_order {
    std::string end_to_end;
    read_fate told;
};
VECHE_FIELDS_HERE(read_order, (end_to_end, "The id from end to end: of the payment."),
                  (told, "What became of it."))

struct read_block {
    std::string id;
    read_fate told;
};
VECHE_FIELDS_HERE(read_block, (id, "Id of the block of orders."), (told, "What became of it."))

struct read_report {
    std::string version;
    std::string id;
    std::string orders_file;
    read_fate whole;
    std::vector<read_block> blocks;
    std::vector<read_order> orders;
};
VECHE_FIELDS_HERE(read_report, (version, "The message and its version."), (id, "Id of the report."),
                  (orders_file, "Id of the file of orders."), (whole, "What became of the file."),
                  (blocks, "Its blocks."), (orders, "Its orders, in the order of the file."))

read_fate shown_fate(const documents::told_status& from) {
    read_fate out{documents::fate_of(from.code), from.code, {}};
    for (const documents::status_reason& one : from.reasons)
        out.reasons.push_back(
            {one.code, one.own ? std::string() : std::string(documents::reason_words(one.code)),
             one.text});
    return out;
}

read_report shown_report(const documents::status_report& from) {
    read_report out;
    out.version = from.version;
    out.id = from.id;
    out.orders_file = from.orders_file;
    out.whole = shown_fate(from.whole);
    for (const documents::block_status& one : from.blocks)
        out.blocks.push_back({one.id, shown_fate(one.told)});
    for (const documents::order_status& one : from.orders)
        out.orders.push_back({one.end_to_end, shown_fate(one.told)});
    return out;
}

/// "rejected (RJCT): AC04, the account is closed: since March"
std::string fate_words(const read_fate& of) {
    std::string out =
        of.code.empty() ? "not told" : fmt::format("{} ({})", name_of(of.fate), of.code);
    for (std::size_t i = 0; i < of.reasons.size(); ++i) {
        const read_reason& why = of.reasons[i];
        out += i == 0 ? ": " : "; ";
        bool begun = false;
        for (const std::string* part : {&why.code, &why.meaning, &why.text}) {
            if (part->empty()) continue;
            out += (!begun ? "" : part == &why.text ? ": " : ", ") + *part;
            begun = true;
        }
    }
    return out;
}

}  // namespace

int bank_status(const bank_status_options& options, const terminal& on) {
    const auto bytes = read_file(options.file);
    if (!bytes) return on.fail(bytes.error().sentence());
    const auto report = documents::read_status_report(*bytes);
    if (!report) return on.fail(report.error());
    const read_report out = shown_report(*report);
    if (on.json) on.out << to_json(out) << '\n';
    on.say(fmt::format("Report {} on the orders {}: {}.", out.id, out.orders_file,
                       fate_words(out.whole)));
    for (const read_block& one : out.blocks)
        if (!one.told.code.empty() || !one.told.reasons.empty())
            on.say(fmt::format("  Block {}: {}", one.id, fate_words(one.told)));
    for (const read_order& one : out.orders)
        on.say(fmt::format("  {}: {}", one.end_to_end, fate_words(one.told)));
    return done;
}

}  // namespace veche::cli
