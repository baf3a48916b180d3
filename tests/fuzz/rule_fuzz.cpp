// The rule language: what can be read can be written and read again, in both its forms; any rule
// that can be read can be applied; and any file of vectors is answered.

#include <cstdint>

#include "charter/rule.hpp"
#include "charter/tally.hpp"
#include "kernel/check.hpp"

namespace {

using namespace veche;
using namespace veche::charter;

std::vector<voter> electorate() {
    std::vector<voter> voters;
    for (int i = 0; i < 5; ++i)
        voters.push_back({"v" + std::to_string(i),
                          {{"st", i < 3 ? "a" : "b"}},
                          {{"pop", i < 3 ? 10 : 20}, {"v", i < 3 ? 7 : 1}}});
    return voters;
}

void apply(const rule& r) {
    const std::vector<voter> voters = electorate();
    const ballot_map said{
        {"v0", ballot::yes}, {"v1", ballot::no}, {"v2", ballot::abstain}, {"v4", ballot::excluded}};
    for (const bloc_mode blocs : {bloc_mode::none, bloc_mode::uniform, bloc_mode::majority}) {
        circumstances around;
        around.chair = "v0";
        around.blocs = blocs;
        const verdict v = evaluate(r, voters, said, around);
        VECHE_ENSURE(!v.sentence.empty() && !v.reasons.empty(), "an outcome has its reason");
        VECHE_ENSURE(outcome_of(r, voters, said, around) == v.outcome, "there is one outcome");
        VECHE_ENSURE(r.silence || outcome_of(r, voters, {}, around) != outcome::adopted,
                     "an empty vote never passes");
    }
    (void)words_of(r);
    (void)check_rule(r, {{"pop", "v"}, {{"st", {"a", "b"}}}, {}});
}

void is_fixed(const rule& r) {
    const std::string canonical = to_canonical(r);
    json::document doc;
    VECHE_ENSURE(doc.reset(canonical).has_value(), "a rule is written canonically");
    const auto from_json_form = parse_rule(doc.root());
    VECHE_ENSURE(from_json_form && *from_json_form == r, "a written rule reads as the same rule");
    const auto from_text_form = parse_rule_text(rule_text(r));
    VECHE_ENSURE(from_text_form || rule_text(r).size() > 8192, "a rule's text can be read");
    if (from_text_form) VECHE_ENSURE(*from_text_form == r, "and reads as the same rule");
}

void json_form(std::string_view text) {
    (void)tally(text);
    const auto canonical = json::canonicalize(text);
    if (!canonical) return;
    if (const auto read = parse_rule(std::string_view(*canonical))) {
        is_fixed(*read);
        apply(*read);
    }
}

void text_form(std::string_view text) {
    if (const auto read = parse_rule_text(text)) {
        // Text may nest deeper than the JSON of a journal does.
        json::document doc;
        if (doc.reset(to_canonical(*read))) is_fixed(*read);
        apply(*read);
    }
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
