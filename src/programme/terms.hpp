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
using milestone_id = id<struct milestone_tag>;  ///< unique within its measure

/// The closed list of target forms; `target.hpp` says when each is met.
enum class target_form : std::uint8_t { at_least, at_most, by_date, share, trend, present };
VECHE_CHOICES(target_form, at_least, at_most, by_date, share, trend, present)

/// Which way a trend is to go from its baseline.
enum class trend_direction : std::uint8_t { up, down };
VECHE_CHOICES(trend_direction, up, down)

/// What the union's own journal tells of itself. The office computes these figures; nobody reports
/// them (office/figures.hpp says how each is counted).
enum class journal_figure : std::uint8_t {
    sessions_held,
    paper_lead_days,
    votes_published,
    budget_delay_days,
    contributions_received,
    money_paid,
    measures_in_time,
    loose_items
};
VECHE_CHOICES(journal_figure, sessions_held, paper_lead_days, votes_published, budget_delay_days,
              contributions_received, money_paid, measures_in_time, loose_items)

/// How one sees whether the measure is done: what is measured, in what unit, against what target.
struct indicator {
    localized name;
    std::string formula;  ///< in words: "count of sessions with minutes published"
    std::string unit;     ///< "sessions", "days", "percent"
    target_form form = target_form::at_least;
    std::optional<ratio> baseline;
    std::optional<ratio> target;                 ///< exact; none for present
    std::optional<std::string> per;              ///< "year", "session"; nothing for once
    std::optional<trend_direction> direction;    ///< of a trend; up where it is not said
    std::optional<std::string> baseline_period;  ///< "2023"; the first reported where absent
    std::optional<date> by;                      ///< of by_date; the measure's last day if absent
    std::optional<bool> placeholder;             ///< the target's number is still to be set
    localized remark;                            ///< on the target: where its number comes from
    std::optional<std::string> source;           ///< where the values come from
    std::optional<journal_figure> journal;       ///< the figure of the journal that it is
};
VECHE_FIELDS(indicator, (name, "What is measured, by language."),
             (formula, "How it is computed, in words."), (unit, "Unit of the value."),
             (form, "Form of the target."), (baseline, "Value to compare with."),
             (target, "Value to reach."), (per, "Period of the value; nothing for once."),
             (direction, "Which way a trend is to go."),
             (baseline_period, "Period of the baseline."),
             (by, "Day by which it is to be reached, where it is not the last day."),
             (placeholder, "Whether the number of the target is only a placeholder."),
             (remark, "What is to be known of the target, by language."),
             (source, "Where the values come from."),
             (journal, "The figure of the journal that it is, where nobody has to report."))

/// A document that shows something, by the hash of its content.
struct evidence {
    std::string title;
    std::string sha256;  ///< lower-case hex
    std::int64_t size = 0;
    std::string media;
};
VECHE_FIELDS(evidence, (title, "What it is."), (sha256, "SHA-256 of its bytes in hex."),
             (size, "Size in bytes."), (media, "Media type."))

/// A step on the way, as it is planned.
struct milestone_plan {
    milestone_id milestone;
    localized title;
    date due;
};
VECHE_FIELDS(milestone_plan, (milestone, "Short name of the milestone."),
             (title, "Title by language."), (due, "Its day."))

/// Where a measure stands. late and very_late follow from the calendar; very_late means that the
/// body above has been seized.
enum class measure_status : std::uint8_t { planned, running, done, late, very_late, dropped };
VECHE_CHOICES(measure_status, planned, running, done, late, very_late, dropped)

enum class milestone_status : std::uint8_t { ahead, reached, reached_late, late };
VECHE_CHOICES(milestone_status, ahead, reached, reached_late, late)

}  // namespace veche::programme
