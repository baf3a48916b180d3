#pragma once
// One request for a page: who asks, in which language, for what; and the ways to answer.

#include <map>
#include <mutex>
#include <span>

#include "api/pages/frame.hpp"
#include "api/pages/pages.hpp"
#include "api/pages/shown.hpp"
#include "charter/charter.hpp"
#include "office/office.hpp"
#include "render/form.hpp"
#include "render/template.hpp"

namespace veche::api {
class explore_store;
class floor_store;
class search_store;
class situation_store;
}  // namespace veche::api

namespace veche::api::pages {

struct map_book;

/// Names in the charter in force.
class charter_names final : public render::names {
  public:
    explicit charter_names(const charter::state& charter) : charter_(charter) {}
    [[nodiscard]] const localized* find(std::string_view kind, std::string_view id) const override;
    [[nodiscard]] std::int32_t scale(std::string_view unit) const override;

  private:
    const charter::state& charter_;
    mutable std::map<std::string, localized, std::less<>> titles_;  // of persons, made on demand
};

/// What the site loaded when it started.
class library {
  public:
    render::catalogues texts;
    std::map<std::string, render::page_template, std::less<>> templates;
    std::map<std::string, std::string, std::less<>> assets;
    std::string version;  ///< of style and script
    std::shared_ptr<explore_store> explored;
    std::shared_ptr<const map_book> maps;  ///< null where the deployment gave no outlines
    std::shared_ptr<search_store> found;
    std::shared_ptr<situation_store> assessed;
    std::shared_ptr<floor_store> floors;
    /// The zone by its IANA name, made once. Thread-safe.
    [[nodiscard]] const render::zone& zone(const std::string& name) const;

  private:
    struct zone_cache {
        std::mutex guard;
        std::map<std::string, render::zone> known;
    };
    std::shared_ptr<zone_cache> zones_ = std::make_shared<zone_cache>();
};

class visit {
  public:
    visit(const library& from, page_context& context, const request& asked,
          std::string_view language, std::string rest);
    visit(const visit&) = delete;
    visit& operator=(const visit&) = delete;

    const library& site;
    page_context& context;
    const request& asked;
    charter::state charter;
    std::string lang;
    std::string section;  ///< "decisions"
    std::string id;       ///< "2026-0007", "" for the list
    std::string form;     ///< "csv", "json", "atom", "ics", "" for the page
    const render::catalogue& texts;
    charter_names names;
    render::surroundings around;
    std::string zone_name;  ///< IANA name of the zone in which times are shown
    frame page;
    std::map<std::string, std::string> place_names;  ///< of the register, as this page asked them

    /// Asks the office a view as the person signed in.
    template <class View, class Query>
    result<shown<View>> ask(const Query& query) {
        auto answer = context.office.ask(Query::wire.type, to_json(query),
                                         viewer{{context.person}, context.now});
        if (!answer) return tl::unexpected(std::move(answer).error());
        return shown<View>{std::static_pointer_cast<const View>(answer->value)};
    }

    /// Times of this page are shown in that zone from now on; in the union's where none is named.
    void show_times_in(const std::optional<std::string>& zone);
    /// "/ru/decisions/2026-0007"
    [[nodiscard]] std::string link(std::string_view rest) const;
    [[nodiscard]] std::string text(std::string_view key,
                                   const std::vector<render::text_argument>& with = {}) const;
    /// Adds a page above this one to its path.
    void above(std::string_view rest, std::string name);
    [[nodiscard]] std::string name_of(const localized& texts_by_language) const;

    template <class View>
    response show(std::string_view name, const View& view, int status = 200) {
        return show_erased(name, &view, status);
    }
    /// The page for a refusal: 404 where nothing is, else what went wrong and what to do.
    response fail(const refusal& why);
    /// The page that says that there is no union here yet.
    response fail_unfounded();
    response redirect(const std::string& to) const;
    /// A described value as JSON.
    response json(const type_info& type, const void* value) const;
    template <class T>
    response json(const T& value) const {
        return json(describe<T>(), &value);
    }
    /// A list of described objects as CSV: one column for each printable field.
    response csv(const type_info& list, const void* value) const;
    template <class T>
    response csv(const std::vector<T>& rows) const {
        return csv(describe<std::vector<T>>(), &rows);
    }

  private:
    response show_erased(std::string_view name, const void* view, int status);
    void fill_frame();
};

/// Answers the pages of one section of the site.
struct page_route {
    std::string_view section;
    response (*answer)(visit&);
};

/// A template and the view it shows.
struct template_need {
    std::string_view name;
    const type_info& (*view)();
};

/// The pages of one file.
struct page_group {
    std::span<const page_route> routes;
    std::span<const template_need> templates;
};

extern const page_group bundle_pages, home_pages, session_pages, floor_pages, sealed_pages,
    motion_pages, election_pages, decision_pages, document_pages, sitting_pages, series_pages,
    programme_pages, approval_pages, money_pages, measure_money_pages, spending_pages, flow_pages,
    arrears_pages, pace_pages, past_pages, journal_pages, charter_pages, search_pages,
    account_pages, command_pages, message_pages, secret_pages, voter_pages, take_pages,
    follow_pages, bank_pages, call_pages, case_pages, board_pages, share_pages, budget_call_pages,
    host_pages, contract_pages, evidence_pages, explore_pages, asking_pages, registry_pages,
    beneficiary_pages, partner_pages, exchange_pages, plan_pages, data_pages, barrier_pages,
    barrier_report_pages, barrier_import_pages, dose_pages, prevention_pages, situation_pages,
    situation_region_pages, situation_import_pages;

/// The page at `rest` below the language, with the filters asked for, as the public sees it.
response public_page(const visit& here, const std::string& rest);
/// A table of the page asked for as CSV, or a plot as SVG, named by "part" in the query; the first
/// where none is named. 404 where the page has none.
response part_file(const visit& here);

/// `return visit.fail(...)` where a view refused.
#define VECHE_SHOW_OR_FAIL(name, visited, expression)                 \
    auto name##_result = (expression);                                \
    if (!name##_result) return (visited).fail(name##_result.error()); \
    auto& name = *name##_result

}  // namespace veche::api::pages
