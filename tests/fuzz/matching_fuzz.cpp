// Files of applicants and programmes: whatever they hold is answered. What can be read is matched
// by the rules that the first byte names, and every certificate holds.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/check.hpp"
#include "matching/explanation.hpp"
#include "matching/preference_file.hpp"
#include "matching/published_check.hpp"
#include "matching/vector_cases.hpp"

namespace {

using namespace veche::matching;

void match_and_check(const market_file& file, std::uint8_t how) {
    if (file.of.applicants() > 1000 || file.of.programmes() > 1000) return;
    match_rules rules;
    rules.ties = static_cast<tie_policy>(how & 3);
    rules.reserves = static_cast<reserve_rule>((how >> 2 & 7) % 6);
    rules.lottery = static_cast<lottery_kind>(how >> 5 & 1);
    rules.propose = static_cast<proposing>(how >> 6 & 1);
    rules.improve = (how & 0x80) != 0;
    if (how >= 0xF8) {
        rules = {};
        rules.seeks = static_cast<aim>(how & 3);
    }
    if (!file.minimums.empty()) {
        rules = {};
        rules.ties = (how & 1) != 0 ? tie_policy::lottery : tie_policy::strict;
        rules.minimum = (how & 2) != 0 ? minimum_rule::filled : minimum_rule::closed;
        // The search grows with the programmes that need somebody.
        if (std::count_if(file.minimums.begin(), file.minimums.end(),
                          [](std::uint32_t least) { return least > 0; }) > 12)
            return;
    }
    rules.seed = std::string(64, '7');
    rules.call = "call";
    const auto made = run_match(file, rules);
    if (!made) return;
    const std::string fault = check_certificate(file, certificate_of(file, rules, *made));
    VECHE_ENSURE(fault.empty(), fault);
    const explainer why(file, rules, *made);
    for (std::uint32_t a = 0; a < file.of.applicants(); ++a)
        for (const explanation& one : why.record(a).choices) (void)sentence(one);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
    if (data[1] == 'v') {
        for (const char* kind : {"HR", "HRT", "score-limits"})
            (void)run_vector(kind, text.substr(0, 400), {});
    } else if (data[1] == 'r') {
        if (const auto file = read_market_rp(text)) match_and_check(*file, data[0]);
    } else if (data[1] == 'p') {
        if (text.size() > 400) return 0;
        if (const auto file = read_preferences(text)) match_and_check(*file, data[0]);
    } else if (const auto parted = text.find("\n\n"); parted != std::string_view::npos) {
        if (const auto file = read_market_csv(text.substr(0, parted), text.substr(parted + 2)))
            match_and_check(*file, data[0]);
    }
    return 0;
}
