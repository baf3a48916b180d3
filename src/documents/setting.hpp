#pragma once
// What a document is made in: a language with its texts, the names of the charter, a time zone, the
// address of the site and the state of the journal. Nothing here is read from a clock, so that the
// same journal gives the same bytes.

#include "documents/document.hpp"
#include "render/filters.hpp"

namespace veche::documents {

struct setting {
    render::surroundings around;
    localized union_name;
    std::string site;  ///< "https://veche.example", no slash at the end
    record_stamp stamp;

    [[nodiscard]] const std::string& lang() const { return around.texts->language(); }
    /// A text of the catalogue, "document." put before the key.
    [[nodiscard]] std::string word(std::string_view key,
                                   const std::vector<render::text_argument>& with = {}) const;
    /// Any text of the catalogue; the key where there is none.
    [[nodiscard]] std::string text(std::string_view key,
                                   const std::vector<render::text_argument>& with = {}) const;
    [[nodiscard]] std::string name(const localized&) const;
    [[nodiscard]] std::string moment(instant at) const;
    /// A choice by its name in the catalogue.
    template <class Enum>
    [[nodiscard]] std::string choice(Enum value) const {
        const type_info& type = describe<Enum>();
        return text("choice." + std::string(type.name) + "." + text_of(type, &value));
    }
    /// "https://veche.example/ru/minutes/s-1"
    [[nodiscard]] std::string address(std::string_view rest) const;
};

/// A document with everything but its blocks.
document begin_document(const setting&, std::string_view path, std::string kicker,
                        std::string title);
/// The last section: from which entries it was made, and how to check that. Sorts `entries`.
void end_document(const setting&, document&);

block heading(std::string text);
block subheading(std::string text);
block text_block(std::string text);
block points_block(std::vector<std::string> points);
/// Facts without those whose text is empty.
block facts_block(std::vector<labelled> facts);
/// A table; every row must have as many cells as there are columns.
block table_block(std::string caption, std::vector<column> columns,
                  const std::vector<std::vector<std::string>>& rows);

}  // namespace veche::documents
