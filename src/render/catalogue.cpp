#include "render/catalogue.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>

#include <toml++/toml.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>
#include <unicode/unistr.h>

#include "render/refusal.hpp"

namespace veche::render {
namespace {

using text_table = std::map<std::string, message, std::less<>>;

icu::UnicodeString wide(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::uint64_t next_serial() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

/// The pattern with the names of its places; an ICU complaint where it does not parse.
result<message> read_pattern(const std::string& language, const std::string& key,
                             const std::string& pattern) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    const icu::MessagePattern parsed(wide(pattern), &where, status);
    if (U_FAILURE(status))
        return refuse(refusals::catalogue_broken, key, language,
                      "the text " + key + " is no message pattern (" + u_errorName(status) + ")");
    std::set<std::string> places;
    for (std::int32_t i = 0; i < parsed.countParts(); ++i) {
        const auto& part = parsed.getPart(i);
        if (part.getType() != UMSGPAT_PART_TYPE_ARG_NAME &&
            part.getType() != UMSGPAT_PART_TYPE_ARG_NUMBER)
            continue;
        std::string name;
        parsed.getSubstring(part).toUTF8String(name);
        places.insert(name);
    }
    return message{pattern, {places.begin(), places.end()}, next_serial()};
}

result<void> gather(const std::string& language, const toml::table& from, const std::string& path,
                    text_table& into) {
    for (const auto& [name, node] : from) {
        const std::string key = path + std::string(name.str());
        if (const auto* inner = node.as_table()) {
            VECHE_CHECK(gather(language, *inner, key + ".", into));
        } else if (const auto* text = node.as_string()) {
            message pattern = VECHE_TRY(read_pattern(language, key, text->get()));
            into.emplace(key, std::move(pattern));
        } else {
            return refuse(refusals::catalogue_broken, key, language, key + " is not a text");
        }
    }
    return {};
}

/// ICU fills its formatters' caches while formatting, so each thread keeps its own.
const icu::MessageFormat& formatter(const message& from, const std::string& language) {
    thread_local std::unordered_map<std::uint64_t, std::unique_ptr<icu::MessageFormat>> known;
    auto& slot = known[from.serial];
    if (!slot) {
        UErrorCode status = U_ZERO_ERROR;
        slot = std::make_unique<icu::MessageFormat>(
            wide(from.pattern), icu::Locale::createFromName(language.c_str()), status);
    }
    return *slot;
}

/// A text into which nothing but words are put, as most are: filled here. Nothing where it asks for
/// more, a plural or a number, which ICU knows how to write; a formatter of ICU takes some 20 kB.
std::optional<std::string> with_words(const std::string& pattern,
                                      const std::vector<text_argument>& arguments) {
    if (pattern.find('\'') != std::string::npos) return std::nullopt;
    std::string out;
    for (std::size_t at = 0;;) {
        const std::size_t open = pattern.find('{', at);
        out.append(pattern, at, open - at);
        if (open == std::string::npos) return out;
        const std::size_t close = pattern.find('}', open);
        const auto name = std::string_view(pattern).substr(open + 1, close - open - 1);
        const auto place = std::find_if(arguments.begin(), arguments.end(),
                                        [&](const auto& one) { return one.name == name; });
        const auto* words =
            place == arguments.end() ? nullptr : std::get_if<std::string>(&place->value);
        if (words == nullptr) return std::nullopt;
        out += *words;
        at = close + 1;
    }
}

icu::Formattable formattable(const text_argument& argument) {
    if (const auto* number = std::get_if<std::int64_t>(&argument.value))
        return icu::Formattable(static_cast<std::int64_t>(*number));
    return icu::Formattable(wide(std::get<std::string>(argument.value)));
}

}  // namespace

catalogue::catalogue(std::string language, text_table texts)
    : language_(std::move(language)), locale_(language_), texts_(std::move(texts)) {}

result<catalogue> catalogue::from_text(std::string_view language, std::string_view text) {
    const std::string tag(language);
    text_table texts;
    try {
        const toml::table parsed = toml::parse(text);
        VECHE_CHECK(gather(tag, parsed, "", texts));
    } catch (const toml::parse_error& broken) {
        return refuse(refusals::catalogue_broken, "", tag,
                      std::string(broken.description()) + ", line " +
                          std::to_string(broken.source().begin.line));
    }
    return catalogue(tag, std::move(texts));
}

result<catalogue> catalogue::load(const std::filesystem::path& file) {
    const std::string tag = file.stem().string();
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    if (failed) return refuse(refusals::folder_unreadable, "", file.string());
    std::string bytes(size, '\0');
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"),
                                                       &std::fclose);
    if (!in || std::fread(bytes.data(), 1, bytes.size(), in.get()) != bytes.size())
        return refuse(refusals::folder_unreadable, "", file.string());
    return from_text(tag, bytes);
}

const message* catalogue::find(std::string_view key) const {
    const auto found = texts_.find(key);
    return found == texts_.end() ? nullptr : &found->second;
}

std::string catalogue::text(std::string_view key,
                            const std::vector<text_argument>& arguments) const {
    const message* found = find(key);
    if (found == nullptr) return std::string(key);
    if (found->places.empty() && found->pattern.find('\'') == std::string::npos)
        return found->pattern;
    if (auto filled = with_words(found->pattern, arguments)) return *std::move(filled);
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const text_argument& argument : arguments) {
        names.push_back(wide(argument.name));
        values.push_back(formattable(argument));
    }
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString out;
    formatter(*found, language_)
        .format(names.data(), values.data(), static_cast<std::int32_t>(values.size()), out, status);
    std::string text;
    out.toUTF8String(text);
    return text;
}

std::string catalogue::sentence(const refusal& why) const {
    if (find("refusal." + std::string(why.code())) == nullptr) return why.sentence();
    return sentence(record_of(why));
}

std::string catalogue::sentence(const refusal_record& why) const {
    const std::string key = "refusal." + why.code;
    if (find(key) == nullptr) return why.code;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < why.args.size(); ++i) names.push_back(std::to_string(i));
    std::vector<text_argument> arguments;
    for (std::size_t i = 0; i < why.args.size(); ++i) arguments.push_back({names[i], why.args[i]});
    return text(key, arguments);
}

std::vector<std::string> differences(const catalogue& a, const catalogue& b) {
    std::vector<std::string> found;
    for (const auto& [key, text] : a.texts()) {
        const message* other = b.find(key);
        if (other == nullptr)
            found.push_back(b.language() + " lacks " + key);
        else if (other->places != text.places)
            found.push_back(key + " has other places in " + b.language() + " than in " +
                            a.language());
    }
    for (const auto& [key, text] : b.texts())
        if (a.find(key) == nullptr) found.push_back(a.language() + " lacks " + key);
    return found;
}

result<catalogues> catalogues::from(std::vector<catalogue> all) {
    for (std::size_t i = 1; i < all.size(); ++i)
        if (const auto found = differences(all.front(), all[i]); !found.empty())
            return refuse(refusals::catalogue_broken, "", all[i].language(), found.front());
    catalogues made;
    made.all_ = std::move(all);
    return made;
}

result<catalogues> catalogues::load(const std::filesystem::path& folder,
                                    const std::vector<std::string>& languages) {
    std::vector<catalogue> all;
    for (const std::string& tag : languages)
        all.push_back(VECHE_TRY(catalogue::load(folder / (tag + ".toml"))));
    return from(std::move(all));
}

const catalogue* catalogues::find(std::string_view language) const {
    const auto found = std::find_if(
        all_.begin(), all_.end(), [&](const catalogue& one) { return one.language() == language; });
    return found == all_.end() ? nullptr : &*found;
}

}  // namespace veche::render
