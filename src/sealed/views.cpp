#include "sealed/views.hpp"

#include <algorithm>

#include "sealed/refusal.hpp"

namespace veche::sealed {
namespace {

std::vector<reader_view> show_readers(const charter::state& c, const sealed_text& t) {
    std::vector<reader_view> out;
    for (const reader& one : readers_of(c, t)) {
        reader_view& shown = out.emplace_back();
        shown.body = one.body;
        if (const auto* body = c.find_body(one.body)) shown.body_name = body->name;
        shown.office = one.office;
        if (one.office)
            if (const auto* office = c.find_office(*one.office)) shown.office_name = office->name;
        shown.power = one.power;
    }
    return out;
}

template <class Step>
step_view show_step(const charter::state& c, const Step& step) {
    return {step.by, c.title_of(step.by), step.auth, step.at, static_cast<std::int64_t>(step.seq)};
}

bool wanted(const sealed_text& t, const texts_query& q) {
    const bool of_body =
        !q.body || std::find(t.bodies.begin(), t.bodies.end(), *q.body) != t.bodies.end();
    return of_body && (!q.of || t.from.of == *q.of) && (!q.status || t.status == *q.status);
}

}  // namespace

result<text_view> ask(const world& w, const text_query& q, const viewer& who) {
    const sealed_text* t = w.own.texts.find(q.sealed);
    if (!t) return refuse(refusals::text_unknown, "sealed", q.sealed.value);
    text_view out;
    out.sealed = t->seal;
    out.from = t->from;
    out.title = t->title;
    out.status = t->status;
    out.at = t->at;
    out.seq = static_cast<std::int64_t>(t->seq);
    out.readers = show_readers(w.charter, *t);
    if (t->proposal)
        out.proposal = request_view{t->proposal->kind, t->proposal->ground,
                                    show_step(w.charter, *t->proposal)};
    if (t->confirmed) out.confirmed = show_step(w.charter, *t->confirmed);
    if (t->status == text_status::disclosed) {
        out.salt = t->salt;
        out.text = t->text;
    }
    const date today = date_of(who.now);
    out.reads_as = reading_right(w.charter, *t, who.person, today);
    out.unseals_as = unsealing_right(w.charter, *t, who.person, today);
    out.own_proposal = t->proposal && !who.person.empty() && t->proposal->by == who.person;
    return out;
}

result<texts_view> ask(const world& w, const texts_query& q, const viewer& who) {
    texts_view out;
    const date today = date_of(who.now);
    for (const auto& [id, t] : w.own.texts) {
        if (!wanted(t, q)) continue;
        const bool may = t.status == text_status::disclosed ||
                         reading_right(w.charter, t, who.person, today).has_value();
        out.texts.push_back(
            {id, t.from, t.title, t.status, t.at, static_cast<std::int64_t>(t.seq), may});
    }
    std::sort(out.texts.begin(), out.texts.end(),
              [](const text_row& a, const text_row& b) { return a.seq > b.seq; });
    return out;
}

}  // namespace veche::sealed
