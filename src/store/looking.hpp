#pragma once
// A copy of a union for looking: the journal cut at an entry. It takes no commands and signs
// nothing, so that it cannot become a second history by accident.

#include <filesystem>
#include <optional>

#include "journal/store.hpp"
#include "kernel/fields.hpp"

namespace veche::store {

/// What the file `copy.json` in its folder says.
struct looking_copy {
    instant at;           ///< time of the last entry: the copy's clock stands there
    std::int64_t of = 0;  ///< entries of the journal from which it was cut
    std::string origin;
    std::int64_t size = 0;  ///< entries
    std::string vkey;
};
VECHE_FIELDS(looking_copy, (at, "Time of its last entry."),
             (of, "Entries of the journal that it was cut from."), (origin, "The journal's name."),
             (size, "Its entries."), (vkey, "Verifier key of the journal."))

inline std::filesystem::path looking_file(const std::filesystem::path& folder) {
    return folder / "copy.json";
}
/// Nothing where the folder is no copy for looking.
result<std::optional<looking_copy>> looking_copy_in(const std::filesystem::path& folder);

/// Reads like the store inside; refuses to write (store.looking_copy).
std::unique_ptr<journal::store> closed_to_writing(std::unique_ptr<journal::store> inside);

/// Refuses whoever wants to sign (store.looking_copy).
class closed_guard final : public journal::guard {
  public:
    explicit closed_guard(std::uint64_t size) : size_(size) {}
    [[nodiscard]] result<journal::stored_checkpoint> last() const override;
    result<void> advance(std::uint64_t expected, const journal::stored_checkpoint& to) override;

  private:
    std::uint64_t size_;
};

}  // namespace veche::store
