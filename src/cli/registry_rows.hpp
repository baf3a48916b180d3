#pragma once
// Files of records as commands of one batch, for `veche registry import` and for scenarios.

#include <algorithm>
#include <filesystem>

#include "cli/taking_over.hpp"
#include "registry/csv_rows.hpp"

namespace veche::cli {

struct registry_reading {
    std::vector<registry::batch_row> rows;
    std::vector<std::pair<std::string, std::int64_t>> places;  ///< file and line of each row
    std::vector<located_problem> problems;
    std::vector<std::string> files;  ///< in the order in which they were read

    [[nodiscard]] std::size_t number_of(const std::string& file) const {
        return static_cast<std::size_t>(std::find(files.begin(), files.end(), file) -
                                        files.begin());
    }
};

/// Reads files named as "place=places.csv", in that order, from a folder. Refuses a file that
/// cannot be opened and a name without a kind; what is wrong inside is listed.
result<registry_reading> read_record_files(const std::vector<std::string>& files,
                                           const std::filesystem::path& folder,
                                           const body_id& body);

struct batch_command {
    std::string_view type;
    std::string body;  ///< canonical JSON
};

/// The parts of the batch, and its acceptance at the end.
std::vector<batch_command> commands_of(const registry::batch_id&, const body_id&,
                                       const std::vector<registry::batch_row>&);

/// The English sentence of a problem.
std::string sentence_of(const refusal_record&);

/// Problems of rows as problems of the files they came from.
std::vector<located_problem> locate(const registry_reading&,
                                    const std::vector<registry::row_problem>&);

/// What would mend the problem: where something is not known, what is called nearly so, in the
/// register as far as that can be seen and in the rows themselves.
std::string remedy_of(const refusal_record&, const registry_reading&, const registry::state*);
/// Puts words and remedies to all of them.
void explain(std::vector<located_problem>&, const registry_reading&, const registry::state*);

}  // namespace veche::cli
