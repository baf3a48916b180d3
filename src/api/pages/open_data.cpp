#include "api/pages/open_data.hpp"

#include "api/pages/feeds.hpp"
#include "api/refusal.hpp"
#include "documents/grants_360giving.hpp"
#include "documents/iati.hpp"
#include "documents/ocds.hpp"

namespace veche::api::pages {
namespace {

using documents::open_money;

struct open_format {
    std::string_view form;
    std::string_view type;
    std::optional<std::string> (*made)(const documents::setting&, const open_money&,
                                       const documents::open_ids&);
};
constexpr open_format open_formats[] = {
    {"iati.xml", "application/xml", documents::iati_of},
    {"360giving.json", "application/json", documents::grants_360giving_of},
    {"ocds.json", "application/json", documents::ocds_of}};

/// One of the views, into its place; false where it was refused.
template <class View, class Query>
bool fill_view(const visit& here, const Query& query, View& into) {
    const auto answer = ask_publicly<View>(here, query);
    if (answer) into = **answer;
    return answer.has_value();
}

std::optional<open_money> open_money_of(const visit& here) {
    open_money all;
    all.today = date_of(here.context.now);
    const bool whole = fill_view(here, charter::union_query{}, all.of) &&
                       fill_view(here, fund::contributions_query{}, all.contributions) &&
                       fill_view(here, fund::budget_query{}, all.budget) &&
                       fill_view(here, fund::commitments_query{}, all.commitments) &&
                       fill_view(here, fund::movements_query{}, all.movements);
    return whole ? std::optional(std::move(all)) : std::nullopt;
}

}  // namespace

std::optional<response> open_data_file(visit& here) {
    for (const open_format& one : open_formats) {
        if (one.form != here.form) continue;
        const auto money = open_money_of(here);
        auto made = money ? one.made(setting_of(here), *money, documents::open_ids_of(money->of))
                          : std::nullopt;
        if (!made) return here.fail({&refusals::page_unknown, {}, {}});
        return file_of(here, std::string(one.type), *std::move(made), "money");
    }
    return std::nullopt;
}

void offer_open_data(visit& here, const fund::contributions_view& contributions,
                     const fund::budget_view& all_years) {
    charter::union_view of;
    fund::commitments_view commitments;
    if (!fill_view(here, charter::union_query{}, of) ||
        !fill_view(here, fund::commitments_query{}, commitments))
        return;
    const charter::open_data_ids ids = of.open_data.value_or(charter::open_data_ids{});
    const auto label = [&](const std::string& format, bool registered) {
        return registered ? format : format + ", " + here.text("money.unregistered");
    };
    if (documents::tells_budget(of, all_years, contributions))
        offer_file(here, "application/xml", label("IATI 2.03 (XML)", ids.iati_org.has_value()),
                   "money.iati.xml");
    if (!documents::tells_commitments(of, commitments)) return;
    offer_file(here, "application/json",
               label("360Giving (JSON)", ids.giving_prefix && ids.iati_org),
               "money.360giving.json");
    offer_file(here, "application/json", label("OCDS (JSON)", ids.ocid_prefix && ids.iati_org),
               "money.ocds.json");
}

}  // namespace veche::api::pages
