#pragma once
// A result as it is published: with the input it is all that a check needs.

#include "matching/minimums.hpp"
#include "matching/rules.hpp"

namespace veche::matching {

/// Seats of one kind at a programme.
struct seats_row {
    std::string type;  ///< "" where open to everybody
    std::int64_t seats = 0;
    std::int64_t admitted = 0;
    std::optional<std::int64_t> last_rank;
    bool operator==(const seats_row&) const = default;
};
VECHE_FIELDS(seats_row, (type, "For whom they are; empty: for everybody."),
             (seats, "How many there are."), (admitted, "How many are taken."),
             (last_rank, "The last rank admitted to them."))

struct programme_row {
    std::string programme;
    std::int64_t seats = 0;
    std::int64_t admitted = 0;
    std::optional<std::int64_t> cutoff_rank;
    std::optional<std::string> cutoff_score;
    std::optional<std::string> cutoff_lot;
    std::optional<std::int64_t> refused_from;
    bool by_lot = false;
    std::vector<seats_row> kinds;
    std::vector<std::int64_t> price;
    std::optional<std::int64_t> minimum;
    std::optional<std::int64_t> given;
    bool operator==(const programme_row&) const = default;
};
VECHE_FIELDS(programme_row, (programme, "The programme."), (seats, "Its seats."),
             (admitted, "How many are admitted."),
             (cutoff_rank, "Rank of the last admitted, where somebody could be refused."),
             (cutoff_score, "Score of the last admitted."),
             (cutoff_lot, "Lot of the last admitted among equals, in hexadecimal digits."),
             (refused_from, "Ranks from here on are refused; with lots, beyond the last lot."),
             (by_lot, "Whether other lots would have admitted others."),
             (kinds, "Its seats by kind, in the order in which they are filled."),
             (price, "Its price, where the least cost is sought: counts compared in turn."),
             (minimum, "How many it needs at least."),
             (given, "Of its seats those that are given: none where it does not run."))

struct place_row {
    std::string applicant;
    std::optional<std::string> programme;
    std::optional<std::int64_t> choice;
    std::optional<std::int64_t> seat;
    std::vector<std::int64_t> price;
    bool operator==(const place_row&) const = default;
};
VECHE_FIELDS(place_row, (applicant, "The applicant."), (programme, "Where they are placed."),
             (choice, "Which choice of their list that is, from 1."),
             (seat, "Which of the programme's kinds of seats, from 1."),
             (price, "Their price, where the least cost is sought: counts compared in turn."))

struct fault_row {
    std::string programme;
    std::string code;
    std::string why;
    bool operator==(const fault_row&) const = default;
};
VECHE_FIELDS(fault_row, (programme, "The programme that cannot be run."), (code, "Kind of fault."),
             (why, "What is wrong and what to do."))

struct set_aside_rows {
    std::vector<fault_row> faults;
    std::vector<std::string> programmes;
    std::vector<std::string> applicants;
    bool operator==(const set_aside_rows&) const = default;
};
VECHE_FIELDS(set_aside_rows, (faults, "What is wrong."),
             (programmes, "Programmes that hang on it, themselves included."),
             (applicants, "Applicants who hang on it."))

/// A step of the proof of a matching with minimums.
struct minimum_step_row {
    minimum_move move{};
    std::string programme;
    std::optional<std::int64_t> shown;
    std::optional<std::string> other;
    bool operator==(const minimum_step_row&) const = default;
};
VECHE_FIELDS(minimum_step_row,
             (move, "What is supposed, what is contradicted, or that a seat is withheld."),
             (programme, "Of which programme."),
             (shown, "By which of the matchings shown, from 1."),
             (other, "The programme that would lack its minimum."))

/// Lists of numbers by programme, in the order of the certificate's programmes.
struct shown_row {
    std::vector<std::int64_t> seats;
    std::vector<std::int64_t> refused_from;
    bool operator==(const shown_row&) const = default;
};
VECHE_FIELDS(shown_row, (seats, "Seats of each programme."),
             (refused_from,
              "Places in its order of applicants from which on it refuses; -1: none."))

struct minimum_rows {
    minimum_proof proof{};
    std::vector<minimum_step_row> steps;
    std::vector<shown_row> shown;
    bool operator==(const minimum_rows&) const = default;
};
VECHE_FIELDS(minimum_rows,
             (proof, "Whether a matching was found, and if not, whether there is one."),
             (steps, "The proof, step by step."), (shown, "Matchings that the steps speak of."))

struct match_certificate {
    match_rules rules;
    std::vector<programme_row> programmes;
    std::vector<place_row> places;
    std::optional<bool> lots_needed;
    std::optional<set_aside_rows> set_aside;
    std::optional<minimum_rows> minimums;
    bool operator==(const match_certificate&) const = default;
};
VECHE_FIELDS(match_certificate, (rules, "The rules applied."),
             (programmes, "Every programme that ran, in the order of the file."),
             (places, "Every applicant who took part."),
             (lots_needed,
              "Whether lots could have led to two outcomes; only where lots part equals."),
             (set_aside, "What could not be run and what hangs on it."),
             (minimums, "The proof, where programmes have minimums."))

}  // namespace veche::matching
