#pragma once
// Rows in a SQLite file of their own.

#include <filesystem>
#include <map>
#include <mutex>

#include "store/rows.hpp"
#include "store/sqlite/database.hpp"

namespace veche::store {

/// How a file is written. `alone`: by one program; `beside`: another may write too; `secret`:
/// alone, and what is freed is overwritten.
enum class row_file : std::uint8_t { alone, beside, secret };

class sqlite_rows final : public row_base {
  public:
    /// Opens the file, or makes it, readable by its owner alone.
    static result<std::unique_ptr<sqlite_rows>> open(const std::filesystem::path& file, row_file);

    result<found_rows> run(std::string_view sql, const values& with = {}) override;
    result<void> together(const work&) override;
    result<void> take_form(std::int64_t known) override;
    result<void> make(std::string_view schema) override;
    [[nodiscard]] bool shared() const override { return false; }
    [[nodiscard]] std::string place() const override { return file_.path(); }
    result<void> forget_traces(const std::vector<std::string>& tables) override;

  private:
    class inside;
    sqlite_rows(database file, row_file how) : file_(std::move(file)), how_(how) {}
    result<found_rows> run_locked(std::string_view sql, const values& with);

    std::mutex mutex_;
    database file_;
    row_file how_;
    std::map<std::string, statement, std::less<>> prepared_;
};

}  // namespace veche::store
