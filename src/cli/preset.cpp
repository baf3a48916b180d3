#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "charter/toml.hpp"
#include "cli/files.hpp"
#include "cli/verbs.hpp"

namespace veche::cli {
namespace {

namespace fs = std::filesystem;

struct preset_line {
    std::string id;
    std::vector<std::string> names;  ///< of its bodies, or of its rules where it has none
    std::int32_t seats = 0;
    std::vector<std::string> marks;  ///< of its rules, without repeating
};
VECHE_FIELDS_HERE(preset_line, (id, "Its name."), (names, "Its bodies, or its rules."),
                  (seats, "Seats in all."),
                  (marks, "How far the sources of its rules were checked."))

std::string in_words(const localized& name, const std::string& language) {
    const auto own = name.find(language);
    return own == name.end() ? name.begin()->second : own->second;
}

result<preset_line> describe_preset(const fs::path& file, const std::string& language) {
    const auto bytes = VECHE_TRY(read_file(file));
    const auto document = VECHE_TRY(charter::read_preset(bytes));
    preset_line out{file.stem().string(), {}, 0, {}};
    for (const auto& row : document.bodies) out.names.push_back(in_words(row.name, language));
    for (const auto& row : document.seats) out.seats += row.count.value_or(1);
    std::set<std::string> marks;
    for (const auto& row : document.rules) {
        if (document.bodies.empty()) out.names.push_back(in_words(row.name, language));
        if (const std::string mark(name_of(row.mark)); marks.insert(mark).second)
            out.marks.push_back(mark);
    }
    return out;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
}

int list_presets(const fs::path& folder, const preset_options& options, const terminal& on) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<preset_line> lines;
    for (const fs::path& file : files) {
        const auto line = describe_preset(file, options.language);
        if (!line) return on.fail(line.error());
        lines.push_back(*line);
    }
    if (on.json) on.out << to_json(lines) << '\n';
    for (const preset_line& line : lines)
        on.say(fmt::format("{:<28} {} ({}){}", line.id, joined(line.names), joined(line.marks),
                           line.seats > 0 ? fmt::format(", {} seats", line.seats) : ""));
    on.say(
        "\nread: the source was opened; memory: not opened; config: not established, no vote "
        "opens under it.\n`veche charter preset NAME` prints one to paste at the end of a "
        "charter.");
    return done;
}

}  // namespace

int print_preset(const preset_options& options, const terminal& on) {
    const fs::path folder = find_shared("unions/presets");
    if (folder.empty()) return on.fail("The folder unions/presets is not found.");
    if (options.name.empty()) return list_presets(folder, options, on);
    const fs::path file = folder / (options.name + ".toml");
    const bool plain = options.name.find_first_of("/\\") == std::string::npos;
    if (!plain || !fs::exists(file))
        return on.fail(
            "There is no preset called " + options.name + "; veche charter preset lists them.",
            wrong_usage);
    const auto bytes = read_file(file);
    if (!bytes) return on.fail(bytes.error().sentence());
    on.out << *bytes;
    return done;
}

}  // namespace veche::cli
