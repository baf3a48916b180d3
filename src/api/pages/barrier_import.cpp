// Cases of another register out of a file in the browser: it is tried out first, with every fault
// by its line and column and what mends it. Only a sound file can be laid ready; then all of it is
// taken over, by whoever of the desk looks at it, or none.

#include <algorithm>

#include "api/multipart.hpp"
#include "api/pages/acts.hpp"
#include "api/pages/barrier_reports.hpp"
#include "api/refusal.hpp"
#include "api/secrets.hpp"
#include "api/uuid.hpp"
#include "barriers/imports.hpp"
#include "barriers/views.hpp"

namespace veche::api::pages {
namespace {

struct case_fault {
    std::string line;
    std::string column;
    std::string said;
    std::string remedy;
};
VECHE_VIEW_HERE(case_fault, (line, "Line of the file, or the row of what was laid ready."),
                (column, "Its column."), (said, "What is wrong."), (remedy, "What would mend it."))

struct waiting_import {
    barriers::import_row row;
    std::vector<case_fault> faults;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(waiting_import, (row, "What was laid ready."),
                (faults, "What is wrong with it now."), (acts, "What the reader may do about it."))

struct barrier_import_page {
    std::string csrf;
    std::string text;
    std::string batch;
    bool tried = false;
    bool sound = false;
    std::int64_t cases = 0;
    std::vector<case_fault> faults;
    std::vector<waiting_import> waiting;
};
VECHE_VIEW_HERE(barrier_import_page, (csrf, "Token of the form."), (text, "The file."),
                (batch, "Short name of what is laid ready."), (tried, "Whether it was tried out."),
                (sound, "Whether it could be laid ready."), (cases, "Cases in it."),
                (faults, "What is wrong."), (waiting, "What is laid ready, the newest first."))

/// The reader's office that keeps the register; nothing for everybody else.
const charter::office* desk_office(const visit& here) {
    if (here.context.person.empty()) return nullptr;
    const person_id who{here.context.person};
    for (const charter::office* one : here.charter.offices_of(who, date_of(here.context.now)))
        if (std::find(one->powers.begin(), one->powers.end(), "barriers") != one->powers.end())
            return one;
    return nullptr;
}

/// What mends it, where the sentence does not say so itself.
std::string remedy_for(const visit& here, const refusal_record& why) {
    const std::string key =
        "barriers.mend." + why.code.substr(std::min(why.code.size(), why.code.find('.') + 1));
    return here.texts.find(key) ? here.text(key) : std::string();
}

case_fault fault_at(const visit& here, std::int64_t line, std::string column,
                    const refusal_record& why) {
    return {std::to_string(line), std::move(column), here.texts.sentence(why),
            remedy_for(here, why)};
}

/// "hinders.headings.1" stands under "hinders.headings".
std::string column_of_field(const std::string& field) {
    const std::size_t dot = field.rfind('.');
    const bool numbered = dot != std::string::npos && dot + 1 < field.size() &&
                          field.find_first_not_of("0123456789", dot + 1) == std::string::npos;
    return numbered ? field.substr(0, dot) : field;
}

void judge_cases(const visit& here, const charter::office& desk, const barriers::case_rows& read,
                 barrier_import_page& page) {
    std::vector<std::pair<std::int64_t, case_fault>> all;
    for (const csv_problem& one : read.problems)
        all.emplace_back(one.line, fault_at(here, one.line, one.column, one.why));
    barriers::state now;  // a copy shares everything with the office
    here.context.office.read([&](const office::state& s) { now = s.barriers; });
    context as_desk;
    as_desk.at = here.context.now;
    as_desk.actor = {here.context.person};
    as_desk.auth = desk.id.value;
    for (const barriers::case_problem& one :
         barriers::problems_of({here.charter, now, nullptr}, read.rows, as_desk)) {
        const std::int64_t line = read.lines[static_cast<std::size_t>(one.row - 1)];
        all.emplace_back(line, fault_at(here, line, column_of_field(one.why.field), one.why));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [line, fault] : all) page.faults.push_back(std::move(fault));
    page.cases = static_cast<std::int64_t>(read.rows.size());
    page.tried = true;
    page.sound = page.faults.empty() && page.cases > 0;
}

std::vector<waiting_import> what_waits(visit& here, const charter::office& desk) {
    std::vector<waiting_import> out;
    const auto all = here.ask<barriers::imports_view>(barriers::imports_query{});
    if (!all) return out;
    for (const barriers::import_row& row : (*all)->imports) {
        if (row.standing != barriers::batch_standing::waiting) continue;
        waiting_import& one = out.emplace_back();
        one.row = row;
        const auto view = here.ask<barriers::import_view>(barriers::import_query{row.batch});
        if (view)
            for (const barriers::case_problem& each : (*view)->problems)
                one.faults.push_back(
                    fault_at(here, each.row, column_of_field(each.why.field), each.why));
        act_list acts(here, "barriers/import");
        if (one.faults.empty())
            acts.button(barriers::accept_cases::wire.type, desk.id.value,
                        {{"batch", row.batch.value}, {"cases", std::to_string(row.cases)}});
        acts.form(barriers::discard_cases::wire.type, desk.id.value, {{"batch", row.batch.value}});
        one.acts = acts.take();
    }
    return out;
}

response show_import_page(visit& here, const charter::office& desk, barrier_import_page page) {
    page.csrf = here.context.csrf;
    page.waiting = what_waits(here, desk);
    const bool faulty = page.tried && !page.sound;
    here.page.failed = faulty;
    return here.show("barrier_import", page, faulty ? 422 : 200);
}

/// All parts, one after another. What was laid ready before a part that is refused waits, and is
/// listed.
result<void> lay_ready(const visit& here, const charter::office& desk,
                       const barriers::import_id& batch,
                       const std::vector<barriers::taken_case>& rows) {
    constexpr std::size_t max_bytes = 56 * 1024;  // an entry holds 64 KiB with what goes around it
    std::int32_t number = 0;
    for (auto& part : barriers::parts_of(rows, max_bytes)) {
        const barriers::stage_cases c{batch, desk.body, ++number, std::move(part)};
        const auto done =
            here.context.office.submit_unsigned(c.wire.type, to_json(c), {here.context.person},
                                                desk.id.value, make_uuid7(here.context.now.ms));
        if (!done) return tl::unexpected(done.error());
    }
    return {};
}

response take_cases(visit& here, const charter::office& desk) {
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    if (!is_same_secret(sent->value("csrf"), here.context.csrf))
        return here.fail({&refusals::form_expired, {}, {}});
    barrier_import_page page;
    page.text = sent->value("text");
    for (const upload& one : sent->uploads)
        if (!one.bytes.empty()) page.text = one.bytes;
    page.batch = sent->value("batch");
    const barriers::case_rows read = barriers::read_case_rows(page.text);
    judge_cases(here, desk, read, page);
    if (!page.sound || sent->value("do") != "stage")
        return show_import_page(here, desk, std::move(page));
    page.sound = false;
    if (!is_identifier(page.batch)) {
        page.faults.push_back({"–", "batch", here.text("barriers.import_unnamed"), {}});
        return show_import_page(here, desk, std::move(page));
    }
    const auto done = lay_ready(here, desk, barriers::import_id{page.batch}, read.rows);
    if (done) return here.redirect(here.link("barriers/import?done=barriers.stage_cases"));
    page.faults.push_back({"–", done.error().field, here.texts.sentence(done.error()), {}});
    return show_import_page(here, desk, std::move(page));
}

std::string name_for_today(const visit& here) {
    return "cases-" + to_text(date_of(here.context.now));
}

constexpr template_need barrier_import_needs[] = {
    {"barrier_import", &describe<barrier_import_page>}};

}  // namespace

bool may_import_cases(const visit& here) {
    return desk_office(here) != nullptr;
}

response barrier_import(visit& here) {
    here.above("barriers", here.text("barriers.title"));
    if (here.context.person.empty())
        return here.redirect(here.link("login?back=") + here.link("barriers/import"));
    const charter::office* desk = desk_office(here);
    if (!desk) return here.fail({&refusals::page_unknown, {}, {}});
    if (here.asked.method == "POST") return take_cases(here, *desk);
    barrier_import_page page;
    page.batch = name_for_today(here);
    return show_import_page(here, *desk, std::move(page));
}

const page_group barrier_import_pages{{}, barrier_import_needs};

}  // namespace veche::api::pages
