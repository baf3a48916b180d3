#pragma once
// Trade statistics of any known form into one list of flows, with every trap that was met said.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "kernel/remark.hpp"
#include "tables/read_text.hpp"
#include "trade/areas.hpp"
#include "trade/flow_list.hpp"
#include "trade/mapping.hpp"

namespace veche::trade {

/// What is done with rows that say a second value of the same flow.
enum class repeated_rule : std::uint8_t { refuse, add };
VECHE_CHOICES(repeated_rule, refuse, add)

struct import_options {
    tables::text_options text;
    std::optional<column_mapping> mapping;  ///< over what the form says
    std::string classification;             ///< where the data name none: "HS17"
    std::int64_t product_digits = 0;  ///< keep codes of so many digits; 0: there must be one level
    repeated_rule repeated = repeated_rule::refuse;
    std::optional<area_list> areas;           ///< names of the codes of territories
    std::vector<std::string> areas_left_out;  ///< codes, as they come out
    bool unknown_areas_dropped = false;  ///< leave out what the list lacks, instead of refusing
};

/// A property of the data that spoils figures made without knowing it.
struct trap_note {
    std::string trap;      ///< a word for programs: "world_rows"
    std::string sentence;  ///< what was met and what was done about it
    std::int64_t rows = 0;
    std::vector<std::string> examples;
    remark said;  ///< the sentence as vocabulary
};
VECHE_FIELDS(trap_note, (trap, "Which."), (sentence, "What was met, and done."),
             (rows, "How many rows it concerns."), (examples, "Some codes or rows."))

struct imported {
    data_form form{};
    std::optional<flow_list> flows;  ///< nothing where rows are unsound
    flow_list world;                 ///< rows with the whole world as partner, kept apart
    std::vector<trap_note> traps;
    std::vector<std::string> silent;  ///< partners that report nothing: their trade is missing
    std::vector<tables::row_fault> faults;
    std::uint64_t fault_count = 0;
    std::int64_t rows_in = 0, rows_kept = 0;
};

result<imported> import_flows(std::string_view bytes, import_options options);
/// JSON where the file begins with a brace, else text with a separator.
result<imported> import_file(const std::filesystem::path& file, import_options options);

}  // namespace veche::trade
