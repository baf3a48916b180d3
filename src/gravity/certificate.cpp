#include "gravity/certificate.hpp"

#include <fmt/format.h>

namespace veche::gravity {
namespace {

/// Tabs and ends of lines part the file; in a name they become blanks.
std::string name_in_file(std::string name) {
    for (char& c : name)
        if (c == '\t' || c == '\n' || c == '\r') c = ' ';
    return name;
}

void write_stage(const model& m, const separation_stage& stage, std::string& out) {
    out += fmt::format("stage\t{}\n", name_of(stage.why));
    for (std::size_t j = 0; j < stage.g.size(); ++j)
        if (stage.g[j] != 0)
            out += fmt::format(
                "g\t{}\t{}\n",
                j < m.regressors.size() ? name_in_file(m.regressors[j].name) : "(constant)",
                stage.g[j]);
    for (std::size_t q = 0; q < stage.a.size(); ++q)
        for (std::size_t l = 0; l < stage.a[q].size(); ++l)
            if (stage.a[q][l] != 0)
                out += fmt::format("a\t{}\t{}\t{}\n", name_in_file(m.effects[q].name),
                                   name_in_file(m.effects[q].name_of(static_cast<std::int32_t>(l))),
                                   stage.a[q][l]);
    for (const std::uint32_t row : stage.rows) out += fmt::format("row\t{}\n", row + 1);
}

}  // namespace

std::string write_certificate(const model& m, const sample& s) {
    std::string out = fmt::format("veche separation\t1\noutcome\t{}\nrows\t{}\n",
                                  name_in_file(m.outcome_name), m.outcome.size());
    for (std::size_t i = 0; i < s.of_row.size(); ++i)
        if (s.of_row[i] == fate::missing || s.of_row[i] == fate::weightless)
            out += fmt::format("without\t{}\n", i + 1);
    for (const separation_stage& stage : s.stages) write_stage(m, stage, out);
    return out + "end\n";
}

}  // namespace veche::gravity
