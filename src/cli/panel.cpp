#include <algorithm>

#include <fmt/format.h>

#include "cli/files.hpp"
#include "cli/teams.hpp"
#include "teams/call_file.hpp"
#include "teams/conflict.hpp"
#include "teams/panel_check.hpp"

namespace veche::cli {
namespace {

struct drawn_panel {
    std::string number;
    std::vector<std::string> people;
};
VECHE_FIELDS_HERE(drawn_panel, (number, "The number drawn."), (people, "Who is on the panel."))

result<teams::panel_call> panel_call_from(const panel_options& options) {
    const std::string categories = VECHE_TRY(read_file(options.categories));
    const std::string respondents = VECHE_TRY(read_file(options.respondents));
    teams::panel_call c = VECHE_TRY(teams::read_panel_call(categories, respondents));
    c.id = options.call;
    c.size = options.size;
    c.node_limit = options.nodes;
    return c;
}

std::string name_of_kind(const teams::kind& k) {
    std::string text;
    for (const auto& [category, feature] : k.features)
        text += (text.empty() ? "" : ", ") + category + " " + feature;
    return text.empty() ? "everybody" : text;
}

void show_panel(const terminal& on, const panel_options& options,
                const teams::panel_outcome& made) {
    switch (made.what) {
        case teams::panel_verdict::none:
            on.say(fmt::format("There is no panel of {} that keeps all windows.", options.size));
            on.say(sentence_of(*made.reason));
            return;
        case teams::panel_verdict::not_decided:
            on.say("Not decided: the limit of the search was reached.");
            return;
        case teams::panel_verdict::feasible:
            on.say(fmt::format("There is a panel of {}, as this one:", options.size));
            break;
        case teams::panel_verdict::lottery:
            on.say(fmt::format("The fairest lottery draws one of {} panels of {}:",
                               made.panels.size(), options.size));
            break;
    }
    for (std::size_t k = 0; k < made.kinds.size(); ++k) {
        const teams::kind& one = made.kinds[k];
        if (made.what == teams::panel_verdict::lottery)
            on.say(fmt::format("  {:>6} people, each with {}: {}", one.people, one.probability,
                               name_of_kind(one)));
        else
            on.say(fmt::format("  {:>6} of {}: {}", made.panels.front().counts[k], one.people,
                               name_of_kind(one)));
    }
}

int check_panel(const teams::panel_call& c, const panel_options& options, const terminal& on) {
    const auto made = read_described<teams::panel_outcome>(options.check);
    if (!made) return on.fail(made.error());
    const std::string fault = panel_fault(c, *made);
    if (!fault.empty()) return on.fail("The certificate does not hold: " + fault + ".", refused);
    on.say(fmt::format("The certificate holds: {}.", name_of(made->what)));
    if (on.json) on.out << "{\"holds\":true}\n";
    return done;
}

int draw_panel(const teams::panel_call& c, const panel_options& options, const terminal& on,
               const teams::panel_outcome& made) {
    auto people = teams::draw(c, made, options.draw);
    if (!people) return on.fail(people.error());
    on.say("Drawn:");
    for (const std::string& one : *people) on.say("  " + one);
    if (on.json) on.out << to_json(drawn_panel{options.draw, *std::move(people)}) << '\n';
    return done;
}

}  // namespace

int panel(const panel_options& options, const terminal& on) {
    const auto c = panel_call_from(options);
    if (!c) return on.fail(c.error());
    if (!options.check.empty()) return check_panel(*c, options, on);
    const bool lottery = options.leximin || !options.draw.empty();
    const auto made = lottery ? teams::find_lottery(*c) : teams::find_panel(*c);
    if (!made) return on.fail(made.error());
    if (!options.certificate.empty())
        if (const auto written = write_new_file(options.certificate, to_json(*made) + "\n", false);
            !written)
            return on.fail(written.error());
    show_panel(on, options, *made);
    if (made->what == teams::panel_verdict::lottery && !options.draw.empty())
        return draw_panel(*c, options, on, *made);
    if (on.json) on.out << to_json(*made) << '\n';
    return made->what == teams::panel_verdict::lottery ||
                   made->what == teams::panel_verdict::feasible
               ? done
               : refused;
}

}  // namespace veche::cli
