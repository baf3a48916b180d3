#include "cli/finding.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/files.hpp"
#include "cli/refusal.hpp"
#include "cli/texts.hpp"
#include "findings/findings.hpp"
#include "kernel/hash.hpp"
#include "render/remarks.hpp"

namespace veche::cli {
namespace {

/// "name=rest" in two; refuses what has no name.
result<std::pair<std::string, std::string>> halves(const std::string& text, const char* option) {
    const std::size_t at = text.find('=');
    if (at == 0 || at == std::string::npos)
        return refuse(refusals::pair_malformed, option, option, text);
    return std::pair{text.substr(0, at), text.substr(at + 1)};
}

result<std::string> said_for(const std::vector<std::string>& all, const char* option,
                             const std::string& role, const std::string& otherwise) {
    for (const std::string& one : all) {
        const auto [name, rest] = VECHE_TRY(halves(one, option));
        if (name == role) return rest;
    }
    return otherwise;
}

result<evidence::dataset_layout> layout_of(const std::string& word) {
    using evidence::dataset_layout;
    std::string names;
    for (int i = 0; i <= static_cast<int>(dataset_layout::other); ++i) {
        const auto one = static_cast<dataset_layout>(i);
        if (name_of(one) == word) return one;
        names += (names.empty() ? "" : ", ") + std::string(name_of(one));
    }
    return refuse(refusals::layout_unknown, "--layout", word, names);
}

result<findings::request> request_from(const finding_options& options) {
    findings::request out;
    out.specified.method = options.method;
    for (const std::string& one : options.data) {
        const auto [role, file] = VECHE_TRY(halves(one, "--data"));
        findings::source from;
        from.role = role;
        from.layout =
            VECHE_TRY(layout_of(VECHE_TRY(said_for(options.layouts, "--layout", role, "table"))));
        from.unit = VECHE_TRY(said_for(options.units, "--unit", role, "1"));
        from.name = file;
        from.bytes = VECHE_TRY(read_file(file));
        from.sha256 = to_hex(sha256(from.bytes));
        out.specified.data.push_back({role, {role}});
        out.data.push_back(std::move(from));
    }
    for (const std::string& one : options.with) {
        auto [name, value] = VECHE_TRY(halves(one, "--with"));
        out.specified.parameters.push_back({std::move(name), std::move(value)});
    }
    return out;
}

void show(const findings::computed& made, const std::optional<render::catalogue>& texts,
          const terminal& on) {
    on.say(made.specified.method);
    for (const evidence::figure& one : made.figures) {
        std::string line = fmt::format("  {:<18} {:>16} {}", one.name, one.value, one.unit);
        if (one.low && one.high) line += fmt::format("  ({} to {})", *one.low, *one.high);
        on.say(line);
    }
    for (const remark& one : made.notes)
        on.say("  " + (texts ? render::sentence(*texts, one) : findings::english_of(one)));
    for (const std::string& one : made.remarks) on.say("  " + one);
    for (const findings::used_data& one : made.data)
        on.say(fmt::format("  {} {}", one.role, one.sha256));
}

/// The refusal in the words of the catalogue.
int fail_in(const refusal& why, const std::optional<render::catalogue>& texts, const terminal& on) {
    api::problem_details details = to_details(why);
    if (texts) details.detail = texts->sentence(why);
    return on.fail(details);
}

}  // namespace

int finding_methods(const finding_methods_options& options, const terminal& on) {
    for (const findings::method_info& one : findings::methods()) {
        if (one.superseded && !options.all) continue;
        on.say(fmt::format("{}  {}", one.name, one.meaning));
        for (const findings::role_info& role : one.roles)
            on.say(fmt::format("  data {:<12} {}", role.role, role.meaning));
        for (const findings::parameter_info& p : one.parameters)
            on.say(fmt::format("  {:<17} {}{}", p.name, p.meaning,
                               p.preset.empty() ? "" : fmt::format(" [{}]", p.preset)));
    }
    return done;
}

int compute_finding(const finding_options& options, const terminal& on) {
    // A word of the other languages; English is in the program.
    result<std::optional<render::catalogue>> texts{std::nullopt};
    if (options.lang != "en") texts = texts_of(options.lang);
    if (!texts) return on.fail(texts.error());
    auto from = request_from(options);
    if (!from) return on.fail(from.error());
    const auto made = findings::compute(std::move(*from));
    if (!made) return fail_in(made.error(), *texts, on);
    const std::string text = to_json(*made);
    if (!options.result.empty())
        if (const auto kept = write_new_file(options.result, text, false); !kept)
            return on.fail(kept.error());
    if (on.json)
        on.out << text << '\n';
    else
        show(*made, *texts, on);
    return done;
}

}  // namespace veche::cli
