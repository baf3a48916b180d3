// Following with an account: the button, the page of what one follows and how one is told, the
// links that mails carry, and the private feed and calendar.

#include "api/mail_message.hpp"
#include "api/multipart.hpp"
#include "api/news_words.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/following.hpp"
#include "api/refusal.hpp"
#include "api/secrets.hpp"
#include "api/urlencoded.hpp"
#include "documents/plan_news.hpp"
#include "kernel/text.hpp"

namespace veche::api::pages {

void offer_follow(visit& here, const std::string& thing) {
    follow_offer offer{thing, false, false};
    here.context.office.read([&](const office::state& now) { offer.over = is_over(now, thing); });
    if (here.context.follows != nullptr && !here.context.person.empty())
        if (const auto on = here.context.follows->follows({here.context.person}, thing))
            offer.on = *on;
    if (offer.on || !offer.over) here.page.follow = std::move(offer);
}

namespace {

struct followed_row {
    std::string thing;
    std::string kind;
    std::string title;
    std::string href;
    bool over = false;
};
VECHE_VIEW_HERE(followed_row, (thing, "Kind and id."), (kind, "What it is."), (title, "Its title."),
                (href, "Its page."), (over, "Whether nothing more comes of it."))

struct follows_page {
    std::vector<followed_row> things;
    bool mails = false;
    std::string address;
    std::string wanted;
    bool unreachable = false;
    std::string digest;
    bool urgent = false;
    std::string language;
    std::string feed;
    std::string calendar;
    std::string fault;
    std::string entered;
};
VECHE_VIEW_HERE(follows_page, (things, "What the reader follows."),
                (mails, "Whether mail is sent."), (address, "Confirmed address."),
                (wanted, "Address that waits for confirmation."),
                (unreachable, "Whether the address took no mail."),
                (digest, "daily, weekly, never."), (urgent, "Whether urgent news come at once."),
                (language, "Language of the mail."), (feed, "Address of the private feed."),
                (calendar, "Address of the private calendar."),
                (fault, "What is wrong with the address."), (entered, "Address as entered."))

/// A page with one sentence and perhaps one button.
struct link_page {
    std::string address;
    bool done = false;
};
VECHE_VIEW_HERE(link_page, (address, "The mail address."), (done, "Whether it is done."))

refusal unknown_page() {
    return {&refusals::page_unknown, {}, {}};
}

std::vector<followed_row> rows_of(const visit& here, const std::vector<std::string>& things) {
    std::vector<followed_row> rows;
    const auto in = setting_of(here);
    here.context.office.read([&](const office::state& now) {
        for (const std::string& thing : things)
            rows.push_back({thing, kind_of(in, thing), title_of(in, now, thing),
                            here.link(page_of(thing)), is_over(now, thing)});
    });
    return rows;
}

response show_follows(visit& here, const follower& who, const std::string& entered = {},
                      const std::string& fault = {}) {
    follows_page page;
    VECHE_SHOW_OR_FAIL(things, here, here.context.follows->things_of(who.person));
    page.things = rows_of(here, things);
    page.mails = here.context.mails;
    page.address = who.address;
    page.wanted = who.wanted;
    page.unreachable = who.unreachable;
    page.digest = std::string(name_of(who.wishes.digest));
    page.urgent = who.wishes.urgent;
    page.language = who.wishes.language;
    if (!who.feed.empty()) {
        page.feed = here.context.public_url + here.link("my/" + who.feed + ".atom");
        page.calendar = here.context.public_url + here.link("my/" + who.feed + ".ics");
    }
    page.entered = fault.empty() ? (who.wanted.empty() ? who.address : who.wanted) : entered;
    page.fault = fault;
    here.page.failed = !fault.empty();
    here.above("me", here.text("page.my_page"));
    return here.show("follows", page, fault.empty() ? 200 : 422);
}

response back_to(const visit& here, const std::string& rest, std::string_view done) {
    const char mark = rest.find('?') == std::string::npos ? '?' : '&';
    return here.redirect(here.link(rest) + mark + "done=follow." + std::string(done));
}

mail_wishes wishes_from(const visit& here, const form& sent) {
    mail_wishes wishes{digest_rhythm::daily, sent.value("urgent") == "on", here.lang};
    if (sent.value("digest") == "weekly") wishes.digest = digest_rhythm::weekly;
    if (sent.value("digest") == "never") wishes.digest = digest_rhythm::never;
    if (here.site.texts.find(sent.value("language")) != nullptr)
        wishes.language = sent.value("language");
    return wishes;
}

response save_mail(visit& here, const follower& who, const form& sent) {
    follow_store& follows = *here.context.follows;
    if (const auto saved = follows.set_wishes(who.person, wishes_from(here, sent)); !saved)
        return here.fail(saved.error());
    // Spaces around an address come from pasting.
    const std::string address(text::trim(sent.value("address"), " \t\r\n"));
    if (address == who.address && who.wanted.empty()) return back_to(here, "follows", "saved");
    if (!address.empty() && !here.context.mails)
        return here.fail({&refusals::mail_off, "address", {}});
    if (!address.empty() && !is_mail_address(address))
        return show_follows(here, who, address,
                            here.texts.sentence({&refusals::mail_address, "address", {}}));
    if (address != who.address || address.empty()) {
        if (const auto put = follows.want_address(who.person, address, here.context.now.ms); !put)
            return here.fail(put.error());
        return back_to(here, "follows", address.empty() ? "saved" : "asked");
    }
    return back_to(here, "follows", "saved");
}

response change_follows(visit& here, const follower& who) {
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    if (!is_same_secret(sent->value("csrf"), here.context.csrf))
        return here.fail({&refusals::form_expired, {}, {}});
    follow_store& follows = *here.context.follows;
    const std::string_view what = sent->value("what");
    if (what == "mail") return save_mail(here, who, *sent);
    if (what == "feed" || what == "no_feed") {
        const auto put = follows.renew_feed(who.person, what == "feed");
        return put ? back_to(here, "follows", what == "feed" ? "renewed" : "saved")
                   : here.fail(put.error());
    }
    if (what == "erase") {
        const auto gone = follows.erase(who.person);
        return gone ? back_to(here, "me", "erased") : here.fail(gone.error());
    }
    return here.fail(unknown_page());
}

response to_login(const visit& here) {
    return here.redirect(here.link("login?back=" + percent_encode(here.link("follows"))));
}

response follows(visit& here) {
    if (here.context.follows == nullptr || !here.id.empty()) return here.fail(unknown_page());
    if (here.context.person.empty()) return to_login(here);
    VECHE_SHOW_OR_FAIL(who, here, here.context.follows->ensure({here.context.person}, here.lang));
    return here.asked.method == "POST" ? change_follows(here, who) : show_follows(here, who);
}

/// The button on the page of a thing.
response follow(visit& here) {
    if (here.context.follows == nullptr || here.asked.method != "POST")
        return here.fail(unknown_page());
    if (here.context.person.empty()) return to_login(here);
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    if (!is_same_secret(sent->value("csrf"), here.context.csrf))
        return here.fail({&refusals::form_expired, {}, {}});
    const std::string thing(sent->value("thing"));
    const bool on = sent->value("on") == "1";
    bool known = false;
    here.context.office.read([&](const office::state& now) { known = is_thing(now, thing); });
    // What is followed and no longer there can still be left.
    if (on && !known) return here.fail({&refusals::thing_unknown, "thing", {thing}});
    const person_id person{here.context.person};
    VECHE_SHOW_OR_FAIL(who, here, here.context.follows->ensure(person, here.lang));
    if (const auto put = here.context.follows->follow(who.person, thing, on); !put)
        return here.fail(put.error());
    const std::string back = sent->value("back") == "follows" ? "follows" : page_of(thing);
    const bool told = !who.address.empty() || !who.feed.empty();
    return back_to(here, back, !on ? "ended" : told ? "begun" : "begun_untold");
}

/// The link in the mail that asks whether an address is its owner's. Opening it does nothing:
/// programs that look at mail open links.
response confirm(visit& here) {
    if (here.context.follows == nullptr) return here.fail(unknown_page());
    VECHE_SHOW_OR_FAIL(who, here,
                       here.context.follows->find_by_confirm(here.id, here.context.now.ms));
    if (!who || here.id.empty()) return here.fail({&refusals::link_dead, {}, {}});
    if (here.asked.method != "POST") return here.show("confirm", link_page{who->wanted, false});
    if (const auto done = here.context.follows->confirm_address(who->person); !done)
        return here.fail(done.error());
    return here.show("confirm", link_page{who->wanted, true});
}

/// Leaving without a login. Mail programs send the POST of RFC 8058 here by themselves.
response unsubscribe(visit& here) {
    if (here.context.follows == nullptr) return here.fail(unknown_page());
    VECHE_SHOW_OR_FAIL(who, here, here.context.follows->find_by_leave(here.id));
    if (!who || here.id.empty()) return here.fail({&refusals::link_dead, {}, {}});
    if (here.asked.method != "POST")
        return here.show("unsubscribe", link_page{who->address, false});
    // Who reported a barrier has no account to come back to: nothing of them stays.
    const bool reporter = who->person.value.starts_with(reporter_prefix);
    const auto done = reporter ? here.context.follows->erase(who->person)
                               : here.context.follows->end_mail(who->person);
    if (!done) return here.fail(done.error());
    return here.show("unsubscribe", link_page{who->address, true});
}

response private_feed(visit& here, const follower& who) {
    constexpr std::size_t most = 50;
    VECHE_SHOW_OR_FAIL(rows, here, here.context.follows->newest(who.person, most));
    const auto in = setting_of(here);
    std::vector<documents::feed_entry> news;
    here.context.office.read([&](const office::state& now) {
        for (const news_row& row : rows)
            news.push_back({"news/" + std::to_string(row.seq) + "/" + row.what, page_of(row.about),
                            title_of(in, now, row.about), said_of(in, now, row), row.at});
    });
    response made;
    made.type = "application/atom+xml; charset=utf-8";
    made.body = documents::to_atom(in, {"followed", "follows", here.page.address,
                                        here.text("follow.feed_title"), std::move(news)});
    return made;
}

/// Items of the plan of one link, or of those of a place.
void add_plan_events(visit& here, const registry::plan_items_query& of,
                     std::vector<documents::calendar_event>& to) {
    const auto in = setting_of(here);
    if (const auto plan = ask_publicly<registry::plan_items_view>(here, of))
        for (const registry::item_row& one : (*plan)->items)
            to.push_back(documents::event_of(in, one));
}

/// Sessions, votes, measures and plans of links that the person follows.
std::vector<documents::calendar_event> followed_events(visit& here, const follower& who) {
    std::vector<documents::calendar_event> events;
    const auto things = here.context.follows->things_of(who.person);
    if (!things) return events;
    const auto in = setting_of(here);
    std::vector<programme::measure_row> measures;
    for (const std::string& thing : *things) {
        const auto [kind, id] = split_thing(thing);
        const std::string name(id);
        if (kind == "vote")
            if (const auto vote =
                    ask_publicly<assembly::vote_view>(here, assembly::vote_query{{name}}))
                if (auto one = documents::event_of(in, **vote)) events.push_back(*std::move(one));
        if (kind == "measure")
            if (const auto measure =
                    ask_publicly<programme::measure_view>(here, programme::measure_query{{name}}))
                measures.push_back((*measure)->measure);
        registry::plan_items_query plan;
        if (kind == "link") plan.link = registry::link_id{name};
        if (kind == "place") plan.place = registry::place_id{name};
        if (plan.link || plan.place) add_plan_events(here, plan, events);
        if (kind != "session" && kind != "body") continue;
        assembly::sessions_query query;
        if (kind == "body") query.body = body_id{name};
        const auto view = ask_publicly<assembly::sessions_view>(here, query);
        if (!view) continue;
        for (const auto* list : {&(*view)->coming, &(*view)->past})
            for (const auto& one : *list)
                if (kind == "body" || one.id.value == name)
                    events.push_back(documents::event_of(in, one));
    }
    for (auto& one : measure_events(here, measures)) events.push_back(std::move(one));
    return events;
}

/// Feed and calendar at an address that nobody guesses; feed readers know no logins.
response my(visit& here) {
    if (here.context.follows == nullptr || here.id.empty()) return here.fail(unknown_page());
    VECHE_SHOW_OR_FAIL(who, here, here.context.follows->find_by_feed(here.id));
    if (!who) return here.fail({&refusals::link_dead, {}, {}});
    if (here.form != "atom" && here.form != "ics") return here.fail(unknown_page());
    response made;
    if (here.form == "atom") {
        made = private_feed(here, *who);
    } else {
        auto events = duty_events(here, who->person);
        for (auto& one : followed_events(here, *who)) events.push_back(std::move(one));
        made = calendar(here, here.text("follow.calendar_title"), each_once(std::move(events)));
    }
    made.add("Cache-Control", "private, no-store");
    return made;
}

constexpr page_route follow_routes[] = {{"follows", follows},
                                        {"follow", follow},
                                        {"confirm", confirm},
                                        {"unsubscribe", unsubscribe},
                                        {"my", my}};
constexpr template_need follow_needs[] = {{"follows", &describe<follows_page>},
                                          {"confirm", &describe<link_page>},
                                          {"unsubscribe", &describe<link_page>}};

}  // namespace

const page_group follow_pages{follow_routes, follow_needs};

}  // namespace veche::api::pages
