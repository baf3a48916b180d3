#pragma once
// What the command line says and how: text for people, JSON for programs, a bar for patience.

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "api/messages.hpp"
#include "kernel/result.hpp"

namespace veche::cli {

/// Exit codes; part of the interface.
enum exit_code : int {
    done = 0,         ///< it was done; what was checked holds
    refused = 1,      ///< the union said no, or what was checked does not hold
    wrong_usage = 2,  ///< the command line is wrong
    unusable = 3,     ///< a file, a folder or a server cannot be used
};

/// Where a verb writes. `out` carries results only, so that it can be piped; all else goes to
/// `err`.
struct terminal {
    std::ostream& out;
    std::ostream& err;
    bool json = false;      ///< --json: one JSON value on `out`, problems as JSON on `err`
    bool animated = false;  ///< `err` is a terminal: a progress bar makes sense

    /// A line for a person; nothing under --json.
    void say(std::string_view line) const;
    /// The problem, on `err`; the exit code that goes with it.
    int fail(const api::problem_details& problem) const;
    int fail(const refusal& r) const;
    /// A failure of the world around: `code` is unusable or wrong_usage.
    int fail(std::string_view sentence, exit_code code = unusable) const;
};

/// A refusal as problem details, as the API would answer it.
api::problem_details to_details(const refusal& r);

/// Canonical JSON as indented text for a person: "name: value", lists with dashes. Other text comes
/// back as it is.
std::string to_outline(std::string_view json);

/// A bar on `err`, from the second second on.
class progress_bar {
  public:
    progress_bar(const terminal& on, std::string label);
    ~progress_bar();
    progress_bar(const progress_bar&) = delete;
    progress_bar& operator=(const progress_bar&) = delete;

    void show(std::uint64_t done, std::uint64_t total);

  private:
    using clock = std::chrono::steady_clock;
    const terminal& on_;
    const std::string label_;
    const clock::time_point began_ = clock::now();
    clock::time_point shown_ = began_;
    bool visible_ = false;
};

}  // namespace veche::cli
