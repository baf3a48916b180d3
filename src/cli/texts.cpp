#include "cli/texts.hpp"

#include "charter/refusal.hpp"
#include "cli/files.hpp"

namespace veche::cli {

result<std::optional<render::catalogue>> texts_of(const std::string& language) {
    const auto file = find_shared("web/catalogues/" + language + ".toml");
    if (file.empty() && language == "en") return std::nullopt;
    if (file.empty()) return refuse(charter::refusals::language_unknown, "lang", language);
    return VECHE_TRY(render::catalogue::load(file));
}

}  // namespace veche::cli
