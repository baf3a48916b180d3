#pragma once
// Words of the evidence: data sets, what is computed from them, and the figures that come out.

#include <optional>
#include <string>
#include <vector>

#include "kernel/content_ref.hpp"
#include "kernel/message.hpp"

namespace veche::evidence {

using dataset_id = id<struct dataset_tag>;
using finding_id = id<struct finding_tag>;

/// How the bytes of a data set are to be read; docs/format says each.
enum class dataset_layout : std::uint8_t {
    table,         ///< rows under a header, parted by commas, semicolons or tabs
    comtrade,      ///< UN Comtrade, as JSON or CSV
    baci,          ///< BACI of CEPII
    wits,          ///< WITS, bilateral
    sdmx_csv,      ///< SDMX-CSV 1 or 2
    input_output,  ///< who uses whose output
    other          ///< kept and named; no method of this program reads it
};
VECHE_CHOICES(dataset_layout, table, comtrade, baci, wits, sdmx_csv, input_output, other)

/// One data set in its part: "flows", "tariffs".
struct dataset_use {
    std::string role;
    dataset_id dataset;
    bool operator==(const dataset_use&) const = default;
};
VECHE_FIELDS(dataset_use, (role, "What it is to the method, as in flows."),
             (dataset, "The data set."))

struct parameter {
    std::string name;
    std::string value;
    bool operator==(const parameter&) const = default;
};
VECHE_FIELDS(parameter, (name, "Name, as in reporter."), (value, "Value, as text."))

/// All that a computation depends on. The same specification gives the same figures wherever and
/// whenever it is run; seeds and tolerances are parameters.
struct specification {
    std::string method;
    std::vector<dataset_use> data;
    std::vector<parameter> parameters;  ///< names in rising order
    bool operator==(const specification&) const = default;
};
VECHE_FIELDS(specification, (method, "Method and its version, as in partner-share/1."),
             (data, "The data sets, each in its part."),
             (parameters, "Parameters, by name in rising order."))

/// A figure as it was published. Its text fixes how exactly it must come out again: by one unit of
/// its last digit at most.
struct figure {
    std::string name;
    localized label;
    std::string unit;
    std::string value;
    std::optional<std::string> low;
    std::optional<std::string> high;
    bool operator==(const figure&) const = default;
};
VECHE_FIELDS(figure, (name, "Name in the result, as in share."), (label, "Label by language."),
             (unit, "Unit, as in % or million USD."),
             (value, "Value in decimal digits, as in 47.03."), (low, "Lower end of its interval."),
             (high, "Upper end of its interval."))

/// What a finding can be evidence for.
enum class subject_kind : std::uint8_t { motion, measure, session, item, decision };
VECHE_CHOICES(subject_kind, motion, measure, session, item, decision)

struct subject {
    subject_kind kind{};
    std::string id;  ///< of an item of an agenda SESSION/ITEM
    auto operator<=>(const subject&) const = default;
};
VECHE_FIELDS(subject, (kind, "Kind."), (id, "Its id; of an item on an agenda session/item."))

/// How a recomputation by somebody else came out.
enum class review_outcome : std::uint8_t { agrees, differs };
VECHE_CHOICES(review_outcome, agrees, differs)

/// A decimal number as figures have it: a sign if below zero, digits, a point and digits.
/// At most 18 digits, no exponent, no superfluous zero in front.
bool is_decimal(std::string_view text);
/// Whether `a` is at most `b`; both decimals.
bool not_above(std::string_view a, std::string_view b);

}  // namespace veche::evidence
