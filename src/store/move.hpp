#pragma once
// A union moved from a folder to a server, or back.

#include <filesystem>

#include "store/inspection.hpp"
#include "store/rows.hpp"

namespace veche::store {

/// Copies all entries, with what belongs to them, into an empty store. `progress` is told how many
/// there are by now.
result<void> copy_journal(journal_tables& from, journal::store& to,
                          const std::function<void(std::uint64_t)>& progress = {});

struct moved_journal {
    std::uint64_t entries = 0;
    hash256 root{};
    std::string from, to;
};

/// Copies the rows that the server and its accounts keep (api/) from one place to another.
using copy_rows = std::function<result<void>(row_base& accounts, row_base& follows,
                                             row_base& to_accounts, row_base& to_follows)>;

/// Moves the union in this folder: to a PostgreSQL server (its URL), or into the folder
/// ("sqlite"): the journal, what was signed last, sealed texts, papers, and what `rest` copies.
/// Everything is copied, opened anew and compared; only then does the folder name the other place,
/// and the one it left can be written no more. Refuses, with nothing moved, where there is a
/// journal already, or somebody appended meanwhile (store.overtaken). `progress` is told how many
/// entries are copied, of how many.
result<moved_journal> move_union(
    const std::filesystem::path& folder, const std::string& to, const copy_rows& rest,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

}  // namespace veche::store
