#include "registry/batches.hpp"

#include <array>

#include "registry/checks.hpp"

namespace veche::registry {
namespace {

/// Calls `use` with the one record that the row holds; false where it holds none or several.
template <class Use>
bool with_record(const batch_row& row, Use&& use) {
    const std::array there{row.place.has_value(),        row.population.has_value(),
                           row.organisation.has_value(), row.link.has_value(),
                           row.claim.has_value(),        row.activity.has_value(),
                           row.enterprise.has_value(),   row.operation.has_value(),
                           row.item.has_value(),         row.item_report.has_value()};
    if (std::count(there.begin(), there.end(), true) != 1) return false;
    if (row.place) use(*row.place);
    if (row.population) use(*row.population);
    if (row.organisation) use(*row.organisation);
    if (row.link) use(*row.link);
    if (row.claim) use(*row.claim);
    if (row.activity) use(*row.activity);
    if (row.enterprise) use(*row.enterprise);
    if (row.operation) use(*row.operation);
    if (row.item) use(*row.item);
    if (row.item_report) use(*row.item_report);
    return true;
}

std::string name_of_record(const record_place& c) {
    return c.place.value;
}
std::string name_of_record(const record_population& c) {
    return c.place.value + " " + c.on.substr(0, 10);
}
std::string name_of_record(const record_organisation& c) {
    return c.organisation.value;
}
std::string name_of_record(const record_link& c) {
    return c.link.value;
}
std::string name_of_record(const claim_link& c) {
    return c.link.value + " " + std::string(name_of(c.side));
}
std::string name_of_record(const report_activity& c) {
    return c.activity.value;
}
std::string name_of_record(const record_enterprise& c) {
    return c.organisation.value;
}
std::string name_of_record(const report_operation& c) {
    return c.organisation.value + " " + std::to_string(c.year);
}

std::string name_of_record(const plan_item& c) {
    return c.link.value + " " + c.item.value;
}
std::string name_of_record(const report_item& c) {
    return c.link.value + " " + c.item.value + " " + std::string(name_of(c.side));
}

result<const batch*> find_waiting(const world& w, const batch_id& id) {
    const batch* one = w.own.batches.find(id);
    if (!one) return refuse(refusals::batch_unknown, "batch", id.value);
    if (one->standing != batch_standing::waiting)
        return refuse(refusals::batch_closed, "batch", id.value);
    return one;
}

result<void> check_part(const world& w, const stage_rows& c) {
    const batch* there = w.own.batches.find(c.batch);
    const std::int32_t next = there ? there->parts + 1 : 1;
    if (c.part != next) return refuse(refusals::part_out_of_order, "part", std::to_string(next));
    if (c.rows.empty() || c.rows.size() > max_part_rows)
        return refuse(refusals::rows_missing, "rows", std::to_string(max_part_rows));
    if ((there ? there->rows.size() : 0) + c.rows.size() > max_batch_rows)
        return refuse(refusals::batch_full, "rows", std::to_string(max_batch_rows));
    for (std::size_t i = 0; i < c.rows.size(); ++i)
        if (kind_of(c.rows[i]).empty())
            return refuse(refusals::row_malformed, "rows." + std::to_string(i));
    return {};
}

void end_batch(batch& one, batch_standing how, const context& ctx) {
    one.standing = how;
    one.ended = done_by(ctx);
    one.rows.clear();
    one.rows.shrink_to_fit();
}

}  // namespace

std::string_view kind_of(const batch_row& row) {
    std::string_view kind;
    const bool one = with_record(row, [&](const auto& c) { kind = c.wire.type; });
    return one ? kind : std::string_view{};
}

std::string record_of(const batch_row& row) {
    std::string name;
    with_record(row, [&](const auto& c) { name = name_of_record(c); });
    return name;
}

std::vector<row_problem> problems_of(const world& w, const body_id& body,
                                     const std::vector<batch_row>& rows, const context& ctx) {
    std::vector<row_problem> out;
    state trial = w.own;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::optional<refusal> why;
        const bool whole = with_record(rows[i], [&](const auto& c) {
            const world tried{w.charter, trial};
            if (c.body != body) {
                why = refusal{&refusals::row_elsewhere, "body", {c.body.value, body.value}};
            } else if (auto judged = decide(tried, c, ctx); !judged) {
                why = std::move(judged).error();
            } else {
                apply(trial, w.charter, c, ctx);
            }
        });
        if (!whole) why = refusal{&refusals::row_malformed, "", {}};
        if (why)
            out.push_back({static_cast<std::int64_t>(i + 1), record_of(rows[i]),
                           veche::record_of(*std::move(why))});
    }
    return out;
}

result<events> decide(const world& w, const stage_rows& c, const context& ctx) {
    if (w.own.batches.contains(c.batch)) {
        const batch* there = VECHE_TRY(find_waiting(w, c.batch));
        if (there->body != c.body)
            return refuse(refusals::row_elsewhere, "body", c.body.value, there->body.value);
    }
    VECHE_CHECK(may_record(w, c.body, ctx, stage_rows::wire.type));
    return check_part(w, c).map([] { return events{}; });
}

result<events> decide(const world& w, const accept_batch& c, const context& ctx) {
    const batch* one = VECHE_TRY(find_waiting(w, c.batch));
    VECHE_CHECK(may_record(w, one->body, ctx, accept_batch::wire.type));
    const auto rows = static_cast<std::int64_t>(one->rows.size());
    if (rows != c.rows)
        return refuse(refusals::rows_differ, "rows", std::to_string(rows), std::to_string(c.rows));
    const auto problems = problems_of(w, one->body, one->rows, ctx);
    if (!problems.empty()) {
        const row_problem& first = problems.front();
        return refuse(refusals::rows_refused, "batch", std::to_string(problems.size()),
                      std::to_string(rows), std::to_string(first.row), first.record,
                      first.why.code);
    }
    return events{};
}

result<events> decide(const world& w, const discard_batch& c, const context& ctx) {
    const batch* one = VECHE_TRY(find_waiting(w, c.batch));
    VECHE_CHECK(may_record(w, one->body, ctx, discard_batch::wire.type));
    return check_reason(w, true, c.batch.value, c.reason).map([] { return events{}; });
}

void apply(state& s, const charter::state&, const stage_rows& c, const context& ctx) {
    if (!s.batches.contains(c.batch))
        s.batches.insert(c.batch, {c.body, done_by(ctx), {}, 0, {}, 0, {}, {}});
    batch& one = s.batches.edit(c.batch);
    ++one.parts;
    one.rows.insert(one.rows.end(), c.rows.begin(), c.rows.end());
    one.count = static_cast<std::int64_t>(one.rows.size());
}

void apply(state& s, const charter::state& charter, const accept_batch& c, const context& ctx) {
    const std::vector<batch_row> rows = std::move(s.batches.edit(c.batch).rows);
    for (const batch_row& row : rows)
        with_record(row, [&](const auto& record) { apply(s, charter, record, ctx); });
    end_batch(s.batches.edit(c.batch), batch_standing::accepted, ctx);
}

void apply(state& s, const charter::state&, const discard_batch& c, const context& ctx) {
    batch& one = s.batches.edit(c.batch);
    end_batch(one, batch_standing::discarded, ctx);
    one.reason = c.reason;
}

}  // namespace veche::registry
