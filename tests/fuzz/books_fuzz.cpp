// Books and statements of others: whatever they hold is read or refused; what is read can be added
// up for any day, and a statement without a break is added up to its end.

#include <cstdint>
#include <cstdlib>

#include "ledger/statement.hpp"
#include "ledger/text_book.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto book = ledger::text_book::read(text)) {
        const auto now = book->balances();
        const auto all = book->balances(date{INT32_MAX});
        if (now.size() != all.size()) std::abort();
        for (std::size_t i = 0; i < now.size(); ++i)
            if (!same(now[i].holds, all[i].holds)) std::abort();
    }
    (void)ledger::read_statement(text, {}, ledger::decimal_mark::unknown);
    return 0;
}
