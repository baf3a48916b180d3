#pragma once
// Names of codes, by languages, and where territories are: a table that the union registers like
// any other data set. Which territories there are, what they are called and which of them are
// members is nothing that the program decides.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/result.hpp"

namespace veche::explore {

struct area_label {
    localized name;
    std::string member;                         ///< id of the member in the charter, "" for others
    std::optional<double> latitude, longitude;  ///< degrees
};

/// A code of a classification. The classification of the label begins that of the data: HS is that
/// of HS17.
struct product_label {
    std::string classification;
    localized name;
};

class label_book {
  public:
    std::map<std::string, area_label, std::less<>> areas;
    std::multimap<std::string, product_label, std::less<>> products;

    /// Null where the book says nothing of it.
    [[nodiscard]] const area_label* area(std::string_view code) const;
    [[nodiscard]] const localized* product(std::string_view code,
                                           std::string_view classification) const;
    /// Codes of the territories of these members, in their order.
    [[nodiscard]] std::vector<std::string> areas_of(const std::vector<std::string>& members) const;
};

/// Whether a text begins like a table of names.
bool is_label_table(std::string_view text);

/// A table with the columns kind (area, product), code, classification, member, latitude,
/// longitude, and one for each language by its tag. Refuses other tables, unknown kinds and degrees
/// that are none, with the line.
result<label_book> read_labels(std::string_view text);

}  // namespace veche::explore
