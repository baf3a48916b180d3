// Eight wards of the council election in Glasgow, 2007, as another program counted them: every
// stage, every vote, every state. The ballots lie outside the repository.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "elections/election_file.hpp"
#include "elections/tests/shared.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::elections;
using namespace veche::elections::testing;

namespace {

std::filesystem::path wards() {
    const char* folder = std::getenv("VECHE_SHARED");
    const std::filesystem::path base = folder != nullptr ? folder : source_dir() + "/../shared";
    return base / "data/assembly/stv-glasgow-2007";
}

std::string contents(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
}

/// The last line of each round of a dump: quota, non-transferable, then name, state and vote of
/// every candidate.
std::map<int, texts> last_of_rounds(const std::string& dump) {
    std::map<int, texts> rounds;
    std::istringstream lines(dump);
    for (std::string line; std::getline(lines, line);) {
        texts cells;
        std::istringstream split(line);
        for (std::string cell; std::getline(split, cell, '\t');) cells.push_back(cell);
        if (cells.size() < 7 || cells[0].find_first_not_of("0123456789") != std::string::npos)
            continue;
        rounds[std::stoi(cells[0])] = cells;
    }
    return rounds;
}

void compare(const certificate& made, const std::map<int, texts>& rounds) {
    REQUIRE(made.stages.size() == rounds.size());
    for (const auto& [round, cells] : rounds) {
        CAPTURE(round);
        const stage& s = made.stages.at(static_cast<std::size_t>(round));
        CHECK(votes_text(*made.quota) == cells[2]);
        CHECK(votes_text(s.non_transferable) == cells[3]);
        REQUIRE(cells.size() == 4 + 3 * s.rows.size());
        for (std::size_t n = 0; n < s.rows.size(); ++n) {
            CAPTURE(cells[4 + 3 * n]);
            CHECK(votes_text(s.rows[n].votes) == cells[6 + 3 * n]);
            const std::string& state = cells[5 + 3 * n];
            const bool elected = state == "e" || state == "E";
            CHECK((s.rows[n].stands == standing::elected) == elected);
            // Once all places are filled, the reference calls those who are left defeated too.
            const bool over = &s == &made.stages.back();
            if (s.rows[n].stands == standing::excluded || !over)
                CHECK((s.rows[n].stands == standing::excluded) == (state == "D"));
        }
    }
}

}  // namespace

TEST_CASE("the wards of Glasgow agree with published counts at every stage") {
    if (!std::filesystem::exists(wards())) {
        MESSAGE("skipped: the shared ballots of Glasgow are not here");
        return;
    }
    std::size_t seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(wards())) {
        if (entry.path().extension() != ".blt") continue;
        const std::string ward = entry.path().stem().string();
        CAPTURE(ward);
        const auto file = read_file_text(contents(entry.path()));
        REQUIRE_MESSAGE(file.has_value(), file.error().sentence());
        const auto made = counted(contest_of(*file));
        compare(made,
                last_of_rounds(contents(wards() / (ward + "-scotland-fixed-p5-d5.dump.txt"))));
        ++seen;
    }
    CHECK(seen == 8);
}
