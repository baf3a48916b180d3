#pragma once
// `veche apportion`, `veche divide` and `veche deliver`: seats, amounts and units from files,
// without any union.

#include <filesystem>
#include <optional>
#include <string>

#include "cli/terminal.hpp"

namespace veche::cli {

/// What all take alike.
struct sharing_options {
    std::filesystem::path file;
    std::string ties = "open";  ///< open, order, lottery
    std::string seed, call, programme;
    std::filesystem::path certificate;  ///< a new file to write it to
    std::filesystem::path check;        ///< a certificate to judge instead
    bool explain = false;
};

struct apportion_options {
    sharing_options how;
    std::int64_t seats = 0;
    std::string method;
    std::optional<std::int64_t> least;  ///< of those who have none of their own
    std::optional<std::int64_t> most;
};
/// Prints the seats of every group's members, or judges a certificate: exit code 1 where it does
/// not hold, or where a tie leaves seats open.
int apportion(const apportion_options&, const terminal&);

struct divide_options {
    sharing_options how;
    std::int64_t amount = 0;
    std::string rule;
};
/// The same of an amount among claims.
int divide(const divide_options&, const terminal&);

struct deliver_options {
    sharing_options how;
    std::int64_t units = 0;
    std::filesystem::path next;  ///< a new file: the regions with what is owed from now on
};
/// The same of units among regions, each of which is owed the rest in the next delivery.
int deliver(const deliver_options&, const terminal&);

}  // namespace veche::cli
