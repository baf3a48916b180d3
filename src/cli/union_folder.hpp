#pragma once
// The files of a union, opened together under one lock. docs/operations.md lists them.

#include <filesystem>
#include <memory>

#include "api/account_store.hpp"
#include "charter/charter.hpp"
#include "journal/publisher.hpp"
#include "office/office.hpp"

namespace veche::cli {

class union_folder {
  public:
    /// Makes the folder's files for a new union; refuses a folder that holds one. The founding
    /// entry is the caller's.
    static result<void> create(const std::filesystem::path& folder, const std::string& origin);
    /// Opens a union's folder for writing. Refuses where it is none, where another program has it
    /// open, and where its journal does not hold.
    static result<std::unique_ptr<union_folder>> open(const std::filesystem::path& folder,
                                                      office::options with);
    ~union_folder();
    union_folder(const union_folder&) = delete;
    union_folder& operator=(const union_folder&) = delete;

    [[nodiscard]] office::office& office();
    [[nodiscard]] journal::store& store();
    [[nodiscard]] journal::publisher& publisher();

    static std::filesystem::path accounts_file(const std::filesystem::path& folder) {
        return folder / "accounts.sqlite";
    }
    static std::filesystem::path papers_folder(const std::filesystem::path& folder) {
        return folder / "papers";
    }
    static bool is_one(const std::filesystem::path& folder);

  private:
    struct parts;
    explicit union_folder(std::unique_ptr<parts> of);
    std::unique_ptr<parts> parts_;
};

}  // namespace veche::cli
