#include <algorithm>

#include <fmt/format.h>

#include "cli/files.hpp"
#include "cli/verbs.hpp"
#include "ledger/vector_file.hpp"

namespace veche::cli {

int ledger_check(const ledger_check_options& options, const terminal& on) {
    const auto text = read_file(options.file);
    if (!text) return on.fail(text.error().sentence());
    const auto lines = ledger::run_vectors(*text);
    if (!lines) return on.fail(lines.error());
    if (on.json) on.out << to_json(*lines) << '\n';
    const auto good = std::count_if(lines->begin(), lines->end(),
                                    [](const auto& line) { return line.missed.empty(); });
    for (const ledger::vector_line& line : *lines) {
        on.say(fmt::format("{:<10} {}  {}", line.id, line.missed.empty() ? "ok    " : "MISSED",
                           line.title));
        for (const std::string& missed : line.missed) on.say("           " + missed);
    }
    on.say(fmt::format("{} of {} as expected", good, lines->size()));
    return good == static_cast<std::ptrdiff_t>(lines->size()) ? done : refused;
}

}  // namespace veche::cli
