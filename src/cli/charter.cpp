#include <algorithm>

#include <fmt/format.h>

#include "api/clock.hpp"
#include "charter/portrait.hpp"
#include "charter/refusal.hpp"
#include "charter/remarks.hpp"
#include "cli/files.hpp"
#include "cli/texts.hpp"
#include "cli/verbs.hpp"
#include "office/reactions.hpp"
#include "office/routes.hpp"
#include "render/catalogue.hpp"
#include "render/locale.hpp"

namespace veche::cli {
namespace {

struct charter_answer {
    std::string id;
    date on;
    std::vector<charter::reason_line> lines;
    std::vector<charter::remark> remarks;
};
VECHE_FIELDS_HERE(charter_answer, (id, "Id of the union."),
                  (on, "The day from which it was looked at."), (lines, "The charter in words."),
                  (remarks, "What was found, the worst first."))

/// What a decision can order, by type.
std::vector<std::string> orders() {
    std::vector<std::string> out;
    for (const auto& route : office::routes())
        if (route.command && office::may_be_ordered(route.wire.type))
            out.emplace_back(route.wire.type);
    return out;
}

class speaker {
  public:
    explicit speaker(const std::optional<render::catalogue>& texts) : texts_(texts) {}

    [[nodiscard]] std::string say(const charter::reason_line& line) const {
        return charter::say(line, [&](std::string_view key) {
            return texts_ ? texts_->written(key) : std::nullopt;
        });
    }
    /// A sentence of the program's own.
    [[nodiscard]] std::string say(std::string code, std::vector<std::string> args = {}) const {
        return say(charter::reason_line{std::move(code), std::move(args), {}, 0, false, {}});
    }

  private:
    const std::optional<render::catalogue>& texts_;
};

void put_in_words(charter_answer& answer, const speaker& in) {
    for (auto& line : answer.lines) line.words = in.say(line);
    for (auto& found : answer.remarks) {
        // The sentence of a refusal stands with the refusal: only other languages have it as a
        // text.
        const std::string own = in.say(charter::line_of(found));
        if (own != found.code) found.words = own;
    }
}

void show(const charter_answer& answer, const std::string& file, const speaker& in,
          const terminal& on) {
    for (const auto& line : answer.lines)
        on.say(std::string(static_cast<std::size_t>(line.depth) * 2, ' ') + line.words);
    if (!answer.lines.empty()) on.say("");
    std::optional<charter::severity> under;
    for (const auto& found : answer.remarks) {
        if (under != found.severity)
            on.say(in.say("check.severity." + std::string(name_of(found.severity))) + ":");
        under = found.severity;
        on.say(fmt::format("  {}:{}:{}: {}", file, found.line, found.column, found.words));
    }
}

}  // namespace

int check_charter(const charter_options& options, const terminal& on) {
    const auto bytes = read_file(options.file);
    if (!bytes) return on.fail(bytes.error().sentence());
    const auto texts = texts_of(options.language);
    if (!texts) return on.fail(texts.error().sentence(), wrong_usage);
    const auto file = charter::read_charter_text(*bytes);
    if (!file) return on.fail(file.error());
    const auto day =
        options.on.empty() ? date_of(api::wall_clock()) : parse_date(options.on).value_or(date{});
    if (!options.on.empty() && !parse_date(options.on))
        return on.fail(options.on + " is no date.", wrong_usage);
    charter_answer answer{file->document.id,
                          day,
                          {},
                          charter::remarks_on(*file, day, orders(), &render::zone::known)};
    const bool founded = charter::check(file->document).has_value();
    if (founded && !options.brief)
        answer.lines = charter::portrait(file->document, day, options.language, orders());
    const speaker in(*texts);
    put_in_words(answer, in);
    if (on.json) on.out << to_json(answer) << '\n';
    show(answer, options.file.string(), in, on);
    const auto broken = std::count_if(
        answer.remarks.begin(), answer.remarks.end(),
        [](const auto& found) { return found.severity == charter::severity::cannot_work; });
    on.say(broken == 0 ? in.say("check.sound") : in.say("check.unsound", {std::to_string(broken)}));
    return broken == 0 ? done : refused;
}

}  // namespace veche::cli
