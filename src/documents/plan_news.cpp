#include "documents/plan_news.hpp"

namespace veche::documents {

using registry::item_row;
using registry::item_standing;

namespace {

std::string item_page(const item_row& one) {
    return "links/" + one.link.value + "#item-" + one.item.value;
}

std::string sides_text(const setting& in, const item_row& one) {
    return in.name(one.a) + " \u2013 " + in.name(one.b);
}

std::string owing_text(const setting& in, const item_row& one) {
    std::string out;
    for (const registry::owing_side& side : one.owes)
        out += (out.empty() ? "" : ", ") + in.name(side.names);
    return out;
}

}  // namespace

feed_entry lateness_of(const setting& in, const item_row& one) {
    return {"late/plan/" + one.link.value + ":" + one.item.value + "/" + to_text(one.last_day),
            item_page(one), in.word("item_late", {{"title", in.name(one.text)}}),
            sides_text(in, one) + "; " + owing_text(in, one), plus_days(start_of(one.last_day), 1)};
}

feed_entry news_of(const setting& in, const item_row& one) {
    return {"plan/" + one.link.value + ":" + one.item.value + "/" + std::to_string(one.changes),
            item_page(one), in.name(one.text) + ": " + in.choice(one.standing), sides_text(in, one),
            one.changed};
}

calendar_event event_of(const setting& in, const item_row& one) {
    calendar_event made;
    made.uid = "plan-" + one.link.value + ":" + one.item.value;  // no name has a colon
    made.path = item_page(one);
    made.title = in.word("item_due", {{"title", in.name(one.text)}});
    made.text = sides_text(in, one) + "\n" + owing_text(in, one) + "\n" + in.choice(one.standing);
    made.kind = "DEADLINE";
    made.day = one.last_day;
    made.sequence = one.changes - 1;
    made.stamp = one.changed;
    made.cancelled =
        one.standing == item_standing::dropped || one.standing == item_standing::resting;
    made.remind = one.standing == item_standing::planned;
    return made;
}

}  // namespace veche::documents
