#pragma once
// Elections in files, without any union: the BLT format that counting programs share, and a JSON
// form (docs/format/elections.md describes both).

#include <string_view>

#include "elections/elections.hpp"

namespace veche::elections {

struct file_candidate {
    std::string id;
    std::string name;
};
VECHE_FIELDS(file_candidate, (id, "Id of the candidate."), (name, "Name."))

/// What a file says it must come out as. `votes`: for each stage the votes of every candidate in
/// their order, as "12.50000".
struct expectation {
    std::vector<std::string> elected;
    std::vector<std::string> runoff;
    std::vector<std::vector<std::string>> votes;
};
VECHE_FIELDS(expectation, (elected, "Who is elected, in order."), (runoff, "Who meets again."),
             (votes, "Votes of every candidate after each stage."))

struct election_file {
    std::string title;
    method how{};
    std::optional<needed> needs;
    std::int32_t posts = 1;
    std::optional<std::int64_t> electors;
    std::vector<file_candidate> candidates;
    std::vector<paper> papers;
    std::optional<std::string> seed;
    std::optional<expectation> expect;
};
VECHE_FIELDS(election_file, (title, "What is elected."), (how, "The method."),
             (needs, "What it takes to be elected; the most votes where nothing is said."),
             (posts, "Posts to fill."), (electors, "How many may vote."),
             (candidates, "The candidates."), (papers, "The papers."), (seed, "Seed for lots."),
             (expect, "What must come out."))

/// Either form: JSON where the text begins with a brace. Refuses what is neither, naming the line.
result<election_file> read_file_text(std::string_view text);
contest contest_of(const election_file&);
/// What differs from the expectation, in words; empty where nothing does.
std::string missed(const expectation&, const certificate&);

}  // namespace veche::elections
