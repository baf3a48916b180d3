#pragma once
// What a backup is taken from: a union in a folder or on a server, read beside the programs that
// write to it. No lock is taken, and nothing is changed.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "store/contents.hpp"
#include "store/inspection.hpp"
#include "store/key_history.hpp"
#include "store/move.hpp"

namespace veche::upkeep {

class backup_source {
  public:
    virtual ~backup_source() = default;
    backup_source(const backup_source&) = delete;
    backup_source& operator=(const backup_source&) = delete;

    std::string origin;
    std::string vkey;
    store::key_history keys;                ///< how the log's key changed
    journal::head head;                     ///< of the moment at which it was opened
    std::optional<std::string> checkpoint;  ///< the newest one of that moment

    /// Calls with each entry of [from, to), hashed and compared with its leaf.
    result<void> read(std::uint64_t from, std::uint64_t to,
                      const std::function<result<void>(std::string_view)>& take);
    /// No entry is asked for any more: what follows is of later moments.
    void leave_journal() { tables_.reset(); }

    virtual result<std::shared_ptr<store::contents>> papers() = 0;

    /// A SQLite file with what only its keeper may read.
    struct secret_file {
        std::string name;  ///< accounts, follows or sealed
        std::filesystem::path file;
        bool made = false;  ///< here, for whoever asked, who removes it
    };
    /// The folder's own files, or such as are made in `aside` out of the server's rows, each as of
    /// one moment. Without login sessions where they are made.
    virtual result<std::vector<secret_file>> secrets(const std::filesystem::path& aside) = 0;

  protected:
    backup_source() = default;
    std::unique_ptr<store::journal_tables> tables_;
};

/// Of a union's folder, or the address of its server. `rows` copies what the server keeps of
/// accounts and follows. There must be a union (store::is_union).
result<std::unique_ptr<backup_source>> open_source(const std::filesystem::path& where,
                                                   const store::copy_rows& rows);

}  // namespace veche::upkeep
