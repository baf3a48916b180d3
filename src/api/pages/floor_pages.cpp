// The floor of a session: the speakers' lists, run by the chair with one hand, and the big screen
// of the hall, which shows the vote that runs or who has the floor.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/uuid.hpp"
#include "assembly/views.hpp"

namespace veche::api::pages {
namespace {

using namespace assembly;

// --- The lists
// ------------------------------------------------------------------------------------

struct act_group {
    std::vector<act> acts;
};
VECHE_VIEW_HERE(act_group, (acts, "What may be done."))

struct list_card {
    list_view list;
    act_group chair;
    act_group own;
};
VECHE_VIEW_HERE(list_card, (list, "The list."), (chair, "What the chair may do with it."),
                (own, "Under which seats the reader may ask for the floor or withdraw."))

struct floor_page {
    shown<floor_view> floor;
    std::vector<list_card> lists;
    std::vector<act> acts;
    std::string refs;
};
VECHE_VIEW_HERE(floor_page, (floor, "The floor."), (lists, "Its lists with what may be done."),
                (acts, "What the chair may do."), (refs, "What the page listens to."))

/// The chair's buttons in the order of use: next, pause or go on, a minute more, end.
std::vector<act> chair_acts(const visit& here, const floor_view& floor, const list_view& list,
                            const std::string& back) {
    act_list acts(here, back);
    const auto by = office_with(floor.means, "preside", floor.body.id);
    const std::vector<act_field> it{{"list", list.id.value}};
    if (!list.waiting.empty()) acts.button("assembly.give_floor", by, it);
    if (list.speaking) {
        acts.button(list.speaking->running ? "assembly.pause_speech" : "assembly.resume_speech", by,
                    it);
        acts.button("assembly.add_speaking_time", by, {{"list", list.id.value}, {"seconds", "60"}});
        acts.button("assembly.end_speech", by, it);
    }
    if (list.open) acts.form("assembly.ask_for_floor", by, it, here.text("floor.put_down"));
    if (list.open) acts.button("assembly.close_speakers_list", by, it);
    return acts.take();
}

std::vector<act> own_acts(const visit& here, const floor_view& floor, const list_view& list,
                          const std::string& back) {
    act_list acts(here, back);
    for (const speech_view& one : list.waiting)
        if (one.own)
            acts.button("assembly.withdraw_speech",
                        floor.own_seats.empty() ? std::optional<std::string>()
                                                : floor.own_seats.front().seat,
                        {{"list", list.id.value}, {"speech", one.id.value}});
    if (!list.open) return acts.take();
    for (const floor_seat& seat : floor.own_seats)
        acts.form("assembly.ask_for_floor", seat.seat,
                  {{"list", list.id.value},
                   {"seat", seat.seat},
                   {"speech", "s" + make_uuid7(here.context.now.ms).substr(0, 13)},
                   {"kind", "speech"},
                   {"stands", "neither"}},
                  here.text("floor.ask_as", {{"seat", here.name_of(seat.name)}}));
    return acts.take();
}

std::string refs_of(const floor_view& floor) {
    std::string refs = "session/" + floor.session.value;
    for (const list_view& list : floor.lists) refs += " list/" + list.id.value;
    return refs;
}

response floors(visit& here) {
    here.page.door = "sessions";
    VECHE_SHOW_OR_FAIL(floor, here, here.ask<floor_view>(floor_query{{here.id}}));
    if (here.form == "json") return here.json(*floor);
    if (here.form == "csv") {
        std::vector<speech_view> rows;
        for (const list_view& list : floor->lists)
            rows.insert(rows.end(), list.done.begin(), list.done.end());
        return here.csv(rows);
    }
    here.above("sessions", here.text("door.sessions"));
    here.above("sessions/" + floor->session.value, here.name_of(floor->title));
    const std::string back = "floor/" + floor->session.value;
    floor_page page{floor, {}, {}, refs_of(*floor)};
    const bool running = floor->status == session_status::open;
    for (const list_view& list : floor->lists)
        if (running)
            page.lists.push_back({list,
                                  {chair_acts(here, *floor, list, back)},
                                  {own_acts(here, *floor, list, back)}});
        else
            page.lists.push_back({list, {}, {}});
    act_list acts(here, back);
    if (running)
        acts.form("assembly.open_speakers_list",
                  office_with(floor->means, "preside", floor->body.id),
                  {{"session", floor->session.value}});
    page.acts = acts.take();
    return here.show("floor", page);
}

// --- The big screen
// -------------------------------------------------------------------------------

struct screen_page {
    shown<session_view> session;
    std::optional<vote_view> vote;
    std::optional<list_view> list;
    bool speaking = false;
};
VECHE_VIEW_HERE(screen_page, (session, "The session."), (vote, "The vote that runs."),
                (list, "The list on which somebody speaks, or the latest that is open."),
                (speaking, "Whether somebody has the floor."))

response screens(visit& here) {
    VECHE_SHOW_OR_FAIL(session, here, here.ask<session_view>(session_query{{here.id}}));
    VECHE_SHOW_OR_FAIL(floor, here, here.ask<floor_view>(floor_query{{here.id}}));
    screen_page page{session, {}, {}, false};
    for (const vote_view& vote : session->votes)
        if (vote.status == vote_status::open) page.vote = vote;
    const auto& lists = floor->lists;
    auto shown = std::find_if(lists.begin(), lists.end(),
                              [](const list_view& l) { return l.speaking.has_value(); });
    page.speaking = shown != lists.end();
    if (!page.speaking)
        shown = std::find_if(lists.begin(), lists.end(),
                             [](const list_view& l) { return l.open && !l.waiting.empty(); });
    if (shown != lists.end()) page.list = *shown;
    return here.show("screen", page);
}

constexpr page_route floor_routes[] = {{"floor", floors}, {"screen", screens}};
constexpr template_need floor_needs[] = {{"floor", &describe<floor_page>},
                                         {"screen", &describe<screen_page>}};

}  // namespace

const page_group floor_pages{floor_routes, floor_needs};

}  // namespace veche::api::pages
