// Files of a bank: whatever they hold is read or refused; what is read is told apart by its
// references and has amounts that are kept exactly or refused. What is no statement may be a report
// on orders, each of which it names.

#include <cstdint>
#include <cstdlib>
#include <set>

#include "documents/bank_statement.hpp"
#include "documents/payment_status.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche;
    const auto file = documents::read_statements({reinterpret_cast<const char*>(data), size});
    if (!file) {
        const auto report =
            documents::read_status_report({reinterpret_cast<const char*>(data), size});
        if (!report) return 0;
        for (const documents::order_status& one : report->orders)
            if (one.end_to_end.empty()) std::abort();
        return 0;
    }
    for (const documents::bank_statement& one : file->statements) {
        std::set<std::string> references;
        for (const documents::stated_line& line : one.lines)
            if (!references.insert(line.reference).second) std::abort();
        if (!one.booked.closing) continue;
        const documents::statement_names names{{"s"}, {}, {one.booked.closing->currency}, 2, true};
        const auto command = documents::to_command(one, names);
        if (command && to_json(*command).empty()) std::abort();
    }
    return 0;
}
