#pragma once
// A union in a folder, with its office open: the files under one lock, the journal folded.

#include <filesystem>
#include <memory>

#include "api/sealed_desk.hpp"
#include "office/office.hpp"
#include "store/folder.hpp"

namespace veche::cli {

class union_folder {
  public:
    /// Refuses where there is no union, where another program has it open, and where its journal
    /// does not hold.
    static result<std::unique_ptr<union_folder>> open(const std::filesystem::path& folder,
                                                      office::options with);
    union_folder(const union_folder&) = delete;
    union_folder& operator=(const union_folder&) = delete;

    [[nodiscard]] office::office& office() { return *office_; }
    [[nodiscard]] journal::store& store() { return *files_.journal; }
    [[nodiscard]] journal::publisher& publisher() { return *files_.publisher; }

    /// Whether it is a copy for looking.
    [[nodiscard]] bool is_copy() const { return files_.copy.has_value(); }

    [[nodiscard]] api::sealed_desk& sealed() { return *sealed_; }

    static std::filesystem::path accounts_file(const std::filesystem::path& folder) {
        return folder / "accounts.sqlite";
    }
    static std::filesystem::path follows_file(const std::filesystem::path& folder) {
        return folder / "follows.sqlite";
    }
    static std::filesystem::path papers_folder(const std::filesystem::path& folder) {
        return folder / "papers";
    }
    static bool is_one(const std::filesystem::path& folder) { return store::is_union(folder); }

  private:
    explicit union_folder(store::union_folder files) : files_(std::move(files)) {}

    store::union_folder files_;
    std::unique_ptr<office::office> office_;    // uses the files, so it goes before them
    std::unique_ptr<api::sealed_desk> sealed_;  // follows the office, so it goes first
};

}  // namespace veche::cli
