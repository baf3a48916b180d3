#pragma once
// One vintage of a classification in terms of another. Codes that fell apart are divided by
// weights, which are stated: a series over vintages is as good as they are.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "trade/flow_list.hpp"

namespace veche::trade {

/// Where the weights of codes that fall apart come from.
enum class weight_rule : std::uint8_t {
    equal,  ///< each part alike: an assumption, and named so
    given,  ///< by the file or by trade in the codes it falls into
};
VECHE_CHOICES(weight_rule, equal, given)

struct code_part {
    std::string code;
    double weight = 1;  ///< of the value; those of one code add up to 1
    bool operator==(const code_part&) const = default;
};

/// Parts by code of the vintage that is left. Sorted, so that it says the same everywhere.
struct concordance {
    std::string from, to;  ///< "HS17", "HS12"
    weight_rule weights = weight_rule::equal;
    std::map<std::string, std::vector<code_part>, std::less<>> parts;
};

/// Reads pairs of codes: CSV with the columns code.after, code.before and adjustment ("2017 to
/// 2012"), as the UN's tables come, or from, to and maybe weight. `step` chooses the adjustment,
/// forwards or backwards ("2012 to 2017"); "" takes all rows. HS codes get lost zeros back.
result<concordance> read_concordance(std::string_view text, const std::string& step);

/// The same divided by what is traded in the codes that a code falls into; equal where nothing is.
concordance weighted(concordance by, const std::map<std::string, double, std::less<>>& trade);

/// First the one, then the other: 2022 to 2017, 2017 to 2012.
concordance chained(const concordance& first, const concordance& then);

struct converted_flows {
    flow_list flows;
    double value_in = 0, value_divided = 0;  ///< in all, and of codes that fell apart
    std::int64_t rows_in = 0;
    std::vector<std::string>
        unmatched;  ///< codes without a place: their rows keep code and vintage
};

/// Flows in terms of the other vintage, sums of values kept. Quantities are divided as values are,
/// and are estimates then.
converted_flows convert(const flow_list& flows, const concordance& by);

}  // namespace veche::trade
