#pragma once
// The texts of the pages, one file per language: web/catalogues/LANG.toml, keys by dotted path,
// patterns in ICU's MessageFormat ("{n, plural, one {# vote} other {# votes}}"). Keys made of
// codes: "refusal.<code>", "rule.<code>", "choice.<enum>.<value>".

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kernel/refusal_record.hpp"
#include "render/locale.hpp"

namespace veche::render {

/// What fills a named place of a text: a number chooses plural forms.
struct text_argument {
    std::string_view name;
    std::variant<std::int64_t, std::string> value;
};

/// One text, its pattern parsed once.
struct message {
    std::string pattern;
    std::vector<std::string> places;  ///< names of its places, sorted
    std::uint64_t serial = 0;         ///< own number of each message, for per-thread formatters
};

class catalogue {
  public:
    /// Reads one language's file. Refuses with the key whose pattern is broken.
    static result<catalogue> load(const std::filesystem::path& file);
    static result<catalogue> from_text(std::string_view language, std::string_view toml);

    [[nodiscard]] const std::string& language() const { return language_; }
    [[nodiscard]] const render::locale& locale() const { return locale_; }
    [[nodiscard]] const message* find(std::string_view key) const;
    [[nodiscard]] const std::map<std::string, message, std::less<>>& texts() const {
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
    catalogue(std::string language, std::map<std::string, message, std::less<>> texts);
    std::string language_;
    render::locale locale_;
    std::map<std::string, message, std::less<>> texts_;
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
