#pragma once
// The memory of a witness: one small SQLite file, synced at every cosignature. It must never be
// restored from a copy, as a guard must not.

#include <filesystem>
#include <mutex>

#include "journal/witness.hpp"
#include "store/sqlite/database.hpp"

namespace veche::store {

class sqlite_witness : public journal::witness_record {
  public:
    static result<void> create(const std::filesystem::path& file);
    static result<std::unique_ptr<sqlite_witness>> open(const std::filesystem::path& file);

    /// Makes a log known, or gives a known one other keys and another address; what was cosigned of
    /// it stays.
    result<void> add_log(const std::string& origin, const std::vector<journal::verifier_key>& keys,
                         const std::string& url);

    [[nodiscard]] result<std::optional<journal::witnessed_log>> find(
        std::string_view origin) const override;
    [[nodiscard]] result<std::vector<journal::witnessed_log>> all() const override;
    result<bool> advance(const journal::witnessed_log& from,
                         const journal::witnessed_log& to) override;
    result<void> keep(const journal::witness_evidence& what) override;
    [[nodiscard]] result<std::vector<journal::witness_evidence>> evidence() const override;

  private:
    explicit sqlite_witness(database file) : file_(std::move(file)) {}
    [[nodiscard]] result<journal::witnessed_log> row(const statement& s) const;

    mutable database file_;
    mutable std::mutex mutex_;
};

}  // namespace veche::store
