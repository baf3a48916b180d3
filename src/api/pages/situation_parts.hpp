#pragma once
// What the pages of the situation share: figures by region as people and programs read them.

#include "api/pages/visit.hpp"
#include "api/situation_store.hpp"
#include "situation/views.hpp"

namespace veche::api::pages::of_situation {

inline constexpr std::string_view situation_method = "cori-2013/1";

/// R of the newest window of a region, and what of it is odd, as decimal texts.
struct region_estimate {
    std::optional<date> from;
    std::optional<date> to;
    std::optional<std::string> mean;
    std::optional<std::string> low;
    std::optional<std::string> high;
    std::optional<std::string> plain_low;
    std::optional<std::string> plain_high;
    std::optional<std::string> above_one;
    std::optional<std::string> doubling_days;
    std::optional<std::string> dispersion;
    std::string note;
};
VECHE_VIEW(region_estimate, (from, "First day of the window."), (to, "Its last day."),
           (mean, "R, the mean."), (low, "Lower end of the wide interval of 95 %."),
           (high, "Its upper end."), (plain_low, "Lower end of the plain posterior."),
           (plain_high, "Its upper end."), (above_one, "Probability that R exceeds 1."),
           (doubling_days, "Days in which cases double; below 0 they halve."),
           (dispersion, "Of the counts: 1 where they are as random as counting."),
           (note,
            "Why there is none: no_method, no_cases, few_days, no_information; weekly: "
            "from counts of several days, without a wide interval."))

/// A flag with its question in the reader's language.
struct flag_words {
    std::string kind;
    std::string tag;
    std::string question;
};
VECHE_VIEW(flag_words, (kind, "Its kind."), (tag, "In short."),
           (question, "What is asked of the reporter."))

/// A figure that was changed, in the reader's language.
struct revision_line {
    std::string region;
    std::string href;
    std::string series;
    date day;
    std::int64_t before = 0;
    std::optional<std::int64_t> after;
    instant at;
    std::string entry;
    localized reason;
};
VECHE_VIEW(revision_line, (region, "The region."), (href, "Its page."),
           (series, "What is counted."), (day, "The day it speaks of."),
           (before, "What was said before."), (after, "What was said then; nothing: taken back."),
           (at, "When."), (entry, "Entry."), (reason, "Why."))
std::vector<revision_line> lines_of(const visit&, const situation::revisions_view&);

/// The region's cases assessed; null with a note where that cannot be.
struct assessed {
    std::shared_ptr<const assessed_counts> counts;
    std::string note;
};
assessed assess_region(visit&, const situation::overview_view&, const situation::region_row&);
region_estimate estimate_of(const assessed&);
/// Of whole numbers and of estimates, in order.
std::vector<flag_words> flags_in_words(const visit&, const situation::region_row&, const assessed&);

/// "?known=2021-03-25" of the address, if it is a day.
std::optional<date> known_asked(const visit&);
std::string name_of_region(const visit&, const situation::region_name&);
/// Hundredths as "12.34", written as the language writes it.
std::string hundredths_text(const visit&, std::int64_t value);
/// Decimal digits as the language writes them; "–" for nothing.
std::string digits_text(const visit&, const std::optional<std::string>&);
/// What a series is called.
std::string name_of_series(const visit&, const situation::series_id&, const localized& names);

/// situation/import: a table is read and tried out, then reported.
response situation_import(visit&);
/// situation/REGION
response situation_region(visit&);

}  // namespace veche::api::pages::of_situation
