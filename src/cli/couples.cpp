#include "cli/couples.hpp"

#include <fmt/format.h>

#include "cli/files.hpp"
#include "matching/couples_check.hpp"
#include "matching/couples_file.hpp"

namespace veche::cli {

namespace {

std::string outcome_of_couples(const matching::couples_certificate& made) {
    using enum matching::couples_proof;
    if (made.proof == found) return "Stable.";
    std::string text = made.proof == none
                           ? "No stable matching exists: the search of all ended without."
                           : "No stable matching was found, and not all was searched.";
    text += " Stable with these places changed";
    return text + (made.fewest ? ", and no smaller change would do:" : ":");
}

/// Whether the claim that none exists was checked too.
std::string tried_anew(const matching::couples_market& market) {
    const auto trial = matching::try_all_couples(market);
    if (trial.end == matching::couples_tried::none)
        return fmt::format(
            "That none is stable by the places given was tried anew: {} placements "
            "of couples, and none is.",
            trial.placements);
    return "That none is stable by the places given is the claim of a search: there are too many "
           "placements of couples to try all.";
}

}  // namespace

int match_couples_file(const couples_options& options, const terminal& on) {
    const auto text = read_file(options.file);
    if (!text) return on.fail(text.error().sentence());
    const auto file = matching::read_couples_file(*text);
    if (!file) return on.fail(file.error());
    if (!options.check.empty()) {
        const auto made = read_described<matching::couples_certificate>(options.check);
        if (!made) return on.fail(made.error());
        const std::string fault = matching::couples_fault(file->market, *made);
        on.say(fault.empty() ? "The certificate holds." : "It does not hold: " + fault + ".");
        if (fault.empty() && made->proof == matching::couples_proof::none)
            on.say(tried_anew(file->market));
        return fault.empty() ? done : refused;
    }
    const auto made = matching::match_couples(file->market);
    if (!made) return on.fail(made.error());
    // What was made is judged by other code before anybody reads it.
    const std::string fault = matching::couples_fault(file->market, *made);
    if (!fault.empty()) return on.fail("The result does not hold: " + fault + ".");
    if (!options.certificate.empty()) {
        const auto written = write_new_file(options.certificate, to_json(*made) + "\n", false);
        if (!written) return on.fail(written.error());
    }
    if (on.json) {
        on.out << to_json(*made) << '\n';
        return done;
    }
    on.say(outcome_of_couples(*made));
    for (const matching::seat_change& one : made->changes)
        on.say(fmt::format("  programme {}: {} places instead of {}",
                           file->programmes[static_cast<std::size_t>(one.programme)], one.to,
                           one.from));
    on.out << matching::couples_file_result(*file, *made);
    for (const matching::couples_reason& why : matching::couples_reasons(file->market, *made)) {
        std::string who;
        for (const std::int64_t a : why.applicants)
            who += (who.empty() ? "" : ", ") +
                   std::to_string(file->applicants[static_cast<std::size_t>(a)]);
        on.say(fmt::format("{}: {}", who, sentence(why)));
    }
    return done;
}

}  // namespace veche::cli
