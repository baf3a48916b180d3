#pragma once
// The command line: reads it, calls the verb, returns the exit code.

#include <iosfwd>
#include <string>
#include <vector>

namespace veche::cli {

/// `arguments` without the program's name. Help goes to `out`, complaints to `err`.
int run(std::vector<std::string> arguments, std::ostream& out, std::ostream& err, bool animated);

}  // namespace veche::cli
