#pragma once
// Scenarios: the life of a union as a file of commands with moments, played through the real path
// of commands with the clock set to each moment. The form is described at the head of
// unions/demo/year.play.

#include <optional>
#include <string>
#include <vector>

#include "kernel/fields.hpp"

namespace veche::cli {

/// One line of a scenario as written.
struct scenario_line {
    std::string as;
    std::optional<std::string> at;
    std::optional<std::string> auth;
    json::raw_json body;
    std::optional<std::string> choose;
    std::optional<std::string> each;
    std::optional<std::string> file;
    std::optional<std::string> opens;
    std::optional<std::string> refused;
    std::optional<std::string> reporter;
    std::vector<std::string> rows;
    std::optional<std::string> seal;
    std::optional<bool> sign;
    std::string type;
};
VECHE_FIELDS(
    scenario_line, (as, "The person who acts."), (at, "When: an offset from the day of playing."),
    (auth, "Office or seat under whose authority."), (body, "The command."),
    (choose, "The option of a secret ballot, meant by \"@ballot\"."),
    (each, "Numbers as in \"1-24\": the line stands for one for each, with it in place of #."),
    (file, "A paper beside the scenario, meant by \"@file\"."),
    (opens, "A closed paper as session and paper, meant by \"@sealed\", \"@salt\" and \"@text\"."),
    (refused, "The code with which the command must be refused."),
    (reporter,
     "Who reports a barrier: \"@reporter\" is the key of their secret link, \"@signature\" signs."),
    (rows,
     "Files of records beside the scenario, as \"place=places.csv\", or one file of preventive "
     "measures: the line lays them ready in parts and accepts them."),
    (seal, "A file beside the scenario that is sealed, meant by \"@seal\"."),
    (sign, "Whether to sign with the actor's demonstration key."), (type, "Type of the command."))

/// A line that names somebody without a mandate who may log in to the example.
struct scenario_login {
    std::string account;
    std::string title;
};
VECHE_FIELDS(scenario_login, (account, "The person, whose id is the login name."),
             (title, "Who that is, for the list of logins."))

struct scenario_step {
    std::size_t line = 0;  ///< number in the file, from 1
    std::string nth;       ///< "-3" of a line that stands for several, "" otherwise
    instant at;
    scenario_line what;
};

/// Reads a scenario for the day on which it is played. Refuses a damaged line, a moment that goes
/// back, and one that is later than `now`; the field names the line ("line 12").
result<std::vector<scenario_step>> read_scenario(std::string_view text, instant now);
/// The same for another day than that of `now`.
result<std::vector<scenario_step>> read_scenario(std::string_view text, date day, instant now);

/// The logins that a scenario names beside those who hold mandates, in its order. Refuses a damaged
/// line.
result<std::vector<scenario_login>> read_scenario_logins(std::string_view text);

/// What "@key" and "@file" stand for in a body; canonical JSON.
struct scenario_places {
    date day;          ///< of playing
    std::string key;   ///< a JSON string
    std::string file;  ///< a JSON object, "" where the line has no file
    std::map<std::string, std::string> sealed =
        {};  ///< JSON for "@seal", "@decision/..." and so on
    std::map<std::string, std::string> secret = {};  ///< JSON for "@ballot", "@part" and so on
};

/// The body with its places filled; canonical. Refuses a place that means nothing.
result<std::string> fill_scenario_body(const std::string& body, const scenario_places& places);

/// Seed of the demonstration key of an actor: anyone can make it, so it protects nothing.
std::string demonstration_seed(std::string_view actor);

}  // namespace veche::cli
