// Folding the agenda and papers.

#include <algorithm>

#include "assembly/agenda.hpp"
#include "assembly/assembly.hpp"
#include "assembly/papers.hpp"

namespace veche::assembly {

namespace {

agenda_item& item_in(session& s, const item_id& id) {
    return *std::find_if(s.agenda.begin(), s.agenda.end(),
                         [&](const agenda_item& item) { return item.id == id; });
}

auto at_place(std::vector<agenda_item>& agenda, std::size_t place) {
    return agenda.begin() + static_cast<std::ptrdiff_t>(place);
}

template <class Command>
agenda_item& put_new_item(state& s, const Command& c) {
    auto& agenda = s.sessions.edit(c.session).agenda;
    const agenda_gap gap = gap_of(agenda, c.before, c.under);
    agenda_item made;
    made.id = c.item;
    made.kind = c.kind;
    made.title = c.title;
    made.minutes = c.minutes;
    made.under = gap.under;
    made.not_before = c.not_before;
    return *agenda.insert(at_place(agenda, gap.at), std::move(made));
}

paper& paper_in(session& s, const paper_id& id) {
    return *std::find_if(s.papers.begin(), s.papers.end(),
                         [&](const paper& one) { return one.id == id; });
}

}  // namespace

void apply(state& s, const charter::state&, const add_item& c, const context&) {
    put_new_item(s, c);
}

void apply(state& s, const charter::state&, const add_internal_item& c, const context&) {
    put_new_item(s, c).sealed = c.sealed.commit;
}

void apply(state& s, const charter::state&, const move_item& c, const context&) {
    if (c.before == c.item) return;
    auto& agenda = s.sessions.edit(c.session).agenda;
    const auto from = std::find_if(agenda.begin(), agenda.end(),
                                   [&](const agenda_item& item) { return item.id == c.item; });
    const auto place = static_cast<std::size_t>(from - agenda.begin());
    const auto last = at_place(agenda, outline_of(agenda)[place].end);
    std::vector<agenda_item> moved(std::make_move_iterator(from), std::make_move_iterator(last));
    agenda.erase(from, last);
    const agenda_gap gap = gap_of(agenda, c.before, c.under);
    moved.front().under = gap.under;
    agenda.insert(at_place(agenda, gap.at), std::make_move_iterator(moved.begin()),
                  std::make_move_iterator(moved.end()));
}

void apply(state& s, const charter::state&, const remove_item& c, const context&) {
    session& changed = s.sessions.edit(c.session);
    std::erase_if(changed.agenda, [&](const agenda_item& item) { return item.id == c.item; });
    for (paper& p : changed.papers)
        if (p.item == c.item) p.item.reset();
}

void apply(state& s, const charter::state&, const start_item& c, const context& ctx) {
    session& changed = s.sessions.edit(c.session);
    for (agenda_item& item : changed.agenda) {
        const bool meant = stands_within(changed.agenda, c.item, item.id);
        if (meant) item.closed = false;
        if (meant && !item.running()) item.dealt_with.push_back({ctx.at, std::nullopt});
        if (!meant && item.running()) item.dealt_with.back().until = ctx.at;
    }
}

void apply(state& s, const charter::state&, const close_item& c, const context& ctx) {
    session& changed = s.sessions.edit(c.session);
    for (agenda_item& item : changed.agenda) {
        if (!stands_within(changed.agenda, item.id, c.item)) continue;
        item.closed = true;
        if (item.running()) item.dealt_with.back().until = ctx.at;
    }
}

void apply(state& s, const charter::state&, const item_placed& e, const context&) {
    agenda_item made;
    made.id = e.item;
    made.kind = item_kind::overdue;
    made.title = e.title;
    made.measure = e.measure;
    s.sessions.edit(e.session).agenda.push_back(std::move(made));
}

void apply(state& s, const charter::state&, const case_placed& e, const context&) {
    agenda_item made;
    made.id = e.item;
    made.kind = item_kind::overdue;
    made.title = e.title;
    made.about = e.about;
    s.sessions.edit(e.session).agenda.push_back(std::move(made));
}

void apply(state& s, const charter::state&, const require_papers& c, const context&) {
    session& changed = s.sessions.edit(c.session);
    (c.item ? item_in(changed, *c.item).papers : changed.paper_due) =
        paper_terms{c.due, c.languages};
}

void apply(state& s, const charter::state& charter, const add_paper& c, const context& ctx) {
    session& changed = s.sessions.edit(c.session);
    paper made;
    made.id = c.paper;
    made.item = c.item;
    made.title = c.title;
    made.language = c.language;
    made.content = c.content;
    made.at = ctx.at;
    made.seq = ctx.seq;
    made.replaces = c.replaces;
    made.translates = c.translates;
    if (const paper_id* of = c.replaces ? &*c.replaces : c.translates ? &*c.translates : nullptr)
        made.item = paper_in(changed, *of).item;
    if (c.replaces) {
        paper& old = paper_in(changed, *c.replaces);
        old.replaced_by = c.paper;
        made.version = old.version + 1;
        if (!made.translates) made.translates = old.translates;
    }
    made.due = due_of(charter, changed, made.item);
    changed.papers.push_back(std::move(made));
}

}  // namespace veche::assembly
