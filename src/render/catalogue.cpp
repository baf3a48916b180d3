#include "render/catalogue.hpp"

#include <algorithm>
#include <memory>

#include <toml++/toml.h>

#include "render/refusal.hpp"

namespace veche::render {
namespace {

using text_table = std::map<std::string, pattern, std::less<>>;

result<void> gather(const std::string& language, const toml::table& from, const std::string& path,
                    text_table& into) {
    for (const auto& [name, node] : from) {
        const std::string key = path + std::string(name.str());
        if (const auto* inner = node.as_table()) {
            VECHE_CHECK(gather(language, *inner, key + ".", into));
        } else if (const auto* text = node.as_string()) {
            auto read = pattern::read(text->get());
            if (!read)
                return refuse(refusals::catalogue_broken, key, language,
                              "the text " + key + " is no message pattern (" + read.error() + ")");
            into.emplace(key, *std::move(read));
        } else {
            return refuse(refusals::catalogue_broken, key, language, key + " is not a text");
        }
    }
    return {};
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

const pattern* catalogue::find(std::string_view key) const {
    const auto found = texts_.find(key);
    return found == texts_.end() ? nullptr : &found->second;
}

std::optional<std::string> catalogue::written(std::string_view key) const {
    const pattern* found = find(key);
    if (found == nullptr) return std::nullopt;
    return found->source();
}

std::string catalogue::text(std::string_view key,
                            const std::vector<text_argument>& arguments) const {
    const pattern* found = find(key);
    return found == nullptr ? std::string(key) : found->fill(locale_, arguments);
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
        const pattern* other = b.find(key);
        if (other == nullptr)
            found.push_back(b.language() + " lacks " + key);
        else if (other->places() != text.places())
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
