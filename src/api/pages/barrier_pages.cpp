// Barriers to trade and movement: the list with its ranking by cost, a case with every clock, how
// members keep the clocks, and draft rules. How one reports is in barrier_reports.cpp.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/barrier_reports.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/following.hpp"
#include "api/pages/money_office.hpp"
#include "api/pages/paging.hpp"
#include "api/refusal.hpp"
#include "barriers/views.hpp"

namespace veche::api::pages {
namespace {

/// A case of the list, with what takes words.
struct barrier_line {
    barriers::barrier_row row;
    std::string clock;
    std::string cost;
    std::string range;
    std::string touched;
    std::string reports;
};
VECHE_VIEW_HERE(barrier_line, (row, "The case."), (clock, "Days left or late, in words."),
                (cost, "What it costs, with its unit."), (range, "The interval of that."),
                (touched, "The trade that it touches, with its unit."),
                (reports, "How often it was reported, in words."))

struct barriers_page {
    shown<barriers::barriers_view> list;
    std::vector<barrier_line> lines;
    std::string words;
    std::string heading;
    std::vector<choice_option> classes;
    std::vector<choice_option> members;
    std::vector<choice_option> states;
    std::vector<choice_option> orders;
    bool late = false;
    bool filtered = false;
    bool may_import = false;
    std::string query;
    std::optional<paging> pages;
};
VECHE_VIEW_HERE(barriers_page, (list, "Cases, as far as they were asked for."),
                (lines, "The same in words."), (words, "Words looked for."),
                (heading, "Heading of goods looked for."), (classes, "Classes to choose from."),
                (members, "Members to choose from."), (states, "States to choose from."),
                (orders, "Orders to choose from."), (late, "Whether only late ones are asked for."),
                (filtered, "Whether a filter is set."),
                (may_import, "Whether the reader may take cases over from a file."),
                (query, "The filter as part of an address."),
                (pages, "Where the reader is in a long list."))

struct step_line {
    barriers::step_row step;
    std::string clock;
};
VECHE_VIEW_HERE(step_line, (step, "The step."), (clock, "Days left or late, in words."))

struct figure_line {
    std::string label;
    std::string value;
    std::string range;
};
VECHE_VIEW_HERE(figure_line, (label, "What it is."), (value, "Value and unit."),
                (range, "Its interval, in words."))

struct barrier_page {
    shown<barriers::barrier_view> view;
    std::string name;
    std::string clock;
    std::vector<step_line> steps;
    std::vector<figure_line> figures;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(barrier_page, (view, "The case."), (name, "Its title, or its number."),
                (clock, "Days left or late, in words."), (steps, "Steps with their clocks."),
                (figures, "What it costs, in words."), (acts, "What the reader may do."))

struct scores_page {
    shown<barriers::scoreboard_view> board;
};
VECHE_VIEW_HERE(scores_page, (board, "Each member, and last the body's own steps."))

struct draft_line {
    barriers::draft_row row;
    std::string clock;
};
VECHE_VIEW_HERE(draft_line, (row, "The draft."), (clock, "Days left or late, in words."))

struct draft_rules_page {
    shown<barriers::drafts_view> drafts;
    std::vector<draft_line> lines;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(draft_rules_page, (drafts, "Draft rules."), (lines, "The same in words."),
                (acts, "What the reader may do."))

struct draft_rule_page {
    shown<barriers::draft_view> view;
    std::string clock;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(draft_rule_page, (view, "The draft."), (clock, "Days left or late, in words."),
                (acts, "What the reader may do."))

/// "3 days left", "12 days late", "" where no clock runs.
std::string clock_words(const visit& here, const std::optional<std::int64_t>& left) {
    if (!left) return {};
    const bool late = *left < 0;
    return here.text(late ? "barriers.days_late" : "barriers.days_left",
                     {{"n", late ? -*left : *left}});
}

/// A figure as the language writes it; what is no plain number stays as it was published.
std::string figure_written(const visit& here, const std::string& figure) {
    const bool plain =
        !figure.empty() && figure.find_first_not_of("-.0123456789") == std::string::npos;
    return plain ? here.texts.locale().digits(figure) : figure;
}

/// "7.1 %", "1,082 thousand USD".
std::string valued(const visit& here, const barriers::cost_figure& one) {
    const std::string value = figure_written(here, one.value);
    const std::size_t space = one.unit.find(' ');
    const std::string times = one.unit.substr(0, space);
    if (space != std::string::npos && (times == "1000" || times == "1000000"))
        return here.text(times == "1000" ? "barriers.thousand" : "barriers.million",
                         {{"value", value}, {"unit", one.unit.substr(space + 1)}});
    const bool counted = !one.unit.empty() && one.unit.front() >= '0' && one.unit.front() <= '9';
    return value + (counted ? " × " : " ") + one.unit;
}

std::string figure_words(const visit& here, const std::optional<barriers::cost_figure>& figure) {
    return figure ? valued(here, *figure) : std::string();
}

std::string range_words(const visit& here, const std::optional<barriers::cost_figure>& figure) {
    if (!figure || !figure->low || !figure->high) return {};
    return here.text("barriers.range", {{"low", figure_written(here, *figure->low)},
                                        {"high", figure_written(here, *figure->high)}});
}

barriers::barriers_query cases_asked(const visit& here) {
    barriers::barriers_query query;
    if (const auto words = here.asked.query_value("q"); !words.empty())
        query.query = std::string(words);
    query.class_ = enum_asked<barriers::barrier_class>(here, "class");
    query.standing = enum_asked<barriers::barrier_standing>(here, "state");
    query.order = enum_asked<barriers::barrier_order>(here, "order");
    if (const std::string member = identifier_asked(here, "member"); !member.empty())
        query.member = member_id{member};
    if (const std::string heading = identifier_asked(here, "heading"); !heading.empty())
        query.heading = heading;
    if (here.asked.query_value("late") == "yes") query.late = true;
    return query;
}

barrier_line case_line(const visit& here, const barriers::barrier_row& row) {
    return {row,
            clock_words(here, row.days_left),
            figure_words(here, row.cost),
            range_words(here, row.cost),
            figure_words(here, row.touched),
            row.taken_from && row.reports == 0
                ? *row.taken_from
                : here.text("barriers.reported_times", {{"n", row.reports}})};
}

std::string title_of_case(const visit& here, const barriers::barrier_row& row) {
    if (!row.title.empty()) return here.name_of(row.title);
    return here.text("barriers.report_n", {{"n", row.barrier.value}});
}

response cases_feed(const visit& here, const barriers::barriers_view& cases) {
    std::vector<documents::feed_entry> entries;
    for (const barriers::barrier_row& row : cases.barriers) {
        const std::string standing =
            here.text("choice.barrier_standing." + std::string(name_of(row.standing)));
        entries.push_back({"barriers/" + row.barrier.value, "barriers/" + row.barrier.value,
                           title_of_case(here, row), standing, start_of(row.changed)});
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return a.updated > b.updated; });
    if (entries.size() > newest_in_feed) entries.resize(newest_in_feed);
    return atom_feed(here, "barriers" + query_text(here), here.text("barriers.feed"),
                     std::move(entries));
}

response all_cases(visit& here) {
    barriers::barriers_query query = cases_asked(here);
    if (here.form.empty()) {
        query.offset = rows_before(here);
        query.count = rows_per_page;
    }
    VECHE_SHOW_OR_FAIL(cases, here, here.ask<barriers::barriers_view>(query));
    if (here.form == "json") return here.json(*cases);
    if (here.form == "csv") return here.csv(cases->barriers);
    if (here.form == "atom") return cases_feed(here, *cases);
    barriers_page page;
    page.list = cases;
    for (const barriers::barrier_row& row : cases->barriers)
        page.lines.push_back(case_line(here, row));
    page.words = query.query.value_or("");
    page.heading = query.heading.value_or("");
    page.classes = enum_options(here, query.class_);
    page.states = enum_options(here, query.standing);
    page.orders = enum_options(here, query.order);
    page.members = member_options(here, query.member ? query.member->value : "");
    page.late = query.late.has_value();
    page.filtered = query.query || query.class_ || query.standing || query.member || query.late ||
                    query.heading;
    page.may_import = may_import_cases(here);
    page.query = query_text(here);
    page.pages = paging_of(here, cases->found);
    offer_atom(here, "barriers", page.query);
    return here.show("barriers", page);
}

/// The reader's office with the power, that of the member where it is its contact point.
std::optional<std::string> contact_office(const visit& here,
                                          const std::optional<member_id>& member) {
    const person_id person{here.context.person};
    for (const charter::office* one : here.charter.offices_of(person, date_of(here.context.now))) {
        const bool has = std::find(one->powers.begin(), one->powers.end(), "answer_barriers") !=
                         one->powers.end();
        if (has && one->member && (!member || one->member == member)) return one->id.value;
    }
    return std::nullopt;
}

std::vector<act> acts_on_case(const visit& here, const barriers::barrier_view& view) {
    using at = barriers::barrier_standing;
    act_list acts(here, "barriers/" + here.id);
    const std::vector<act_field> it{{"barrier", here.id}};
    const at now = view.row.standing;
    const auto desk = office_with_power(here, "barriers");
    const auto contact = contact_office(here, view.row.member);
    const auto panel = office_with_power(here, "judge_barriers");
    const auto tester = office_with_power(here, "test_barriers");
    if (view.row.into) {
        acts.form(barriers::unlink_duplicate::wire.type, desk, it);
        return acts.take();
    }
    if (now == at::waiting) {
        acts.form(barriers::register_case::wire.type, desk, it);
        acts.form(barriers::decline::wire.type, desk, it);
        if (view.draft) acts.form(barriers::publish_comment::wire.type, desk, it);
    }
    const bool early = now == at::position || now == at::finding || now == at::panel;
    if (now == at::waiting || early) acts.form(barriers::link_duplicate::wire.type, desk, it);
    if (early) acts.form(barriers::answer::wire.type, contact_office(here, std::nullopt), it);
    if (now == at::finding || (now == at::position && view.row.late))
        acts.form(barriers::give_finding::wire.type, desk, it);
    if (now == at::panel) {
        acts.form(barriers::vote_class::wire.type, panel, it);
        acts.button(barriers::qualify::wire.type, panel, it);
    }
    if (now == at::measures) {
        acts.form(barriers::promise_remedy::wire.type, contact, it);
        acts.form(barriers::prove_remedy::wire.type, contact, it);
        acts.form(barriers::claim_removal::wire.type, contact, it);
    }
    if (now == at::claimed) acts.form(barriers::record_test::wire.type, tester, it);
    if (now == at::checking) acts.form(barriers::record_check::wire.type, tester, it);
    if (now == at::declined || now == at::not_found || now == at::removed || now == at::closed)
        acts.form(barriers::reopen::wire.type, desk, it);
    if (!view.versions.empty()) {
        acts.form(barriers::weigh::wire.type, desk, it);
        acts.form(barriers::register_case::wire.type, desk, it);
    }
    return acts.take();
}

response one_barrier(visit& here) {
    VECHE_SHOW_OR_FAIL(view, here,
                       here.ask<barriers::barrier_view>(barriers::barrier_query{{here.id}}));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->steps);
    here.above("barriers", here.text("barriers.title"));
    offer_follow(here, "barrier/" + here.id);
    barrier_page page;
    page.view = view;
    page.name = title_of_case(here, view->row);
    page.clock = clock_words(here, view->row.days_left);
    for (const barriers::step_row& one : view->steps)
        page.steps.push_back({one, clock_words(here, one.days_left)});
    if (view->weight)
        for (const barriers::cost_figure& one : view->weight->figures)
            page.figures.push_back(
                {here.text("barriers." + one.name), valued(here, one), range_words(here, one)});
    page.acts = acts_on_case(here, *view);
    return here.show("barrier", page);
}

response scoreboard(visit& here) {
    VECHE_SHOW_OR_FAIL(board, here,
                       here.ask<barriers::scoreboard_view>(barriers::scoreboard_query{}));
    if (here.form == "json") return here.json(*board);
    if (here.form == "csv") return here.csv(board->members);
    here.above("barriers", here.text("barriers.title"));
    return here.show("barrier_scores", scores_page{board});
}

response barrier_section(visit& here) {
    here.page.door = "programme";
    if (here.id.empty()) return all_cases(here);
    if (here.id == "report") return report_form(here);
    if (here.id == "mine") return own_report(here);
    if (here.id == "seal") return sealed_word(here);
    if (here.id == "scoreboard") return scoreboard(here);
    if (here.id == "import") return barrier_import(here);
    return one_barrier(here);
}

response all_drafts(visit& here) {
    VECHE_SHOW_OR_FAIL(drafts, here, here.ask<barriers::drafts_view>(barriers::drafts_query{}));
    if (here.form == "json") return here.json(*drafts);
    if (here.form == "csv") return here.csv(drafts->drafts);
    draft_rules_page page;
    page.drafts = drafts;
    for (const barriers::draft_row& row : drafts->drafts)
        page.lines.push_back({row, clock_words(here, row.days_left)});
    act_list acts(here, "draft-rules");
    acts.form(barriers::notify_draft::wire.type, contact_office(here, std::nullopt), {});
    page.acts = acts.take();
    here.above("barriers", here.text("barriers.title"));
    return here.show("draft_rules", page);
}

response one_draft(visit& here) {
    VECHE_SHOW_OR_FAIL(view, here,
                       here.ask<barriers::draft_view>(barriers::draft_query{{here.id}}));
    if (here.form == "json") return here.json(*view);
    here.above("barriers", here.text("barriers.title"));
    here.above("draft-rules", here.text("barriers.drafts"));
    draft_rule_page page;
    page.view = view;
    page.clock = clock_words(here, view->row.days_left);
    act_list acts(here, "draft-rules/" + here.id);
    const std::vector<act_field> it{{"draft", here.id}};
    const auto own = contact_office(here, view->row.member);
    if (view->row.standing == barriers::draft_standing::open)
        acts.form(barriers::comment_draft::wire.type, contact_office(here, std::nullopt), it);
    else if (view->row.standing != barriers::draft_standing::ended)
        acts.form(barriers::reply_draft::wire.type, own, it);
    if (view->row.standing != barriers::draft_standing::ended)
        acts.form(barriers::end_draft::wire.type, own, it);
    page.acts = acts.take();
    return here.show("draft_rule", page);
}

response draft_rules(visit& here) {
    here.page.door = "programme";
    return here.id.empty() ? all_drafts(here) : one_draft(here);
}

constexpr page_route barrier_routes[] = {{"barriers", barrier_section},
                                         {"draft-rules", draft_rules}};
constexpr template_need barrier_needs[] = {{"barriers", &describe<barriers_page>},
                                           {"barrier", &describe<barrier_page>},
                                           {"barrier_scores", &describe<scores_page>},
                                           {"draft_rules", &describe<draft_rules_page>},
                                           {"draft_rule", &describe<draft_rule_page>}};

}  // namespace

std::vector<choice_option> member_options(const visit& here, std::string_view chosen) {
    std::vector<choice_option> out;
    for (const charter::member& one : here.charter.document().members)
        out.push_back({one.id.value, here.name_of(one.name), one.id.value == chosen});
    return out;
}

const page_group barrier_pages{barrier_routes, barrier_needs};

}  // namespace veche::api::pages
