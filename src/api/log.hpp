#pragma once
// The program's log: one line per fact, "time level what key=value ...". No personal data and no
// secrets: persons appear by their journal id, clients not at all, bodies and passwords never.

#include <initializer_list>
#include <string>
#include <string_view>

namespace veche::log {

enum class level { debug, info, warning, error };

struct field {
    std::string_view name;
    std::string value;
};

/// Sets the lowest level written; lines go to stderr. The default is `error`.
void set_level(level lowest);

/// Lines for people, or one JSON object a line: {"time","level","fact", and the fields}.
enum class format { text, json };
void set_format(format);

/// `what` is a fact in snake_case, such as "authority_refused". Values with spaces are quoted and
/// control characters escaped, so that no input can forge a line.
void write(level, std::string_view what, std::initializer_list<field> fields = {});

/// What stands of a fact in a line of JSON, without the braces. For tests.
std::string to_members(std::string_view what, std::initializer_list<field> fields);

/// A value as it stands in a line. For tests.
std::string to_value(std::string_view text);

}  // namespace veche::log
