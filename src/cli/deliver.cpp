#include <algorithm>

#include <fmt/format.h>

#include "cli/files.hpp"
#include "cli/shares.hpp"
#include "cli/sharing.hpp"
#include "shares/certificate_check.hpp"
#include "shares/delivery.hpp"
#include "shares/explanation.hpp"
#include "shares/share_file.hpp"

namespace veche::cli {
namespace {

/// What --json writes.
struct delivery_answer {
    shares::delivered certificate;
    std::vector<shares::delivery_explanation> explanations;
};
VECHE_FIELDS_HERE(delivery_answer, (certificate, "The units, with what proves them."),
                  (explanations, "Why each region has what it has."))

result<shares::delivery> delivery_in(const deliver_options& options) {
    const std::string text = VECHE_TRY(read_file(options.how.file));
    shares::delivery out;
    out.regions = VECHE_TRY(shares::read_regions(text));
    out.units = options.units;
    out.ties = tie_rule_of(options.how);
    return out;
}

void show_delivery(const shares::delivery& asked, const shares::delivered& made,
                   const terminal& on) {
    std::size_t width = 10;
    for (const shares::region& r : asked.regions) width = std::max(width, letters_in(r.name));
    on.say(fmt::format("{} {}, each to whoever is owed most", asked.units,
                       asked.units == 1 ? "unit" : "units"));
    for (std::size_t i = 0; i < asked.regions.size(); ++i)
        on.say(fmt::format(
            "  {}{:>16}{:>16}  {}", padded(asked.regions[i].name, width), asked.regions[i].weight,
            made.given[i],
            made.residues.empty() ? "" : shares::units_text(made.residues[i]) + " carried on"));
    for (const shares::tie& one : made.ties) on.say("  " + sentence_of_tie(one));
    if (!made.decided) on.say("  Units are open until the tie is settled (--ties).");
}

result<void> write_delivery(const deliver_options& options, const shares::delivery& asked,
                            const shares::delivered& made) {
    if (!options.how.certificate.empty())
        VECHE_CHECK(write_new_file(options.how.certificate, to_json(made), false));
    if (options.next.empty() || !made.decided) return {};
    std::vector<shares::region> next = asked.regions;
    for (std::size_t i = 0; i < next.size(); ++i) next[i].residue = made.residues[i];
    return write_new_file(options.next, shares::write_regions(next), false);
}

}  // namespace

int deliver(const deliver_options& options, const terminal& on) {
    const auto asked = delivery_in(options);
    if (!asked) return on.fail(asked.error());
    if (!options.how.check.empty()) {
        const auto read = read_described<shares::delivered>(options.how.check);
        if (!read) return on.fail(read.error());
        return verdict_on(shares::fault_in(*asked, *read), on);
    }
    delivery_answer answer;
    auto made = shares::deliver(*asked);
    if (!made) return on.fail(made.error());
    answer.certificate = *std::move(made);
    const std::string fault = shares::fault_in(*asked, answer.certificate);
    if (!fault.empty()) return verdict_on(fault, on);
    for (std::size_t i = 0; options.how.explain && i < asked->regions.size(); ++i)
        answer.explanations.push_back(shares::explain(*asked, answer.certificate, i));
    if (const auto written = write_delivery(options, *asked, answer.certificate); !written)
        return on.fail(written.error());
    show_delivery(*asked, answer.certificate, on);
    for (const shares::delivery_explanation& one : answer.explanations)
        on.say(shares::sentence_of(one));
    if (on.json) on.out << to_json(answer) << '\n';
    return answer.certificate.decided ? done : refused;
}

}  // namespace veche::cli
