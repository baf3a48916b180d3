#include "api/pages/reasons.hpp"

namespace veche::api::pages {
namespace {

/// A group of voters is a member, and "st" the attribute that says which: their names say more.
std::string said(const visit& here, charter::reason_line line) {
    const auto name_member = [&](std::string& id) {
        if (const localized* name = here.names.find("member", id)) id = here.name_of(*name);
    };
    name_member(line.group);
    if (line.code == "rule.within" && !line.args.empty()) name_member(line.args.front());
    if (line.code == "rule.each" && line.args == std::vector<std::string>{"st"})
        line.code = "rule.each_member";
    return charter::say(line, [&](std::string_view key) { return here.texts.written(key); });
}

}  // namespace

std::vector<reason_card> say_lines(const visit& here,
                                   const std::vector<charter::reason_line>& lines) {
    std::vector<reason_card> cards;
    for (const auto& line : lines) cards.push_back({said(here, line), line.depth, line.holds});
    return cards;
}

std::vector<std::string> say_margins(const visit& here,
                                     const std::vector<charter::turning>& margins) {
    std::vector<std::string> lines;
    for (const auto& one : margins) lines.push_back(said(here, one.line));
    return lines;
}

std::vector<reason_card> rule_in_words(const visit& here, std::string_view rule,
                                       const body_id& body) {
    const auto* parsed = here.charter.parsed_rule(rule);
    const auto* of = here.charter.find_body(body);
    if (parsed == nullptr || of == nullptr) return {};
    return say_lines(here, charter::words_of(*parsed, of->blocs));
}

}  // namespace veche::api::pages
