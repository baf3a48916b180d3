#include <algorithm>

#include <fmt/format.h>

#include "cli/files.hpp"
#include "cli/shares.hpp"
#include "cli/sharing.hpp"
#include "shares/certificate_check.hpp"
#include "shares/division.hpp"
#include "shares/explanation.hpp"
#include "shares/share_file.hpp"

namespace veche::cli {
namespace {

/// What --json writes.
struct division_answer {
    shares::division_certificate certificate;
    std::vector<shares::division_explanation> explanations;
};
VECHE_FIELDS_HERE(division_answer, (certificate, "The shares, with what proves them."),
                  (explanations, "Why each claimant has what it has."))

result<shares::division> division_in(const divide_options& options) {
    const std::string text = VECHE_TRY(read_file(options.how.file));
    shares::division out;
    out.claimants = VECHE_TRY(shares::read_claims(text));
    out.rule = VECHE_TRY(shares::read_division_rule(options.rule));
    out.amount = options.amount;
    out.ties = tie_rule_of(options.how);
    return out;
}

void show_division(const shares::division& asked, const shares::division_certificate& made,
                   const terminal& on) {
    std::size_t width = 10;
    for (const shares::claimant& c : asked.claimants) width = std::max(width, letters_in(c.name));
    on.say(fmt::format("{} by {}", asked.amount, name_of(asked.rule)));
    for (std::size_t i = 0; i < asked.claimants.size(); ++i)
        on.say(fmt::format("  {}{:>16}{:>16}  {}", padded(asked.claimants[i].name, width),
                           asked.claimants[i].claim, made.units[i], made.exact[i]));
    if (made.left_over > 0) on.say(fmt::format("  Left over: {}", made.left_over));
    for (const shares::tie& one : made.ties) on.say("  " + sentence_of_tie(one));
    if (!made.decided) on.say("  Units are open until the tie is settled (--ties).");
}

}  // namespace

int divide(const divide_options& options, const terminal& on) {
    const auto asked = division_in(options);
    if (!asked) return on.fail(asked.error());
    if (!options.how.check.empty()) {
        const auto read = read_described<shares::division_certificate>(options.how.check);
        if (!read) return on.fail(read.error());
        return verdict_on(shares::fault_in(*asked, *read), on);
    }
    division_answer answer;
    auto made = shares::divide_amount(*asked);
    if (!made) return on.fail(made.error());
    answer.certificate = *std::move(made);
    const std::string fault = shares::fault_in(*asked, answer.certificate);
    if (!fault.empty()) return verdict_on(fault, on);
    for (std::size_t i = 0; options.how.explain && i < asked->claimants.size(); ++i)
        answer.explanations.push_back(shares::explain(*asked, answer.certificate, i));
    if (!options.how.certificate.empty()) {
        const auto written =
            write_new_file(options.how.certificate, to_json(answer.certificate), false);
        if (!written) return on.fail(written.error());
    }
    show_division(*asked, answer.certificate, on);
    for (const shares::division_explanation& one : answer.explanations)
        on.say(shares::sentence_of(one));
    if (on.json) on.out << to_json(answer) << '\n';
    return answer.certificate.decided ? done : refused;
}

}  // namespace veche::cli
