// Invitations and attendance of a session, and its items with what may be done about them.

#include "api/pages/feeds.hpp"
#include "api/pages/sittings.hpp"
#include "assembly/views.hpp"
#include "documents/attendance.hpp"
#include "documents/pdf.hpp"

namespace veche::api::pages {

using namespace assembly;

namespace {

std::string session_path(const session_view& session) {
    return "sessions/" + session.id.value;
}

/// Short texts are shown where they belong; anything else is opened on its own page.
constexpr std::size_t shown_bytes = 4096;

std::optional<std::string> closed_matter(const visit& here, const item_view& item) {
    if (!item.sealed || here.context.sealed == nullptr) return std::nullopt;
    auto read = here.context.sealed->open_file(*item.sealed, {here.context.person});
    if (!read || read->media != "text/plain" || read->bytes.size() > shown_bytes)
        return std::nullopt;
    return std::move(read->bytes);
}

/// Taking up and closing: only one item runs, so only it can be closed.
std::vector<act> chair_acts(const visit& here, const session_view& session, const item_view& item) {
    act_list acts(here, session_path(session));
    if (session.status != session_status::open) return {};
    const auto by = office_with(session.means, "preside", session.body.id);
    const std::vector<act_field> it{{"session", session.id.value}, {"item", item.id.value}};
    if (item.state == item_state::running)
        acts.button("assembly.close_item", by, it);
    else
        acts.button("assembly.start_item", by, it);
    return acts.take();
}

std::vector<act> secretary_acts(const visit& here, const session_view& session,
                                const item_view& item) {
    act_list acts(here, session_path(session));
    const auto may = [&](std::string_view power) {
        return office_with(session.means, power, session.body.id);
    };
    const std::vector<act_field> it{{"session", session.id.value}, {"item", item.id.value}};
    if (session.status != session_status::cancelled)
        acts.form("assembly.add_paper", may("papers"), it);
    if (session.status != session_status::convened && session.status != session_status::open)
        return acts.take();
    acts.form("assembly.require_papers", may("agenda"), it);
    acts.form("assembly.move_item", may("agenda"), it);
    if (item.motions.empty() && item.state == item_state::waiting)
        acts.form("assembly.remove_item", may("agenda"), it);
    return acts.take();
}

struct attendance_page {
    shown<session_view> session;
    std::vector<act> acts;
    std::vector<act> answer_acts;
};
VECHE_VIEW_HERE(attendance_page, (session, "The session."), (acts, "What the reader may do."),
                (answer_acts, "Invitations that the reader may answer."))

std::vector<act> office_acts(const visit& here, const session_view& session) {
    act_list acts(here, "attendance/" + session.id.value);
    const std::vector<act_field> it{{"session", session.id.value}};
    const auto convenes = office_with(session.means, "convene", session.body.id);
    const auto presides = office_with(session.means, "preside", session.body.id);
    if (session.status == session_status::convened)
        acts.form("assembly.send_invitations", convenes, it);
    if (session.notice && session.status == session_status::convened)
        acts.form("assembly.answer_invitation", convenes, it);
    if (session.status != session_status::cancelled)
        acts.form("assembly.excuse_absence", presides ? presides : convenes, it);
    return acts.take();
}

response attendance_lists(visit& here) {
    here.page.door = "sessions";
    VECHE_SHOW_OR_FAIL(session, here, here.ask<session_view>(session_query{{here.id}}));
    here.show_times_in(session->zone);
    if (here.form == "csv") return here.csv(session->presence);
    if (here.form == "json") return here.json(session->presence);
    if (here.form == "pdf") {
        auto bytes = documents::to_pdf(documents::attendance_of(setting_of(here), *session));
        if (!bytes) return here.fail(bytes.error());
        return file_of(here, "application/pdf", *std::move(bytes), "attendance");
    }
    const std::string self = "attendance/" + session->id.value;
    offer_file(here, "application/pdf", "PDF", self + ".pdf");
    offer_file(here, "text/csv", "CSV", self + ".csv");
    offer_file(here, "application/json", "JSON", self + ".json");
    here.above("sessions", here.text("door.sessions"));
    here.above(session_path(*session), here.name_of(session->title));
    return here.show("attendance", attendance_page{session, office_acts(here, *session),
                                                   answer_acts(here, *session, self)});
}

constexpr page_route sitting_routes[] = {{"attendance", attendance_lists}};
constexpr template_need sitting_needs[] = {{"attendance", &describe<attendance_page>}};

}  // namespace

std::vector<item_card> item_cards(const visit& here, const shown<session_view>& session) {
    std::vector<item_card> cards;
    for (const item_view& item : session->agenda)
        cards.push_back({{std::shared_ptr<const item_view>(session.value, &item)},
                         closed_matter(here, item),
                         chair_acts(here, *session, item),
                         secretary_acts(here, *session, item)});
    return cards;
}

std::vector<act> answer_acts(const visit& here, const session_view& session,
                             const std::string& back) {
    act_list acts(here, back);
    if (!session.notice || session.status != session_status::convened) return {};
    const auto answer = [&](const std::string& auth, const std::string& field,
                            const std::string& id, const std::string& name) {
        const std::string label = here.text("attendance.answer_as", {{"who", name}});
        acts.form("assembly.answer_invitation", auth, {{"session", session.id.value}, {field, id}},
                  label);
    };
    for (const presence_view& seat : session.presence)
        if (seat.own && seat.invited) answer(seat.seat, "seat", seat.seat, here.name_of(seat.name));
    for (const guest_view& guest : session.guests)
        if (guest.own)
            answer(guest.office->value, "guest", guest.guest.value, here.name_of(guest.role));
    return acts.take();
}

const page_group sitting_pages{sitting_routes, sitting_needs};

}  // namespace veche::api::pages
