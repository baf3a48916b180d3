#include "cli/teams.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cli/files.hpp"
#include "teams/assign.hpp"
#include "teams/call_file.hpp"
#include "teams/certificate_check.hpp"
#include "teams/conflict.hpp"
#include "teams/explain.hpp"

namespace veche::cli {
namespace {

result<teams::call> teams_call_from(const teams_options& options) {
    const std::string people = VECHE_TRY(read_file(options.people));
    const std::string sites = VECHE_TRY(read_file(options.sites));
    teams::call c = VECHE_TRY(teams::read_call(people, sites));
    c.id = options.call;
    c.first =
        options.placed_first ? teams::aim::placed_then_utility : teams::aim::utility_then_placed;
    if (!options.seed.empty()) c.seed = options.seed;
    c.node_limit = options.nodes;
    return c;
}

bool counts_in(const teams::window& w, const teams::person& who) {
    if (w.what == "size") return true;
    if (w.what == "skill")
        return std::find(who.skills.begin(), who.skills.end(), w.value) != who.skills.end();
    const auto own = who.features.find(w.what);
    return own != who.features.end() && own->second == w.value;
}

/// The result as a sheet: what was found, then each site with its windows and its people.
class teams_sheet {
  public:
    teams_sheet(const terminal& on, const teams::call& c, const teams::outcome& made)
        : on_(on), call_(c), made_(made) {
        for (const teams::person& one : c.people) people_[one.id] = &one;
    }

    void show() const {
        on_.say(headline());
        if (made_.what == teams::verdict::none) return on_.say(sentence_of(*made_.reason));
        if (made_.what == teams::verdict::not_decided) return;
        if (made_.lot == teams::lots::needed)
            on_.say("Several assignments are as good by the aim; lots decided between them.");
        if (made_.shortened)
            on_.say(
                "The whole proof is too large to write: what is written proves that the number " +
                made_.found + " is at most " + made_.bound + ".");
        for (const teams::site& one : call_.sites) show(one);
        std::string nowhere;
        for (const teams::placing& one : made_.placings)
            if (!one.site) nowhere += " " + one.person;
        if (!nowhere.empty()) on_.say("\nNot placed:" + nowhere);
    }

  private:
    [[nodiscard]] std::string headline() const {
        const std::string parts =
            fmt::format("{} part{} looked at", made_.nodes, made_.nodes == 1 ? "" : "s");
        const std::string what = fmt::format("Utility {}, {} of {} placed", made_.utility,
                                             made_.placed, call_.people.size());
        switch (made_.what) {
            case teams::verdict::best:
                return fmt::format("{}. Nothing better exists ({}).", what, parts);
            case teams::verdict::best_by_aim:
                return fmt::format(
                    "{}. Nothing better exists; whether lots would have fallen "
                    "better was not decided ({}).",
                    what, parts);
            case teams::verdict::gap:
                return fmt::format(
                    "{}. Not decided whether better exists: the limit was reached "
                    "({}). The number reached is {}, and none is above {}.",
                    what, parts, made_.found, made_.bound);
            case teams::verdict::none:
                return fmt::format("There are no teams that keep all windows ({}).", parts);
            case teams::verdict::not_decided:
                return fmt::format(
                    "Not decided: no teams were found within the limit, and it is "
                    "not proved that there are none ({}).",
                    parts);
        }
        return {};
    }

    void show(const teams::site& at) const {
        std::vector<const teams::person*> team;
        for (const teams::placing& one : made_.placings)
            if (one.site == at.id) team.push_back(people_.at(one.person));
        std::string line = fmt::format("\n{}: {}", at.id, team.size());
        for (const teams::window& w : at.windows) {
            const auto count = std::count_if(team.begin(), team.end(),
                                             [&](const auto* one) { return counts_in(w, *one); });
            const std::string most = w.max ? fmt::format(" to {}", *w.max) : " or more";
            if (w.what == "size")
                line += fmt::format(" ({}{})", w.min, most);
            else
                line += fmt::format(", {} {} {} ({}{})", w.what, w.value, count, w.min, most);
        }
        on_.say(line);
        std::string names = " ";
        for (const teams::person* one : team) names += " " + one->id;
        if (!team.empty()) on_.say(names);
    }

    const terminal& on_;
    const teams::call& call_;
    const teams::outcome& made_;
    std::map<std::string, const teams::person*> people_;
};

int check_teams(const teams::call& c, const teams_options& options, const terminal& on) {
    const auto made = read_described<teams::outcome>(options.check);
    if (!made) return on.fail(made.error());
    const std::string fault = certificate_fault(c, *made);
    if (!fault.empty()) return on.fail("The certificate does not hold: " + fault + ".", refused);
    on.say(fmt::format("The certificate holds: {}, utility {}, {} placed{}.", name_of(made->what),
                       made->utility, made->placed,
                       made->shortened ? "; it proves the bound " + made->bound + " only" : ""));
    if (on.json) on.out << "{\"holds\":true}\n";
    return done;
}

result<void> write_team_files(const teams_options& options, const teams::outcome& made) {
    if (!options.certificate.empty())
        VECHE_CHECK(write_new_file(options.certificate, to_json(made) + "\n", false));
    if (!options.csv.empty()) VECHE_CHECK(write_new_file(options.csv, placings_csv(made), false));
    return {};
}

}  // namespace

int find_teams(const teams_options& options, const terminal& on) {
    const auto c = teams_call_from(options);
    if (!c) return on.fail(c.error());
    if (!options.check.empty()) return check_teams(*c, options, on);
    const auto made = teams::solve(*c);
    if (!made) return on.fail(made.error());
    if (const auto written = write_team_files(options, *made); !written)
        return on.fail(written.error());
    const bool found =
        made->what != teams::verdict::none && made->what != teams::verdict::not_decided;
    if (options.explain.empty()) {
        teams_sheet(on, *c, *made).show();
        if (on.json) on.out << to_json(*made) << '\n';
        return found ? done : refused;
    }
    const auto why = teams::explain(*c, *made, options.explain);
    if (!why) return on.fail(why.error());
    on.say(why->person + (why->site ? " goes to " + *why->site + "." : " is not placed."));
    for (const std::string& one : sentences_of(*why)) on.say("  " + one);
    if (made->reason) on.say(sentence_of(*made->reason));
    if (on.json) on.out << to_json(*why) << '\n';
    return found ? done : refused;
}

}  // namespace veche::cli
