#pragma once
// Markets in files, without any union (docs/format/matching.md): two CSV files, or one in the form
// of the Roth-Peranson suite.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.hpp"
#include "matching/market.hpp"

namespace veche::matching {

/// A choice that is on a list and that the programme did not rank.
struct unranked_choice {
    std::uint32_t applicant = 0;
    std::uint32_t number = 0;  ///< on the applicant's list, from 1
    std::uint32_t programme = 0;
};

/// A programme that cannot be run, and why.
struct broken_programme {
    std::uint32_t programme = 0;
    refusal why;
};

/// A market with the names of everybody in it. Of a list only the choices stand in the market that
/// the programme ranked; the others are in `unranked`, by applicant and number.
struct market_file {
    market of;
    std::vector<std::string> applicants;
    std::vector<std::string> programmes;
    std::vector<std::string> types;  ///< of reserved seats, in the order of their columns
    std::vector<std::vector<std::uint32_t>> reserved;  ///< of each programme: seats by type
    /// How many columns of types stand before the column of open seats; nothing where there is
    /// none.
    std::optional<std::uint32_t> open_column;
    std::vector<std::uint32_t> applicant_types;  ///< type t is bit t
    std::vector<unranked_choice> unranked;
    /// Of each programme, scores in billionths, the highest first: rank r is the score number r.
    /// Empty where the file gives ranks.
    std::vector<std::vector<std::int64_t>> scores;
    std::vector<broken_programme> broken;
    /// Of each programme how many it needs at least; empty where the file says nothing of it.
    std::vector<std::uint32_t> minimums;
    /// Programmes in the order in which they have a turn where minimums bind: by the column turn,
    /// without it as the file gives them.
    std::vector<std::uint32_t> turns;
};

/// `programmes`: programme, capacity, then one column for each type with its reserved seats, and
/// perhaps one called open, one called minimum and one called turn. `applications`: applicant,
/// programme, choice, rank or score, then the types. Comma, semicolon or tab, a mark of the byte
/// order, decimal commas: as spreadsheets write them. Rows in any order; applicants come out by the
/// bytes of their ids, programmes in file order.
result<market_file> read_market_csv(std::string_view programmes, std::string_view applications);

/// "r id p...", "p id capacity r...", "#" begins a comment. Applicants and programmes in file
/// order; ranks count from 0.
result<market_file> read_market_rp(std::string_view text);

/// "r id programme" for each, -1 where not placed, after a line "m 1".
std::string to_rp(const market_file&, const assignment&);
/// applicant,programme,choice: empty where not placed.
std::string to_csv(const market_file&, const assignment&);
/// Number of the choice on the applicant's whole list, from 1, of an index into the choices.
std::uint32_t number_of_choice(const market_file&, std::uint32_t applicant, std::uint32_t index);
/// A score in billionths as a decimal number.
std::string score_text(std::int64_t billionths);

}  // namespace veche::matching
