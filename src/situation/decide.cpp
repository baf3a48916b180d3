#include "charter/words.hpp"
#include "situation/checks.hpp"
#include "situation/refusal.hpp"

namespace veche::situation {
namespace {

constexpr std::size_t max_word_bytes = 300;
constexpr std::size_t max_text_bytes = 2000;
constexpr std::size_t max_name_bytes = 200;

result<void> check_body(const world& w, const body_id& body, const context& ctx,
                        std::string_view type) {
    if (!w.charter.find_body(body)) return refuse(refusals::body_unknown, "body", body.value);
    if (ctx.decision) return refuse(refusals::not_by_decision);
    if (!charter::require(w.charter, ctx, "situation", body, type))
        return refuse(refusals::not_reporter, {}, body.value);
    return {};
}

result<void> check_reason(const world& w, bool exists, const std::string& id,
                          const localized& reason) {
    if (exists && charter::blank(reason)) return refuse(refusals::reason_missing, "reason", id);
    return charter::check_text(w.charter, reason, "reason", max_text_bytes,
                               refusals::text_too_long);
}

result<void> check_source(const std::string& source, const std::optional<std::string>& address) {
    if (source.find_first_not_of(" \t\r\n") == std::string::npos)
        return refuse(refusals::source_missing, "source");
    for (const auto& [field, text] :
         {std::pair("source", source), std::pair("address", address.value_or(std::string()))})
        if (text.size() > max_word_bytes)
            return refuse(refusals::text_too_long, field, std::to_string(max_word_bytes));
    return {};
}

bool in_range(date one) {
    return *parse_date("1900-01-01") <= one && one <= *parse_date("2199-12-31");
}

/// It is part of one that is watched, and no way up leads back to it.
bool part_possible(const world& w, const watch_region& c) {
    if (!c.part_of) return true;
    std::optional<region_id> above = c.part_of;
    while (above) {
        if (*above == c.region) return false;
        const kept<watch_region>* one = w.own.regions.find(*above);
        if (!one) return false;
        above = one->what.part_of;
    }
    return true;
}

std::vector<count_run> runs_of(const batch& one) {
    std::vector<count_run> out;
    for (const std::vector<count_run>& part : one.parts)
        out.insert(out.end(), part.begin(), part.end());
    return out;
}

result<const batch*> find_waiting(const world& w, const batch_id& id, const context& ctx) {
    const batch* one = w.own.batches.find(id);
    if (!one) return refuse(refusals::batch_unknown, "batch", id.value);
    if (one->standing != counts_standing::waiting)
        return refuse(refusals::batch_closed, "batch", id.value);
    if (ctx.decision) return refuse(refusals::not_by_decision);
    if (one->done.as != ctx.auth) return refuse(refusals::not_staged_by, "batch", id.value);
    return one;
}

/// What report_counts and accept_counts share.
result<void> check_report(const world& w, const std::vector<count_run>& runs, count_basis basis,
                          const localized& reason, const context& ctx) {
    VECHE_CHECK(check_runs(w, runs, basis, ctx));
    const std::int64_t changed = changes_in(w.own, runs);
    if (changed > 0 && charter::blank(reason))
        return refuse(refusals::changes_unexplained, "reason", std::to_string(changed));
    return check_reason(w, false, {}, reason);
}

result<void> check_sizes(const std::vector<count_run>& runs) {
    bool empty = runs.empty();
    for (const count_run& one : runs) empty = empty || one.values.empty();
    if (empty || values_in(runs) > max_act_values)
        return refuse(refusals::runs_missing, "runs", std::to_string(max_act_values));
    return {};
}

}  // namespace

result<events> decide(const world& w, const watch_region& c, const context& ctx) {
    const kept<watch_region>* before = w.own.regions.find(c.region);
    VECHE_CHECK(check_body(w, c.body, ctx, watch_region::wire.type));
    // Who answered so far hands it on.
    if (before) VECHE_CHECK(check_body(w, before->what.body, ctx, watch_region::wire.type));
    VECHE_CHECK(check_reason(w, before != nullptr, c.region.value, c.reason));
    if (c.office && !w.charter.find_office(*c.office))
        return refuse(refusals::office_unknown, "office", c.office->value);
    if (!part_possible(w, c)) return refuse(refusals::part_impossible, "part_of");
    if (!in_range(c.from) || !in_range(c.until.value_or(c.from)) ||
        c.until.value_or(c.from) < c.from)
        return refuse(refusals::days_impossible, "from");
    if (c.every_days < 1 || c.every_days > 366)
        return refuse(refusals::rhythm_impossible, "every_days");
    return events{};
}

result<events> decide(const world& w, const name_series& c, const context& ctx) {
    const kept<name_series>* before = w.own.series.find(c.series);
    VECHE_CHECK(check_body(w, before ? before->what.body : c.body, ctx, name_series::wire.type));
    VECHE_CHECK(check_reason(w, before != nullptr, c.series.value, c.reason));
    for (const std::string_view one : common_series)
        if (c.series.value == one) return refuse(refusals::series_common, "series", c.series.value);
    if (charter::blank(c.names)) return refuse(refusals::names_missing, "names");
    return charter::check_text(w.charter, c.names, "names", max_name_bytes, refusals::text_too_long)
        .map([] { return events{}; });
}

result<events> decide(const world& w, const name_method& c, const context& ctx) {
    const auto& before = w.own.method;
    VECHE_CHECK(check_body(w, before ? before->what.body : c.body, ctx, name_method::wire.type));
    VECHE_CHECK(check_reason(w, before.has_value(), "method", c.reason));
    constexpr std::int32_t day = 100, most = 60 * day;
    if (c.mean_hundredths <= day || c.mean_hundredths >= most || c.deviation_hundredths <= 0 ||
        c.deviation_hundredths >= most)
        return refuse(refusals::interval_impossible, "mean_hundredths");
    if (c.window < 1 || c.window > 28) return refuse(refusals::window_impossible, "window");
    return check_source(c.source, {}).map([] { return events{}; });
}

result<events> decide(const world& w, const report_counts& c, const context& ctx) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    VECHE_CHECK(check_source(c.source, c.address));
    VECHE_CHECK(check_sizes(c.runs));
    return check_report(w, c.runs, c.basis, c.reason, ctx).map([] { return events{}; });
}

result<events> decide(const world& w, const stage_counts& c, const context& ctx) {
    const batch* there =
        w.own.batches.contains(c.batch) ? VECHE_TRY(find_waiting(w, c.batch, ctx)) : nullptr;
    if (ctx.decision) return refuse(refusals::not_by_decision);
    const std::int32_t next = there ? there->part_count + 1 : 1;
    if (c.part != next) return refuse(refusals::part_out_of_order, "part", std::to_string(next));
    VECHE_CHECK(check_sizes(c.runs));
    if ((there ? there->values : 0) + values_in(c.runs) > max_batch_values)
        return refuse(refusals::batch_full, "runs", std::to_string(max_batch_values));
    // Whoever reports for none of its regions lays nothing ready. The counts are judged together,
    // when they are reported.
    for (std::size_t r = 0; r < c.runs.size(); ++r) {
        const std::string field = "runs." + std::to_string(r) + ".region";
        const kept<watch_region>* region = w.own.regions.find(c.runs[r].region);
        if (!region) return refuse(refusals::region_unknown, field, c.runs[r].region.value);
        if (!may_report(w, *region, ctx))
            return refuse(refusals::not_reporter_of, field, region->what.body.value,
                          c.runs[r].region.value);
    }
    return events{};
}

result<events> decide(const world& w, const accept_counts& c, const context& ctx) {
    const batch* one = VECHE_TRY(find_waiting(w, c.batch, ctx));
    VECHE_CHECK(check_source(c.source, c.address));
    if (one->values != c.values)
        return refuse(refusals::values_differ, "values", std::to_string(one->values),
                      std::to_string(c.values));
    return check_report(w, runs_of(*one), c.basis, c.reason, ctx).map([] { return events{}; });
}

result<events> decide(const world& w, const discard_counts& c, const context& ctx) {
    const batch* one = VECHE_TRY(find_waiting(w, c.batch, ctx));
    const region_id& region = one->parts[0].front().region;
    const kept<watch_region>& of = *w.own.regions.find(region);
    if (!may_report(w, of, ctx))
        return refuse(refusals::not_reporter_of, {}, of.what.body.value, region.value);
    return check_reason(w, true, c.batch.value, c.reason).map([] { return events{}; });
}

result<events> decide(const world& w, const withdraw_counts& c, const context& ctx) {
    const kept<watch_region>* region = w.own.regions.find(c.region);
    if (!region) return refuse(refusals::region_unknown, "region", c.region.value);
    if (ctx.decision) return refuse(refusals::not_by_decision);
    if (!may_report(w, *region, ctx))
        return refuse(refusals::not_reporter_of, {}, region->what.body.value, c.region.value);
    VECHE_CHECK(check_reason(w, true, c.region.value, c.reason));
    if (!in_range(c.from) || !in_range(c.until) || c.until < c.from)
        return refuse(refusals::days_impossible, "from");
    const counts* of = w.own.counted.find(counts_key{c.region, c.series});
    bool any = false;
    for (std::int32_t day = c.from.days; of && day <= c.until.days && !any; ++day)
        any = figure_on(*of, day) != no_figure;
    if (!any) return refuse(refusals::nothing_reported, "from", c.series.value, c.region.value);
    return events{};
}

}  // namespace veche::situation
