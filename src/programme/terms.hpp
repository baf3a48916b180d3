#pragma once
// Words of the programme that its commands, events and views share.

#include <optional>
#include <string>
#include <vector>

#include "kernel/message.hpp"
#include "kernel/refusal_record.hpp"

namespace veche::programme {

using report_id = id<struct report_tag>;
using follow_up_id = id<struct follow_up_tag>;

/// The closed list of target forms.
enum class target_form : std::uint8_t { at_least, at_most, by_date, share, trend, present };
VECHE_CHOICES(target_form, at_least, at_most, by_date, share, trend, present)

/// How one sees whether the measure is done: what is measured, in what unit, against what target.
struct indicator {
    localized name;
    std::string formula;  ///< in words: "count of sessions with minutes published"
    std::string unit;     ///< "sessions", "days", "percent"
    target_form form = target_form::at_least;
    std::optional<ratio> baseline;
    std::optional<ratio> target;     ///< exact; none for by_date and present
    std::optional<std::string> per;  ///< "year", "session"; nothing for once
};
VECHE_FIELDS(indicator, (name, "What is measured, by language."),
             (formula, "How it is computed, in words."), (unit, "Unit of the value."),
             (form, "Form of the target."), (baseline, "Value to compare with."),
             (target, "Value to reach."), (per, "Period of the value; nothing for once."))

/// A document that shows something, by the hash of its content.
struct evidence {
    std::string title;
    std::string sha256;  ///< lower-case hex
    std::int64_t size = 0;
    std::string media;
};
VECHE_FIELDS(evidence, (title, "What it is."), (sha256, "SHA-256 of its bytes in hex."),
             (size, "Size in bytes."), (media, "Media type."))

/// Where a measure stands. late and very_late follow from the calendar; very_late means that the
/// body above has been seized.
enum class measure_status : std::uint8_t { planned, running, done, late, very_late, dropped };
VECHE_CHOICES(measure_status, planned, running, done, late, very_late, dropped)

}  // namespace veche::programme
