// Contracts with winners of a call, or of all calls, under their numbers.

#include "api/pages/contract_parts.hpp"
#include "calls/refusal.hpp"

namespace veche::api::pages {
namespace {

struct contracts_page {
    shown<calls::call_view> call;
    contracts_part part;
};
VECHE_VIEW_HERE(contracts_page, (call, "The call, where they are of one."),
                (part, "The contracts."))

response contracts(visit& here) {
    here.page.door = here.id.empty() ? "money" : "calls";
    contracts_page page;
    fund::contracts_query query;
    if (!here.id.empty()) {
        if (!is_identifier(here.id))
            return here.fail({&calls::refusals::call_unknown, {}, {here.id}});
        VECHE_SHOW_OR_FAIL(call, here, here.ask<calls::call_view>(calls::call_query{{here.id}}));
        page.call = call;
        query.call = fund::call_ref{here.id};
    }
    VECHE_SHOW_OR_FAIL(view, here, here.ask<fund::contracts_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->contracts);
    if (!page.call) {
        here.above("money", here.text("door.money"));
        page.part = contracts_asked(here, query, "contracts");
        return here.show("contracts", page);
    }
    const std::string path = "contracts/" + here.id;
    if (auto of = contracts_of(here, {here.id}, std::nullopt, path))
        page.part = *std::move(of);
    else
        page.part = contracts_asked(here, query, path);
    here.above("calls", here.text("door.calls"));
    here.above("calls/" + here.id, here.name_of(page.call->title));
    return here.show("contracts", page);
}

constexpr page_route contract_routes[] = {{"contracts", contracts}};
constexpr template_need contract_needs[] = {{"contracts", &describe<contracts_page>}};

}  // namespace

const page_group contract_pages{contract_routes, contract_needs};

}  // namespace veche::api::pages
