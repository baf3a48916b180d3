#include "shares/apportion.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/files.hpp"
#include "cli/shares.hpp"
#include "cli/sharing.hpp"
#include "shares/certificate_check.hpp"
#include "shares/explanation.hpp"
#include "shares/share_file.hpp"

namespace veche::cli {
namespace {

/// What --json writes.
struct apportionment_answer {
    std::vector<shares::level_result> levels;
    std::vector<shares::explanation> explanations;
};
VECHE_FIELDS_HERE(apportionment_answer,
                  (levels, "Every group's seats, from above, with certificates."),
                  (explanations, "Why each party has what it has."))

result<shares::grouped_contest> asked_in(const apportion_options& options) {
    const std::string text = VECHE_TRY(read_file(options.how.file));
    shares::grouped_contest out = VECHE_TRY(shares::read_parties(text));
    const auto how = VECHE_TRY(shares::read_method(options.method));
    out.how = how.first;
    out.divisors = how.second;
    out.seats = options.seats;
    out.ties = tie_rule_of(options.how);
    for (shares::grouped_party& one : out.parties) {
        if (!one.of.least) one.of.least = options.least;
        if (!one.of.most) one.of.most = options.most;
    }
    return out;
}

void show_level(const shares::level_result& level, const terminal& on) {
    std::size_t width = 10;
    for (const shares::party& p : level.asked.parties) width = std::max(width, letters_in(p.name));
    on.say(fmt::format("{}{} seats by {}", level.group.empty() ? "" : "\n" + level.group + ": ",
                       level.asked.seats, name_of(level.asked.how)));
    for (std::size_t i = 0; i < level.asked.parties.size(); ++i) {
        const shares::party& p = level.asked.parties[i];
        on.say(
            fmt::format("  {}{:>16}{:>12}", padded(p.name, width), p.votes, level.answer.given[i]));
    }
    for (const shares::tie& one : level.answer.ties) on.say("  " + sentence_of_tie(one));
    if (level.answer.ties.empty() && level.answer.outcomes > 1)
        on.say(fmt::format("  Ties on the way allow {} outcomes.", level.answer.outcomes));
    if (!level.answer.decided) on.say("  Seats are open until the tie is settled (--ties).");
}

int judge_levels(const shares::grouped_contest& asked, const std::filesystem::path& file,
                 const terminal& on) {
    const auto levels = read_described<std::vector<shares::level_result>>(file);
    if (!levels) return on.fail(levels.error());
    return verdict_on(shares::fault_in(asked, *levels), on);
}

}  // namespace

int apportion(const apportion_options& options, const terminal& on) {
    const auto asked = asked_in(options);
    if (!asked) return on.fail(asked.error());
    if (!options.how.check.empty()) return judge_levels(*asked, options.how.check, on);
    apportionment_answer answer;
    auto levels = shares::apportion_groups(*asked);
    if (!levels) return on.fail(levels.error());
    answer.levels = *std::move(levels);
    const std::string fault = shares::fault_in(*asked, answer.levels);
    if (!fault.empty()) return verdict_on(fault, on);
    for (const shares::level_result& level : answer.levels)
        for (std::size_t i = 0; options.how.explain && i < level.asked.parties.size(); ++i)
            answer.explanations.push_back(shares::explain(level.asked, level.answer, i));
    if (!options.how.certificate.empty()) {
        const auto written = write_new_file(options.how.certificate, to_json(answer.levels), false);
        if (!written) return on.fail(written.error());
    }
    for (const shares::level_result& level : answer.levels) show_level(level, on);
    for (const shares::explanation& one : answer.explanations) on.say(shares::sentence_of(one));
    if (on.json) on.out << to_json(answer) << '\n';
    const bool open =
        std::any_of(answer.levels.begin(), answer.levels.end(),
                    [](const shares::level_result& one) { return !one.answer.decided; });
    return open ? refused : done;
}

}  // namespace veche::cli
