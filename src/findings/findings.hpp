#pragma once
// What a specification says, computed: data and parameters in, figures and tables out. The same
// specification over the same bytes gives the same figures wherever and whenever it is run.
//
// A method is a row of `methods()`: its name with its version, the data it wants, its parameters,
// and a function. A method that comes to compute something else gets a new version; the old one
// stays, because findings on journals name it.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/terms.hpp"
#include "kernel/progress.hpp"
#include "kernel/remark.hpp"

namespace veche::findings {

/// What computes here, as findings name it.
inline constexpr std::string_view program = "veche 0.1.0";

/// One data set in its part.
struct source {
    std::string role;
    evidence::dataset_layout layout{};
    std::string name;    ///< of the data set, for faults
    std::string sha256;  ///< of its bytes
    std::string unit;    ///< of its values
    std::string bytes;
};

struct request {
    evidence::specification specified;
    std::vector<source> data;
    progress_port progress;  ///< may be empty
};

/// A table of the result: numbers in twelve significant digits, words as they are.
struct result_table {
    std::string name;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};
VECHE_FIELDS(result_table, (name, "What it holds."), (columns, "Names of its columns."),
             (rows, "Its rows, as text."))

/// A table of the result as a picture: one bar for each row.
struct picture {
    std::string table;
    std::string label;  ///< column that names the bars
    std::string value;  ///< column of their values
    std::string unit;
};
VECHE_FIELDS(picture, (table, "The table."), (label, "Column that names the bars."),
             (value, "Column of their values."), (unit, "Unit of the values."))

struct used_data {
    std::string role;
    std::string sha256;
};
VECHE_FIELDS(used_data, (role, "Its part."), (sha256, "SHA-256 of the bytes."))

/// The whole result, as the file beside a finding holds it.
struct computed {
    evidence::specification specified;  ///< parameters left out are filled in
    std::vector<used_data> data;
    std::vector<evidence::figure> figures;  ///< without labels
    std::vector<result_table> tables;
    std::vector<picture> pictures;
    /// On the sample and on what the figures mean, for readers of any language.
    std::vector<remark> notes;
    /// The same as English sentences: what methods gave before they had notes.
    std::vector<std::string> remarks;
};
VECHE_FIELDS(computed, (specified, "What was computed, every parameter filled in."),
             (data, "The bytes that were read."), (figures, "The figures."),
             (tables, "Tables of the result."), (pictures, "How tables are drawn."),
             (notes, "On the sample and the method, by code."),
             (remarks, "The same in English, by methods that have no codes."))

struct parameter_info {
    std::string_view name;
    std::string_view meaning;
    std::string_view preset;  ///< "" where it has to be said
};

struct role_info {
    std::string_view role;
    std::string_view meaning;
};

struct method_info {
    std::string_view name;  ///< "partner-share/1"
    std::string_view meaning;
    std::span<const role_info> roles;
    std::span<const parameter_info> parameters;
    result<computed> (*compute)(const request&);  ///< roles and parameters are those of its row
    /// A newer version stands beside it, and is what is offered; this one is computed where a
    /// finding names it, and says its remarks in English.
    bool superseded = false;
};

/// All methods, by name.
std::span<const method_info> methods();
const method_info* find_method(std::string_view name);

/// Computes what is specified. Refuses unknown methods, roles and parameters, what has to be said
/// and is not, data that a method cannot read, and what has no answer (a year without rows).
result<computed> compute(request);

/// The remark in English; its code where no room has one.
std::string english_of(const remark&);

/// A bar of a picture: its label, its value with two decimals, and the same in hundredths.
struct picture_bar {
    std::string label;
    std::string value;
    std::int64_t hundredths = 0;
};

/// The bars of a picture. Refuses one that names no table or column of the result, and values that
/// are no numbers: results come from files, and whoever published them may have changed them.
result<std::vector<picture_bar>> bars_of(const computed&, const picture&);

/// How a published figure came out again.
enum class agreement : std::uint8_t { same, differs, absent };
VECHE_CHOICES(agreement, same, differs, absent)

struct comparison {
    std::string name;
    std::string published;  ///< value, or "low .. high" of an interval
    std::string found;
    agreement how{};
};
VECHE_FIELDS(comparison, (name, "The figure."), (published, "As it was published."),
             (found, "As it came out."), (how, "Whether they agree."))

/// Every published value and end of an interval against what came out: the same if it differs by
/// at most one unit of the last published digit.
std::vector<comparison> compare(std::span<const evidence::figure> published,
                                std::span<const evidence::figure> found);

}  // namespace veche::findings
