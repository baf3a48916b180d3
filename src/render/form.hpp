#pragma once
// Forms from descriptions: one field for each field of a command, and back from what a browser
// sends to the command's canonical JSON. Names of inputs are the dotted paths of json_from_pairs.
// What a person enters is in the person's terms (local time, roubles with kopecks) and converted
// here.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "render/template.hpp"

namespace veche::render {

using form_pairs = std::vector<std::pair<std::string, std::string>>;

struct form_option {
    std::string value;
    std::string label;
};

/// What a form needs to know of the world, answered by the pages.
class form_source {
  public:
    virtual ~form_source() = default;
    /// Things to choose from at this field; nothing where one types.
    [[nodiscard]] virtual std::optional<std::vector<form_option>> options(
        std::string_view path, const field_info& field) const = 0;
    /// For a list whose order counts: how many one may name, the most wanted first; 0 for others.
    [[nodiscard]] virtual std::size_t ranked(std::string_view path, const field_info& field) const;
    /// The command that a raw field holds, by the name entered beside it ("type"); null for none.
    [[nodiscard]] virtual const type_info* command(std::string_view type) const = 0;
    /// Languages in which texts may be entered, with their own names.
    [[nodiscard]] virtual std::vector<form_option> languages() const = 0;
};

/// One thing to mend: the field and what to do, for a person.
struct form_fault {
    std::string path;
    std::string label;
    std::string sentence;
};

struct form_state {
    form_pairs values;               ///< as entered
    std::vector<form_fault> faults;  ///< shown at their fields
    std::vector<std::string> fixed;  ///< fields that the page has settled: hidden inputs
    /// Fields that the wire lets out and this command needs all the same.
    std::vector<std::string> needed = {};
    /// Fields of the command that came with values and may still be changed: they are folded behind
    /// all others, open where something in them is to be mended.
    std::vector<std::string> filled = {};
};

/// The fields of a command's form.
markup form_fields(const type_info& type, const form_state& state, const form_source& source,
                   const surroundings& around);

/// What was read of a form: canonical JSON of the command, or everything that is to be mended.
struct form_reading {
    std::string json;
    std::vector<form_fault> faults;
};
form_reading read_form(const type_info& type, const form_pairs& sent, const form_source& source,
                       const surroundings& around);

/// Whether the struct refers to content by hash, size and media type; such fields are filled by an
/// uploaded file, whose input has the path of the struct.
bool is_file_like(const type_info& type);
/// Whether the file goes sealed beside the journal.
bool is_sealed_file(const type_info& type);
bool is_of_file(std::string_view field);
/// Whether the struct is a point of the map, in millionths of a degree.
bool is_map_place(const type_info& type);

/// The label of a field: text "field.<struct>.<name>", else "field.<name>", else the name itself.
std::string field_label(std::string_view owner, std::string_view name, const surroundings& around);
/// The id of the input for a path, as error links need it.
std::string input_id(std::string_view path);
/// The first value of a name, "" where absent.
std::string_view form_value(const form_pairs& pairs, std::string_view name);

/// "2026-11-24T13:46" of the zone as an instant; the wire form passes; nothing where malformed.
std::optional<instant> local_instant(std::string_view text, const surroundings& around);
/// "1 000 000,50" with a scale of 2 as 100000050; nothing where malformed or too large.
std::optional<std::int64_t> minor_units(std::string_view text, std::int32_t scale);

}  // namespace veche::render
