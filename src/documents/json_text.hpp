#pragma once
// JSON whose names are no identifiers ("dcat:title", "@context"), which described structs cannot
// have; and objects whose fields come and go.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/open_money.hpp"

namespace veche::documents {

class json_fields {
  public:
    /// A value that is JSON already.
    json_fields& raw(std::string_view name, std::string_view json);
    json_fields& text(std::string_view name, std::string_view value);
    json_fields& number(std::string_view name, std::int64_t value);
    /// Only where there is something to say.
    json_fields& maybe(std::string_view name, const std::optional<std::string>& value);
    json_fields& list(std::string_view name, const std::vector<std::string>& raw_values);
    /// The fields of another one after these.
    json_fields& join(const json_fields& others);
    [[nodiscard]] std::string take() const { return "{" + inside_ + "}"; }

  private:
    std::string inside_;
};

/// {"en":"...","ru":"..."}
std::string json_texts(const localized&);

}  // namespace veche::documents
