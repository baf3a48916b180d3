#pragma once
// A union's journal moved from one database to another.

#include <filesystem>

#include "store/inspection.hpp"

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

/// Moves the journal of the union in this folder: to a PostgreSQL server (its URL), or into the
/// folder ("sqlite"). Everything is copied, opened anew and compared; only then does the folder
/// name the other place, and the one it left can be written no more. Refuses, with nothing moved,
/// where there is a journal already, or somebody appended meanwhile (store.overtaken).
/// `progress` is told how many entries are copied, of how many.
result<moved_journal> move_journal(
    const std::filesystem::path& folder, const std::string& to,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

}  // namespace veche::store
