#include "documents/yearly.hpp"

#include <algorithm>

namespace veche::documents {

using namespace programme;

namespace {

std::string with_unit(const setting& in, const std::optional<ratio>& value,
                      const std::string& unit) {
    return value ? render::ratio_text(*value, in.around) + " " + unit : std::string();
}

std::string target_words(const setting& in, const year_row& row) {
    std::string said = in.choice(row.indicator_.form);
    const std::string number = with_unit(in, row.indicator_.target, row.indicator_.unit);
    if (!number.empty()) said += ": " + number;
    if (row.indicator_.placeholder.value_or(false)) said += " (" + in.word("placeholder") + ")";
    return said;
}

std::string value_words(const setting& in, const measure_row& row) {
    std::string said = with_unit(in, row.value, row.unit);
    if (said.empty()) return in.word("no_value");
    if (!row.period.empty()) said += ", " + row.period;
    if (row.computed) said += " (" + in.word("from_journal") + ")";
    return said;
}

std::string sum_words(const setting& in, const std::vector<amount>& sums) {
    std::string said;
    for (const amount& one : sums)
        said += (said.empty() ? "" : "; ") + render::amount_text(one, in.around);
    return said.empty() ? "\u2013" : said;
}

std::string day(const setting& in, date on) {
    return render::date_text(on, in.around);
}

block counts_of(const setting& in, const year_view& year) {
    const auto number = [](std::int64_t n) { return std::to_string(n); };
    const programme_totals& t = year.totals;
    return facts_block({{in.word("as_of"), day(in, year.as_of)},
                        {in.text("programme.all"), number(t.all)},
                        {in.text("programme.done"), number(t.done)},
                        {in.text("programme.late"), number(t.late + t.very_late)},
                        {in.text("choice.target_state.met"), number(year.met)},
                        {in.text("choice.target_state.on_the_way"), number(year.on_the_way)},
                        {in.text("choice.target_state.missed"), number(year.missed)},
                        {in.text("choice.target_state.not_known"), number(year.not_known)}});
}

block measures_of(const setting& in, const year_view& year, document& into) {
    std::vector<std::vector<std::string>> rows;
    for (const year_row& row : year.measures) {
        const measure_row& m = row.measure;
        into.entries.push_back(m.seq);
        rows.push_back({m.id.value + ". " + in.name(m.title), in.name(m.owner_name),
                        day(in, m.due) + ", " + in.choice(m.status), target_words(in, row),
                        value_words(in, m), in.choice(m.state), sum_words(in, row.money)});
    }
    return table_block(in.text("programme.measures"),
                       {{in.text("field.measure"), 5},
                        {in.text("field.owner"), 3},
                        {in.text("field.due"), 3},
                        {in.text("field.target"), 3},
                        {in.text("measure.value"), 3},
                        {in.text("measure.state"), 2},
                        {in.text("measure.money"), 3}},
                       rows);
}

void add_late(const setting& in, const year_view& year, document& into) {
    into.blocks.push_back(heading(in.text("late.title")));
    std::vector<const measure_row*> late;
    for (const year_row& row : year.measures)
        if (row.measure.days_late > 0) late.push_back(&row.measure);
    std::stable_sort(late.begin(), late.end(), [](const measure_row* a, const measure_row* b) {
        return a->days_late > b->days_late;
    });
    if (late.empty()) return into.blocks.push_back(text_block(in.text("late.none")));
    std::vector<std::vector<std::string>> rows;
    for (const measure_row* m : late)
        rows.push_back({m->id.value + ". " + in.name(m->title), in.name(m->owner_name),
                        day(in, m->due), in.text("measure.days_late", {{"n", m->days_late}}),
                        m->escalated_to ? in.name(m->escalated_to_name) : "\u2013"});
    into.blocks.push_back(table_block(in.text("late.title"),
                                      {{in.text("field.measure"), 5},
                                       {in.text("field.owner"), 3},
                                       {in.text("field.due"), 2},
                                       {in.text("late.days"), 2},
                                       {in.text("late.seized"), 3}},
                                      rows));
}

void add_decisions(const setting& in, std::vector<assembly::decision_row> decisions,
                   document& into) {
    into.blocks.push_back(heading(in.word("decisions_of_year")));
    if (decisions.empty()) return into.blocks.push_back(text_block(in.text("decisions.none")));
    std::sort(decisions.begin(), decisions.end(),
              [](const auto& a, const auto& b) { return a.id.value < b.id.value; });
    std::vector<std::vector<std::string>> rows;
    for (const auto& one : decisions)
        rows.push_back({one.id.value + ". " + in.name(one.title), in.name(one.body.name),
                        in.moment(one.at), in.choice(one.fate)});
    into.blocks.push_back(table_block(in.word("decisions_of_year"),
                                      {{in.text("field.decision"), 5},
                                       {in.text("field.body"), 3},
                                       {in.text("decision.taken"), 3},
                                       {in.text("decision.fate"), 2}},
                                      rows));
}

}  // namespace

document yearly_of(const setting& in, const year_view& year,
                   const std::vector<assembly::decision_row>& decisions) {
    const std::string number = std::to_string(year.year);
    document made = begin_document(in, "yearly/" + number, in.word("yearly"),
                                   in.word("yearly_title", {{"year", number}}));
    made.blocks.push_back(counts_of(in, year));
    made.blocks.push_back(heading(in.text("programme.measures")));
    if (year.measures.empty())
        made.blocks.push_back(text_block(in.text("programme.none")));
    else
        made.blocks.push_back(measures_of(in, year, made));
    made.blocks.push_back(text_block(in.word("yearly_how")));
    add_late(in, year, made);
    add_decisions(in, decisions, made);
    end_document(in, made);
    return made;
}

}  // namespace veche::documents
