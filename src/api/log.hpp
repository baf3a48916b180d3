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

/// `what` is a fact in snake_case, such as "authority_refused". Values with spaces are quoted and
/// control characters escaped, so that no input can forge a line.
void write(level, std::string_view what, std::initializer_list<field> fields = {});

/// A value as it stands in a line. For tests.
std::string to_value(std::string_view text);

}  // namespace veche::log
