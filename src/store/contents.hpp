#pragma once
// Papers and other long contents, kept by the SHA-256 of their bytes: the journal names them by
// that hash, the bytes lie beside it in FOLDER/xx/HASH, where xx is how the hash begins, or in rows
// that several nodes share.

#include <filesystem>
#include <string>
#include <string_view>

#include "store/rows.hpp"

namespace veche::store {

/// Keeps the bytes and answers their SHA-256 in hex. Durable on return; keeping the same bytes
/// again changes nothing. Refuses with store.disk_full or store.read_only.
result<std::string> keep_content(const std::filesystem::path& folder, std::string_view bytes);

/// The bytes of that hash (64 hex digits). Refuses with store.content_missing, and with
/// store.content_differs where the file no longer hashes to its name.
result<std::string> read_content(const std::filesystem::path& folder, std::string_view sha256_hex);

/// The same for whoever need not know where they lie. Thread-safe.
class contents {
  public:
    virtual ~contents() = default;
    virtual result<std::string> keep(std::string_view bytes) = 0;
    [[nodiscard]] virtual result<std::string> read(std::string_view sha256_hex) const = 0;
    /// Hashes of all, in their order.
    [[nodiscard]] virtual result<std::vector<std::string>> all() const = 0;
};

class folder_contents final : public contents {
  public:
    explicit folder_contents(std::filesystem::path folder) : folder_(std::move(folder)) {}
    result<std::string> keep(std::string_view bytes) override;
    [[nodiscard]] result<std::string> read(std::string_view sha256_hex) const override;
    [[nodiscard]] result<std::vector<std::string>> all() const override;

  private:
    const std::filesystem::path folder_;
};

class row_contents final : public contents {
  public:
    /// Over rows in which `prepare` made the table.
    explicit row_contents(std::shared_ptr<row_base> in) : in_(std::move(in)) {}
    static result<void> prepare(row_base&);
    result<std::string> keep(std::string_view bytes) override;
    [[nodiscard]] result<std::string> read(std::string_view sha256_hex) const override;
    [[nodiscard]] result<std::vector<std::string>> all() const override;

  private:
    std::shared_ptr<row_base> in_;
};

}  // namespace veche::store
