#pragma once
// JSON of other programs, with any keys and nesting, as test vectors have it.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace veche::matching {

/// One value; below the first object, as RFC 8785 writes it. What is not there or of another kind
/// reads as nothing.
class foreign_json {
  public:
    foreign_json() = default;
    /// Blanks around the value, and around the elements of a list in it, are passed over.
    explicit foreign_json(std::string_view text);

    using members = std::map<std::string, foreign_json, std::less<>>;

    [[nodiscard]] bool is_null() const { return text_.empty() || text_ == "null"; }
    [[nodiscard]] bool is_object() const { return text_.starts_with('{'); }
    [[nodiscard]] members object() const;
    [[nodiscard]] std::vector<foreign_json> list() const;
    [[nodiscard]] const std::string& raw() const { return text_; }
    /// Of a string its characters, of anything else as it is written.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::optional<std::int64_t> integer() const;

  private:
    std::string text_;
};

}  // namespace veche::matching
