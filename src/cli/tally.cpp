#include "charter/tally.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "charter/toml.hpp"
#include "cli/files.hpp"
#include "cli/verbs.hpp"

namespace veche::cli {

int tally(const tally_options& options, const terminal& on) {
    const auto text = read_file(options.file);
    if (!text) return on.fail(text.error().sentence());
    charter::state beside;
    if (!options.charter.empty()) {
        const auto file = read_file(options.charter);
        if (!file) return on.fail(file.error().sentence());
        const auto document = charter::read_preset(*file);
        if (!document) return on.fail(document.error());
        beside.found(*document);
    }
    const auto lines = charter::tally(*text, beside.founded() ? &beside : nullptr);
    if (!lines) return on.fail(lines.error());
    std::size_t missed = 0;
    for (const charter::tally_line& line : *lines) {
        if (!line.agrees) ++missed;
        on.say(fmt::format("{:<10} {}{}", line.id, line.outcome,
                           line.agrees ? "" : fmt::format("   MISSED: expected {}", *line.expect)));
        if (!line.title.empty()) on.say("           " + line.title);
        if (!line.reason.empty()) on.say("           " + line.reason);
    }
    if (on.json) on.out << to_json(*lines) << '\n';
    const bool expected = std::any_of(lines->begin(), lines->end(),
                                      [](const auto& line) { return line.expect.has_value(); });
    if (expected)
        on.say(fmt::format("{} of {} as expected", lines->size() - missed, lines->size()));
    return missed == 0 ? done : refused;
}

}  // namespace veche::cli
