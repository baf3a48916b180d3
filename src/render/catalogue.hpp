#pragma once
// The texts of the pages, one file per language: web/catalogues/LANG.toml, keys by dotted path,
// patterns in ICU's MessageFormat (render/pattern.hpp). Keys made of
// codes: "refusal.<code>", "rule.<code>", "choice.<enum>.<value>".

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/refusal_record.hpp"
#include "render/locale.hpp"
#include "render/pattern.hpp"

namespace veche::render {

class catalogue {
  public:
    /// Reads one language's file. Refuses with the key whose pattern is broken.
    static result<catalogue> load(const std::filesystem::path& file);
    static result<catalogue> from_text(std::string_view language, std::string_view toml);

    [[nodiscard]] const std::string& language() const { return language_; }
    [[nodiscard]] const render::locale& locale() const { return locale_; }
    [[nodiscard]] const pattern* find(std::string_view key) const;
    /// The text as it is written, for whoever fills places by their numbers (charter::say).
    [[nodiscard]] std::optional<std::string> written(std::string_view key) const;
    [[nodiscard]] const std::map<std::string, pattern, std::less<>>& texts() const {
        return texts_;
    }

    /// The text with its places filled; the key itself where the catalogue lacks it.
    [[nodiscard]] std::string text(std::string_view key,
                                   const std::vector<text_argument>& arguments = {}) const;
    /// The sentence of a refusal in this language; its English sentence where there is none.
    [[nodiscard]] std::string sentence(const refusal&) const;
    /// The same of a refusal that was recorded; its code where the catalogue has no sentence.
    [[nodiscard]] std::string sentence(const refusal_record&) const;

  private:
    catalogue(std::string language, std::map<std::string, pattern, std::less<>> texts);
    std::string language_;
    render::locale locale_;
    std::map<std::string, pattern, std::less<>> texts_;
};

/// All languages of a site, in the order in which the language switch shows them.
class catalogues {
  public:
    /// Reads the named languages. Refuses where one lacks a key or a place that another has.
    static result<catalogues> load(const std::filesystem::path& folder,
                                   const std::vector<std::string>& languages);
    static result<catalogues> from(std::vector<catalogue> all);
    [[nodiscard]] const std::vector<catalogue>& all() const { return all_; }
    [[nodiscard]] const catalogue* find(std::string_view language) const;

  private:
    std::vector<catalogue> all_;
};

/// Where two languages differ: keys that one lacks, places that only one has. Empty when they
/// agree.
std::vector<std::string> differences(const catalogue& a, const catalogue& b);

}  // namespace veche::render
