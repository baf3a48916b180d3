#include "cli/vectors.hpp"

#include <fmt/format.h>

#include "budgeting/vector_cases.hpp"
#include "cli/files.hpp"
#include "cli/health_vectors.hpp"
#include "epidemic/vector_cases.hpp"
#include "kernel/foreign_json.hpp"
#include "kernel/json.hpp"
#include "matching/more_vector_cases.hpp"
#include "matching/vector_cases.hpp"
#include "shares/vector_cases.hpp"
#include "teams/vector_cases.hpp"

namespace veche::cli {
namespace {

enum class vector_fate : std::uint8_t { ok, missed, not_run };
VECHE_CHOICES(vector_fate, ok, missed, not_run)

struct vector_outcome {
    std::string id;
    std::string kind;
    vector_fate fate{};
    std::string said;
};
VECHE_FIELDS_HERE(vector_outcome, (id, "Id of the case."), (kind, "Its kind."),
                  (fate, "What came of it."), (said, "What differs, or why it was not run."))

/// A member of a case that is a string; "" where it is not there.
std::string string_member(const std::map<std::string, std::string, std::less<>>& members,
                          std::string_view name) {
    const auto found = members.find(name);
    if (found == members.end()) return {};
    json::document read;
    if (!read.reset(found->second) || !read.root().is(json::kind::string)) return {};
    return std::string(read.root().as_string());
}

result<vector_outcome> run_case(const std::string& text, const std::filesystem::path& folder) {
    const auto members = VECHE_TRY(json::read_foreign_object(text));
    // Vectors of allocation name a kind, those of health an operation.
    std::string kind = string_member(members, "kind");
    if (kind.empty()) kind = string_member(members, "op");
    vector_outcome out{string_member(members, "id"), std::move(kind), vector_fate::not_run,
                       "no room knows this kind"};
    using runner = std::optional<std::string> (*)(std::string_view, std::string_view,
                                                  const std::filesystem::path&);
    constexpr runner rooms[] = {
        matching::run_vector, matching::run_more_vector, budgeting::run_vector, shares::run_vector,
        teams::run_vector,    epidemic::run_vector,      run_health_vector};
    for (const runner room : rooms) {
        auto said = room(out.kind, text, folder);
        if (!said) continue;
        const bool left_out = said->starts_with(shares::not_run);
        out.fate = left_out        ? vector_fate::not_run
                   : said->empty() ? vector_fate::ok
                                   : vector_fate::missed;
        out.said = left_out ? said->substr(shares::not_run.size()) : *std::move(said);
        return out;
    }
    return out;
}

/// Paths in a file of vectors are relative to the folder above it where there is no such folder
/// beside it: the file lies in a folder "vectors" among the others.
std::filesystem::path folder_of(const std::filesystem::path& file) {
    const std::filesystem::path beside = std::filesystem::absolute(file).parent_path();
    return beside.filename() == "vectors" ? beside.parent_path() : beside;
}

/// The cases: a list, or {"about": TEXT, "vectors": [...]}.
result<std::vector<std::string>> cases_in(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos || text[begin] != '{')
        return json::read_foreign_array(text);
    const auto members = VECHE_TRY(json::read_foreign_object(text));
    const auto found = members.find("vectors");
    return json::read_foreign_array(found == members.end() ? text : found->second);
}

}  // namespace

int run_vectors(const vectors_options& options, const terminal& on) {
    const auto text = read_file(options.file);
    if (!text) return on.fail(text.error().sentence());
    const auto cases = cases_in(*text);
    if (!cases) return on.fail(cases.error());
    std::vector<vector_outcome> all;
    for (const std::string& one : *cases) {
        auto outcome = run_case(one, folder_of(options.file));
        if (!outcome) return on.fail(outcome.error());
        all.push_back(*std::move(outcome));
    }
    std::size_t good = 0;
    std::size_t missed = 0;
    for (const vector_outcome& one : all) {
        good += one.fate == vector_fate::ok ? 1 : 0;
        missed += one.fate == vector_fate::missed ? 1 : 0;
        constexpr const char* words[] = {"ok", "MISSED", "not run"};
        on.say(fmt::format("{:<6} {:<8} {}{}{}", one.id, words[static_cast<int>(one.fate)],
                           one.kind, one.said.empty() ? "" : ": ", one.said));
    }
    on.say(fmt::format("{} of {} as expected, {} missed, {} not run", good, all.size(), missed,
                       all.size() - good - missed));
    if (on.json) on.out << to_json(all) << '\n';
    return missed == 0 ? done : refused;
}

}  // namespace veche::cli
