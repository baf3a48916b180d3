#include "teams/vector_cases.hpp"

#include <fstream>
#include <sstream>

#include "teams/assign.hpp"
#include "teams/call_file.hpp"
#include "teams/certificate_check.hpp"
#include "teams/panel_check.hpp"

namespace veche::teams {

/// Groups of one category; what a group is called does not matter.
struct vector_group {
    std::int64_t size = 0;
    std::int64_t min = 0;
    std::int64_t max = 0;
};
VECHE_FIELDS_HERE(vector_group, (size, "How many they are."), (min, "At least on the panel."),
                  (max, "At most on the panel."))

struct panel_vector_input {
    std::int64_t panel = 0;
    std::vector<vector_group> groups;
    std::optional<std::string> categories;
    std::optional<std::string> respondents;
};
VECHE_FIELDS_HERE(panel_vector_input, (panel, "People on the panel."),
                  (groups, "Groups of one category."), (categories, "File of the categories."),
                  (respondents, "File of the people."))

struct panel_vector_expected {
    std::vector<std::string> probability;
    std::optional<std::string> what;
};
VECHE_FIELDS_HERE(panel_vector_expected, (probability, "Of each group, or of each kind of people."),
                  (what, "What is found."))

struct teams_vector_input {
    std::string people;
    std::string sites;
    std::optional<aim> first;
    std::optional<std::string> seed;
};
VECHE_FIELDS_HERE(teams_vector_input, (people, "File of the people."),
                  (sites, "File of the sites."), (first, "What is maximised first."),
                  (seed, "Seed of lots."))

struct teams_vector_expected {
    verdict what{};
    std::int64_t utility = 0;
    std::int64_t placed = 0;
};
VECHE_FIELDS_HERE(teams_vector_expected, (what, "What is found."), (utility, "Sum of utilities."),
                  (placed, "How many are placed."))

using members = std::map<std::string, std::string, std::less<>>;

namespace {

result<std::string> file_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    if (!in) return refuse(json::refusals::not_json, "", "the file " + file.filename().string());
    return all.str();
}

template <class T>
result<T> described(const std::string& json_text) {
    const std::string canonical = VECHE_TRY(json::canonicalize(json_text));
    return from_json<T>(std::string_view(canonical));
}

/// The member called so; for `input` those that stand beside `expected` where there is none.
std::string part_of_case(const members& all, const std::string& name) {
    if (const auto at = all.find(name); at != all.end()) return at->second;
    std::string out;
    for (const auto& [key, value] : all)
        if (key == "panel" || key == "groups")
            out += (out.empty() ? "{" : ",") + json::quoted(key) + ":" + value;
    return out.empty() ? "{}" : out + "}";
}

panel_call call_of_groups(const panel_vector_input& input) {
    panel_call out;
    out.size = input.panel;
    for (std::size_t g = 0; g < input.groups.size(); ++g) {
        // Kinds stand in the order of their features: groups by numbers of one width.
        const std::string name = std::to_string(1'000'000 + g);
        out.quotas.push_back({"group", name, input.groups[g].min, input.groups[g].max});
        for (std::int64_t n = 0; n < std::min(input.groups[g].size, most_respondents); ++n)
            out.people.push_back({name + "-" + std::to_string(n), {{"group", name}}});
    }
    return out;
}

result<std::string> run_panel(const members& all, const std::filesystem::path& folder) {
    const auto input = VECHE_TRY(described<panel_vector_input>(part_of_case(all, "input")));
    const auto expected =
        VECHE_TRY(described<panel_vector_expected>(part_of_case(all, "expected")));
    panel_call c = call_of_groups(input);
    if (input.categories && input.respondents) {
        const std::string quotas = VECHE_TRY(file_text(folder / *input.categories));
        const std::string people = VECHE_TRY(file_text(folder / *input.respondents));
        c = VECHE_TRY(read_panel_call(quotas, people));
        c.size = input.panel;
    }
    const panel_outcome made = VECHE_TRY(find_lottery(c));
    if (std::string fault = panel_fault(c, made); !fault.empty()) return fault;
    const std::string what(name_of(made.what));
    if (what != expected.what.value_or("lottery"))
        return expected.what.value_or("lottery") + " expected, " + what + " came";
    std::vector<std::string> came;
    for (const kind& one : made.kinds) came.push_back(one.probability);
    if (expected.probability.empty() || came == expected.probability) return std::string();
    std::string text = "probabilities";
    for (const std::string& one : came) text += " " + one;
    return text + " came";
}

result<std::string> run_teams(const members& all, const std::filesystem::path& folder) {
    const auto input = VECHE_TRY(described<teams_vector_input>(part_of_case(all, "input")));
    const auto expected =
        VECHE_TRY(described<teams_vector_expected>(part_of_case(all, "expected")));
    const std::string people = VECHE_TRY(file_text(folder / input.people));
    const std::string sites = VECHE_TRY(file_text(folder / input.sites));
    call c = VECHE_TRY(read_call(people, sites));
    c.first = input.first.value_or(aim::utility_then_placed);
    c.seed = input.seed;
    const outcome made = VECHE_TRY(solve(c));
    if (std::string fault = certificate_fault(c, made); !fault.empty()) return fault;
    if (made.what == expected.what && made.utility == expected.utility &&
        made.placed == expected.placed)
        return std::string();
    return std::string(name_of(made.what)) + " with utility " + std::to_string(made.utility) +
           " and " + std::to_string(made.placed) + " placed came";
}

}  // namespace

std::optional<std::string> run_vector(std::string_view kind, std::string_view whole_case_json,
                                      const std::filesystem::path& folder) {
    if (kind != "panel" && kind != "teams") return std::nullopt;
    const auto all = json::read_foreign_object(whole_case_json);
    if (!all) return all.error().sentence();
    const auto differs = kind == "panel" ? run_panel(*all, folder) : run_teams(*all, folder);
    return differs ? *differs : differs.error().sentence();
}

}  // namespace veche::teams
