// Counts out of a table in the browser: it is read and tried out first, with every fault by its
// line and column; only then it may be reported, all of it in one act.

#include <algorithm>

#include "api/multipart.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/money_office.hpp"
#include "api/pages/situation_parts.hpp"
#include "api/refusal.hpp"
#include "api/secrets.hpp"
#include "api/uuid.hpp"
#include "situation/csv_counts.hpp"

namespace veche::api::pages::of_situation {

using namespace situation;

namespace {

struct import_fault {
    std::string line;
    std::string column;
    std::string said;
};
VECHE_VIEW_HERE(import_fault, (line, "Line of the table."), (column, "Its column."),
                (said, "What is wrong and what would mend it."))

struct situation_import_page {
    std::string csrf;
    std::string text;
    std::string source;
    std::string address;
    std::string reason;
    std::vector<choice_option> bases;
    std::vector<choice_option> forms;
    std::string wide;
    bool tried = false;
    bool sound = false;
    std::int64_t values = 0;
    std::int64_t changed = 0;
    std::vector<import_fault> faults;
    std::vector<import_fault> remarks;
};
VECHE_VIEW_HERE(situation_import_page, (csrf, "Token of the form."), (text, "The table."),
                (source, "Where it is from."), (address, "Where it stands on the web."),
                (reason, "Why figures change."), (bases, "What a count is of."),
                (forms, "How days are written."),
                (wide, "The series of a table with a column for each day."),
                (tried, "Whether it was tried out."), (sound, "Whether it could be reported."),
                (values, "Counts in it."), (changed, "Counts that change a figure."),
                (faults, "What is wrong."), (remarks, "What is odd and may be reported."))

/// The office under which the reader reports: by its power, or as a region's own.
std::optional<std::string> reporting_office(visit& here) {
    if (here.context.person.empty()) return std::nullopt;
    if (auto by_power = office_with_power(here, "situation")) return by_power;
    const auto view = here.ask<overview_view>(overview_query{});
    if (!view) return std::nullopt;
    for (const auto* office :
         here.charter.offices_of({here.context.person}, date_of(here.context.now)))
        for (const region_row& row : (*view)->regions)
            if (row.office == office->id) return office->id.value;
    return std::nullopt;
}

/// What a form sent, or the first choice.
template <class Enum>
Enum choice_in(std::string_view sent) {
    return enum_named<Enum>(sent).value_or(Enum{});
}

situation_import_page page_with(const visit& here, const form& sent) {
    situation_import_page page;
    page.csrf = here.context.csrf;
    page.text = sent.value("text");
    for (const upload& one : sent.uploads)
        if (!one.bytes.empty()) page.text = one.bytes;
    page.source = sent.value("source");
    page.address = sent.value("address");
    page.reason = sent.value("reason");
    page.wide = sent.value("wide");
    page.bases = enum_options(here, std::optional(choice_in<count_basis>(sent.value("basis"))));
    page.forms = enum_options(here, std::optional(choice_in<day_form>(sent.value("days"))));
    return page;
}

void add_faults(const visit& here, const csv_counts& read, const judge_view& judged,
                situation_import_page& page) {
    const auto add = [&](std::int64_t line, const std::string& column, const refusal_record& why) {
        page.faults.push_back({std::to_string(line), column, here.texts.sentence(why)});
    };
    for (const file_problem& one : read.problems) add(one.line, one.column, one.why);
    for (const count_problem& one : judged.problems) {
        const auto& cells = read.places[static_cast<std::size_t>(one.run)];
        const cell_place& at =
            cells[static_cast<std::size_t>(std::max<std::int64_t>(0, one.value))];
        add(at.line, at.column, one.why);
    }
}

void add_remarks(const visit& here, const csv_counts& read, count_basis basis,
                 situation_import_page& page) {
    for (const file_remark& one : remarks_on(read, basis))
        page.remarks.push_back(
            {std::to_string(one.at.line), one.at.column,
             here.text(one.fell ? "situation.remark_fell" : "situation.remark_gap",
                       {{"region", one.region.value},
                        {"series", one.series.value},
                        {"from", to_text(one.from)},
                        {"to", to_text(one.to)},
                        {"n", here.texts.locale().number(one.amount)}})});
}

response report_now(visit& here, const form& sent, const std::string& office,
                    std::vector<count_run> runs, situation_import_page page) {
    report_counts c;
    c.runs = std::move(runs);
    c.basis = choice_in<count_basis>(sent.value("basis"));
    c.source = page.source;
    if (!page.address.empty()) c.address = page.address;
    if (!page.reason.empty()) c.reason = {{here.lang, page.reason}};
    const auto done = here.context.office.submit_unsigned(report_counts::wire.type, to_json(c),
                                                          {here.context.person}, office,
                                                          make_uuid7(here.context.now.ms));
    if (done) return here.redirect(here.link("situation"));
    page.sound = false;
    page.faults.push_back({"–", done.error().field, here.texts.sentence(done.error())});
    here.page.failed = true;
    return here.show("situation_import", page, 422);
}

response take_table(visit& here, const std::string& office) {
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    if (!is_same_secret(sent->value("csrf"), here.context.csrf))
        return here.fail({&api::refusals::form_expired, {}, {}});
    situation_import_page page = page_with(here, *sent);
    csv_layout how;
    how.wide = page.wide;
    how.days = choice_in<day_form>(sent->value("days"));
    csv_counts read = read_csv_counts(page.text, how);
    judge_query asked{read.runs, choice_in<count_basis>(sent->value("basis")), office};
    VECHE_SHOW_OR_FAIL(judged, here, here.ask<judge_view>(asked));
    page.tried = true;
    page.values = judged->values;
    page.changed = judged->changed;
    add_faults(here, read, *judged, page);
    add_remarks(here, read, asked.basis, page);
    page.sound = page.faults.empty();
    if (page.sound && sent->value("do") == "report")
        return report_now(here, *sent, office, std::move(read.runs), std::move(page));
    here.page.failed = !page.sound;
    return here.show("situation_import", page, page.sound ? 200 : 422);
}

}  // namespace

response situation_import(visit& here) {
    if (here.context.person.empty())
        return here.redirect(here.link("login?back=") + here.link("situation/import"));
    const auto office = reporting_office(here);
    here.above("situation", here.text("situation.title"));
    if (!office) return here.fail({&api::refusals::page_unknown, {}, {}});
    if (here.asked.method == "POST") return take_table(here, *office);
    form nothing;
    return here.show("situation_import", page_with(here, nothing));
}

namespace {
constexpr template_need import_needs[] = {{"situation_import", &describe<situation_import_page>}};
}  // namespace

}  // namespace veche::api::pages::of_situation

namespace veche::api::pages {

const page_group situation_import_pages{{}, of_situation::import_needs};

}  // namespace veche::api::pages
