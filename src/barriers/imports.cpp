#include "barriers/imports.hpp"

#include <map>

#include "barriers/checks.hpp"
#include "charter/words.hpp"

namespace veche::barriers {
namespace {

bool says_nothing(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

result<void> check_word(const std::optional<std::string>& word, const std::string& field) {
    if (word && word->size() > max_word_bytes)
        return refuse(refusals::text_too_long, field, std::to_string(max_word_bytes));
    return {};
}

result<void> check_origin(const world& w, const taken_case& c, date today) {
    if (says_nothing(c.number)) return refuse(refusals::number_missing, "number");
    if (says_nothing(c.source.name)) return refuse(refusals::source_missing, "source.name");
    VECHE_CHECK(check_word(c.number, "number"));
    VECHE_CHECK(check_word(c.source.name, "source.name"));
    VECHE_CHECK(check_word(c.source.address, "source.address"));
    VECHE_CHECK(check_word(c.source.note, "source.note"));
    for (const auto& [day, field] :
         {std::pair(&c.since, "since"), std::pair(&c.source.read, "source.read")})
        if (*day && today < **day) return refuse(refusals::day_to_come, field, to_text(today));
    const barrier_id* there = w.own.by_origin.find(origin_key{c.source.name, c.number});
    if (there) return refuse(refusals::number_taken, "number", c.number, there->value);
    return {};
}

result<void> check_row(const world& w, const taken_case& c, date today) {
    if (!w.charter.find_member(c.member))
        return refuse(refusals::member_unknown, "member", c.member.value);
    VECHE_CHECK(check_wording(w, c));
    VECHE_CHECK(check_reach(w, c));
    return check_origin(w, c, today);
}

result<const case_import*> find_waiting(const world& w, const import_id& id) {
    const case_import* one = w.own.imports.find(id);
    if (!one) return refuse(refusals::import_unknown, "batch", id.value);
    if (one->standing != batch_standing::waiting)
        return refuse(refusals::import_closed, "batch", id.value);
    return one;
}

result<void> check_part(const case_import* there, const stage_cases& c) {
    const std::int32_t next = there ? there->parts + 1 : 1;
    if (c.part != next) return refuse(refusals::part_out_of_order, "part", std::to_string(next));
    if (c.cases.empty() || c.cases.size() > max_part_cases)
        return refuse(refusals::cases_missing, "cases", std::to_string(max_part_cases));
    if ((there ? there->rows.size() : 0) + c.cases.size() > max_batch_cases)
        return refuse(refusals::import_full, "cases", std::to_string(max_batch_cases));
    return {};
}

}  // namespace

std::vector<case_problem> problems_of(const world& w, const std::vector<taken_case>& rows,
                                      const context& ctx) {
    const date today = date_of(ctx.at);
    std::vector<case_problem> out;
    std::map<origin_key, std::size_t> sound;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const taken_case& row = rows[i];
        auto judged = check_row(w, row, today);
        if (judged) {
            const auto [first, fresh] = sound.emplace(origin_key{row.source.name, row.number}, i);
            if (!fresh)
                judged = refuse(refusals::number_twice, "number", row.number,
                                std::to_string(first->second + 1));
        }
        if (!judged)
            out.push_back({static_cast<std::int64_t>(i + 1), row.number,
                           record_of(std::move(judged).error())});
    }
    return out;
}

result<events> decide(const world& w, const stage_cases& c, const context& ctx) {
    const case_import* there = nullptr;
    if (w.own.imports.contains(c.batch)) {
        there = VECHE_TRY(find_waiting(w, c.batch));
        if (there->body != c.body)
            return refuse(refusals::import_elsewhere, "body", c.body.value, there->body.value);
    }
    VECHE_CHECK(may(w, c.body, "barriers", ctx, stage_cases::wire.type));
    VECHE_CHECK(check_part(there, c));
    return events{};
}

result<events> decide(const world& w, const accept_cases& c, const context& ctx) {
    const case_import* one = VECHE_TRY(find_waiting(w, c.batch));
    VECHE_CHECK(may(w, one->body, "barriers", ctx, accept_cases::wire.type));
    const auto rows = static_cast<std::int64_t>(one->rows.size());
    if (rows != c.cases)
        return refuse(refusals::cases_differ, "cases", std::to_string(rows),
                      std::to_string(c.cases));
    const auto problems = problems_of(w, one->rows, ctx);
    if (problems.empty()) return events{};
    const case_problem& first = problems.front();
    return refuse(refusals::cases_refused, "batch", std::to_string(problems.size()),
                  std::to_string(rows), std::to_string(first.row), first.number, first.why.code);
}

result<events> decide(const world& w, const discard_cases& c, const context& ctx) {
    const case_import* one = VECHE_TRY(find_waiting(w, c.batch));
    VECHE_CHECK(may(w, one->body, "barriers", ctx, discard_cases::wire.type));
    VECHE_CHECK(need_text(w, c.reason, "reason"));
    return events{};
}

case_rows read_case_rows(std::string_view csv) {
    const std::vector<std::pair<std::string, std::string>> nothing_set;
    const csv_form of{describe<taken_case>(), "case", "", nothing_set, describe<taken_case>()};
    case_rows out;
    out.problems =
        read_csv_records(csv, of, [&](std::string_view json, std::int64_t line) -> result<void> {
            out.rows.push_back(VECHE_TRY(from_json<taken_case>(json)));
            out.lines.push_back(line);
            return {};
        });
    return out;
}

std::vector<std::vector<taken_case>> parts_of(const std::vector<taken_case>& rows,
                                              std::size_t max_bytes) {
    std::vector<std::vector<taken_case>> out;
    std::size_t bytes = 0;
    for (const taken_case& row : rows) {
        const std::size_t size = to_json(row).size() + 1;
        if (out.empty() || out.back().size() == max_part_cases || bytes + size > max_bytes) {
            out.emplace_back();
            bytes = 0;
        }
        out.back().push_back(row);
        bytes += size;
    }
    return out;
}

}  // namespace veche::barriers
