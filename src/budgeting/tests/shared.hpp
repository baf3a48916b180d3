#pragma once
// What the tests of this room take alike.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "budgeting/equal_shares.hpp"
#include "budgeting/pb_file.hpp"
#include "source_dir.hpp"

namespace veche::budgeting::testing {

/// Where the shared elections lie; they may not be at hand.
inline std::filesystem::path allocation_folder() {
    const char* folder = std::getenv("VECHE_SHARED");
    const std::filesystem::path base = folder != nullptr ? folder : source_dir() + "/../shared";
    return base / "data/allocation";
}

inline std::string text_in(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// An election of approval ballots; projects are named a, b, c ...
inline election approvals(std::int64_t budget, const std::vector<std::int64_t>& costs,
                          const std::vector<std::vector<std::uint32_t>>& ballots) {
    election e;
    e.budget = budget;
    for (const std::int64_t cost : costs)
        e.projects.push_back({std::string(1, static_cast<char>('a' + e.projects.size())), cost});
    for (const auto& one : ballots) {
        std::vector<mark> ballot;
        for (const std::uint32_t c : one) ballot.push_back({c, 1});
        e.add(ballot);
    }
    e.group();
    return e;
}

/// Ids of projects, one behind another, parted by blanks.
inline std::string ids(const election& e, const std::vector<std::uint32_t>& of) {
    std::string out;
    for (const std::uint32_t c : of) out += (out.empty() ? "" : " ") + e.projects[c].id;
    return out;
}

/// A small file with every trap of the form.
inline std::string small_pb() {
    return "\xEF\xBB\xBFMETA\r\nkey;value\r\ndescription;\"Parks; \"\"and\"\" paths\"\r\n"
           "num_projects;3\r\nnum_votes;5\r\nbudget;1000.50\r\nvote_type;approval\r\n"
           "rule;greedy\r\nmax_length;2\r\n"
           "PROJECTS\r\nproject_id;cost;votes;name;selected;latitude;longitude\r\n"
           "p1;400.00;3;\"Trees; 12\";1;53.9;27.56\r\np2;600;2;Paths;0;;\r\n"
           "p3;250,25;9;Benches;2;;\r\n"
           "VOTES\r\nvoter_id;vote;age\r\n1;p1,p2;30\r\n2;p1;41\r\n3;p3,p1;\r\n4;p2;50\r\n5;;\r\n";
}

}  // namespace veche::budgeting::testing
