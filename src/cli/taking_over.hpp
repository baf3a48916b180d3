#pragma once
// What all verbs share that take a file over into a union, all of its rows or none: the state
// against which it is tried out, and the list of what is to be mended.

#include <functional>
#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "cli/verbs.hpp"
#include "kernel/refusal_record.hpp"
#include "office/state.hpp"

namespace veche::cli {

/// A problem with the file it is in.
struct located_problem {
    std::string file;
    std::int64_t line = 0;
    std::string column;
    refusal_record why;
    std::string said;    ///< the same in words
    std::string remedy;  ///< what would mend it, where the words do not say so themselves
};
VECHE_FIELDS(located_problem, (file, "The file."), (line, "Line of the file, from 1."),
             (column, "Column, by its heading."), (why, "Why it cannot be recorded."),
             (said, "The same in words."), (remedy, "What would mend it."))

/// Shows the state of a union's folder, or that of a server or any mirror of its journal, which is
/// recomputed here from its public entries. Nothing is written and nobody is asked.
result<void> try_on_state(const union_options& where,
                          const std::function<void(const office::union_state&)>& judge);

/// In which whoever is named there would act now.
context acting_at(const union_options& where, const office::union_state& now);

/// "orders.csv:4, column level: ...", one a line.
void list_problems(const std::vector<located_problem>&, const terminal& on);

/// "one thing is to mend", "3 things are to mend"
std::string to_mend(std::size_t problems);

}  // namespace veche::cli
