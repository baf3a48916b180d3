// The rule language: what can be read can be written and read again, in both its forms; and any rule
// that can be read can be applied.

#include <cstdint>

#include "charter/rule.hpp"
#include "kernel/check.hpp"

namespace {

using namespace veche;
using namespace veche::charter;

std::vector<voter> electorate() {
    std::vector<voter> voters;
    for (int i = 0; i < 5; ++i)
        voters.push_back({"v" + std::to_string(i),
                          {{"st", i < 3 ? "a" : "b"}},
                          {{"pop", 10 * (i + 1)}, {"v", 7 - i}}});
    return voters;
}

void apply(const rule& r) {
    const std::vector<voter> voters = electorate();
    if (!check_rule(r, voters)) return;
    const ballots said{{"v0", ballot::yes},
                       {"v1", ballot::no},
                       {"v2", ballot::abstain},
                       {"v4", ballot::excluded}};
    const verdict v = evaluate(r, voters, said, "v0");
    VECHE_ENSURE(!v.reason.empty(), "an outcome has its reason");
    VECHE_ENSURE(evaluate(r, voters, {}).outcome != outcome::adopted, "an empty vote never passes");
}

void json_form(std::string_view text) {
    json::document doc;
    const auto canonical = json::canonicalize(text);
    if (!canonical || !doc.reset(*canonical)) return;
    const auto read = parse_rule(doc.root());
    if (!read) return;
    const std::string written = to_json(*read);
    json::document again;
    VECHE_ENSURE(again.reset(written).has_value(), "a rule is written canonically");
    const auto reread = parse_rule(again.root());
    VECHE_ENSURE(reread && *reread == *read, "a written rule reads as the same rule");
    apply(*read);
}

void text_form(std::string_view text) {
    const auto read = parse_condition(text);
    if (!read) return;
    const auto reread = parse_condition(to_text(*read));
    VECHE_ENSURE(reread && *reread == *read, "a written condition reads as the same condition");
    apply(rule{{}, *read, {}, tie_rule::chair});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (text.starts_with('{'))
        json_form(text);
    else
        text_form(text);
    return 0;
}
