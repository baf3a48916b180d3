// One bundle: what is decided by one vote, and what was taken out of it.

#include "api/pages/acts.hpp"
#include "assembly/views.hpp"

namespace veche::api::pages {
namespace {

using namespace assembly;

struct bundle_page {
    shown<bundle_view> bundle;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(bundle_page, (bundle, "The bundle."), (acts, "What the reader may do."))

/// Taking one out, for whoever has a seat in the body or presides there.
void add_taking_out(const visit& here, const bundle_view& bundle,
                    const std::optional<std::string>& by, act_list& acts) {
    for (const motion_row& motion : bundle.motions) {
        if (bundle.amendments.empty())
            acts.button(take_out_of_bundle::wire.type, by,
                        {{"bundle", bundle.id.value}, {"motion", motion.id.value}},
                        here.text("act.take_out", {{"what", motion.id.value}}));
        for (const amendment_id& one : bundle.amendments)
            acts.button(take_out_of_bundle::wire.type, by,
                        {{"bundle", bundle.id.value},
                         {"motion", motion.id.value},
                         {"amendment", one.value}},
                        here.text("act.take_out", {{"what", one.value}}));
    }
}

response bundles(visit& here) {
    here.page.door = "sessions";
    VECHE_SHOW_OR_FAIL(bundle, here, here.ask<bundle_view>(bundle_query{{here.id}}));
    if (here.form == "json") return here.json(*bundle);
    here.above("sessions", here.text("door.sessions"));
    here.above("sessions/" + bundle->session.value, here.name_of(bundle->session_title));
    act_list acts(here, "bundles/" + bundle->id.value);
    const auto preside = office_with(bundle->means, "preside", bundle->body.id);
    if (bundle->status == bundle_status::standing && !bundle->motions.empty()) {
        if (bundle->session_state == session_status::open)
            acts.form(open_vote::wire.type, preside,
                      {{"motion", bundle->motions.front().id.value}, {"bundle", bundle->id.value}});
        const auto& seats = bundle->means.seats;
        add_taking_out(here, *bundle, seats.empty() ? preside : seats.front(), acts);
    }
    return here.show("bundle", bundle_page{bundle, acts.take()});
}

constexpr page_route bundle_routes[] = {{"bundles", bundles}};
constexpr template_need bundle_needs[] = {{"bundle", &describe<bundle_page>}};

}  // namespace

const page_group bundle_pages{bundle_routes, bundle_needs};

}  // namespace veche::api::pages
