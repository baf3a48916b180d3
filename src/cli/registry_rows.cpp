#include "cli/registry_rows.hpp"

#include "charter/refusal.hpp"
#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "registry/refusal.hpp"

namespace veche::cli {

result<registry_reading> read_record_files(const std::vector<std::string>& files,
                                           const std::filesystem::path& folder,
                                           const body_id& body) {
    registry_reading out;
    for (const std::string& named : files) {
        const std::size_t equals = named.find('=');
        if (equals == std::string::npos) return refuse(refusals::record_file_unnamed, {}, named);
        const std::string file = named.substr(equals + 1);
        const std::string csv = VECHE_TRY(read_file(folder / file));
        out.files.push_back(file);
        auto read = registry::read_csv_rows(csv, named.substr(0, equals), {{"body", body.value}});
        for (registry::csv_problem& one : read.problems)
            out.problems.push_back({file, one.line, std::move(one.column), std::move(one.why)});
        for (const std::int64_t line : read.lines) out.places.emplace_back(file, line);
        out.rows.insert(out.rows.end(), std::make_move_iterator(read.rows.begin()),
                        std::make_move_iterator(read.rows.end()));
    }
    return out;
}

std::vector<batch_command> commands_of(const registry::batch_id& batch, const body_id& body,
                                       const std::vector<registry::batch_row>& rows) {
    constexpr std::size_t max_bytes = 56 * 1024;  // a request of 64 KiB with what goes around it
    std::vector<batch_command> out;
    std::int32_t number = 0;
    for (auto& part : registry::parts_of(rows, max_bytes))
        out.push_back({registry::stage_rows::wire.type,
                       to_json(registry::stage_rows{batch, body, ++number, std::move(part)})});
    const registry::accept_batch all{batch, static_cast<std::int64_t>(rows.size())};
    out.push_back({registry::accept_batch::wire.type, to_json(all)});
    return out;
}

std::string sentence_of(const refusal_record& why) {
    const auto in = [&](const auto& kinds) -> const refusal_kind* {
        for (const refusal_kind* kind : kinds)
            if (kind->code == why.code) return kind;
        return nullptr;
    };
    const refusal_kind* kind = in(registry::refusals::all);
    if (!kind) kind = in(charter::refusals::all);
    if (!kind) kind = in(json::refusals::all);
    return kind ? fill_places(kind->sentence, why.args) : why.code;
}

std::vector<located_problem> locate(const registry_reading& of,
                                    const std::vector<registry::row_problem>& problems) {
    std::vector<located_problem> out;
    for (const registry::row_problem& one : problems) {
        const auto at = static_cast<std::size_t>(one.row - 1);
        out.push_back({of.places[at].first, of.places[at].second,
                       registry::column_of(of.rows[at], one.why.field), one.why});
    }
    return out;
}

}  // namespace veche::cli
