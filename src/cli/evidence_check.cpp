#include "cli/evidence_check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "findings/findings.hpp"
#include "kernel/hash.hpp"

namespace veche::cli {
namespace {

/// How one finding came out again.
enum class finding_fate : std::uint8_t { same, differs, not_computed, no_data };
VECHE_CHOICES(finding_fate, same, differs, not_computed, no_data)

struct finding_line {
    std::string finding;
    finding_fate fate{};
    std::vector<findings::comparison> figures;
    std::optional<std::string> why;
};
VECHE_FIELDS_HERE(finding_line, (finding, "The finding."), (fate, "How it came out."),
                  (figures, "Figure by figure."), (why, "Why it was not computed."))

result<findings::request> request_of(const evidence::state& s, const evidence::finding& one,
                                     const fetch_bytes& fetch) {
    findings::request out;
    out.specified = one.what.specified;
    for (const evidence::dataset_use& use : one.what.specified.data) {
        const evidence::register_dataset& set = s.datasets.find(use.dataset)->what;
        findings::source from{use.role,        set.layout, set.dataset.value,
                              set.file.sha256, set.unit,   {}};
        from.bytes = VECHE_TRY(fetch(set.file.sha256));
        out.data.push_back(std::move(from));
    }
    return out;
}

finding_line line_of(const evidence::state& s, const evidence::finding& one,
                     const fetch_bytes& fetch) {
    finding_line line{one.what.finding.value, finding_fate::no_data, {}, {}};
    auto from = request_of(s, one, fetch);
    if (!from) {
        line.why = from.error().sentence();
        return line;
    }
    const auto made = findings::compute(std::move(*from));
    if (!made) {
        line.fate = finding_fate::not_computed;
        line.why = made.error().sentence();
        return line;
    }
    line.figures = findings::compare(one.what.figures, made->figures);
    const bool same = std::all_of(line.figures.begin(), line.figures.end(),
                                  [](const auto& f) { return f.how == findings::agreement::same; });
    line.fate = same ? finding_fate::same : finding_fate::differs;
    return line;
}

void show(const finding_line& line, const terminal& on) {
    constexpr std::string_view words[] = {"came out again", "DIFFERS", "CANNOT BE COMPUTED",
                                          "data not here"};
    on.say(fmt::format("  {:<24} {}", line.finding, words[static_cast<std::size_t>(line.fate)]));
    if (line.why) on.say("    " + *line.why);
    for (const findings::comparison& f : line.figures)
        if (f.how != findings::agreement::same)
            on.say(fmt::format("    {}: published {}, found {}", f.name, f.published,
                               f.found.empty() ? "none" : f.found));
}

}  // namespace

int check_evidence(const evidence::state& s, const fetch_bytes& fetch, const terminal& on) {
    std::vector<finding_line> lines;
    for (const auto& [id, one] : s.findings)
        if (one.stands()) lines.push_back(line_of(s, one, fetch));
    const auto count = [&](finding_fate fate) {
        return std::count_if(lines.begin(), lines.end(),
                             [&](const finding_line& l) { return l.fate == fate; });
    };
    if (on.json) on.out << to_json(lines) << '\n';
    on.say(fmt::format("  evidence    {} of {} findings came out again", count(finding_fate::same),
                       lines.size()));
    for (const finding_line& line : lines) show(line, on);
    return count(finding_fate::differs) + count(finding_fate::not_computed) == 0 ? done : refused;
}

}  // namespace veche::cli
