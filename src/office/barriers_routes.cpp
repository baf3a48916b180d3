// Routes of the register of barriers, with what it needs of sealed texts and of the evidence.

#include "barriers/refusal.hpp"
#include "barriers/views.hpp"
#include "office/room_routes.hpp"
#include "sealed/sealed.hpp"

namespace veche::office {
namespace {

/// Tells the register what findings say, in its own words.
class weights_of_findings final : public barriers::weights {
  public:
    explicit weights_of_findings(const state& s) : s_(s) {}

    [[nodiscard]] std::optional<barriers::weight_said> of(const std::string& finding,
                                                          const std::string& row) const override {
        const evidence::finding* one = s_.evidence.findings.find(evidence::finding_id{finding});
        if (!one) return std::nullopt;
        barriers::weight_said out;
        out.stands = one->stands();
        out.question = one->what.question;
        for (const evidence::dataset_use& use : one->what.specified.data) {
            const auto& data = s_.evidence.datasets.find(use.dataset)->what;
            out.sources.push_back(use.role + ": " + data.publisher + ", " + data.period + " (" +
                                  use.dataset.value + ")");
        }
        for (const evidence::figure& each : one->what.figures) {
            const std::size_t point = each.name.find('.');
            if (point == std::string::npos || each.name.substr(point + 1) != row) continue;
            out.figures.push_back(
                {each.name.substr(0, point), each.unit, each.value, each.low, each.high});
        }
        return out;
    }

  private:
    const state& s_;
};

result<void> check_seal(const state& s, const seal_ref& seal) {
    VECHE_CHECK(sealed::check_new({s.charter, s.sealed}, seal, "sealed"));
    if (seal.class_ != sealed_class::personal)
        return refuse(barriers::refusals::seal_not_personal, "sealed.class");
    return {};
}

}  // namespace

template <>
result<void> check_across_rooms(const state& s, const barriers::receive& m, const context&) {
    return check_seal(s, m.sealed);
}

template <>
result<void> check_across_rooms(const state& s, const barriers::say& m, const context&) {
    return m.sealed ? check_seal(s, *m.sealed) : result<void>{};
}

/// The finding stands, is of a method that says what barriers cost, and has a figure of this one.
template <>
result<void> check_across_rooms(const state& s, const barriers::weigh& m, const context&) {
    if (!m.finding) return {};
    const evidence::finding* one = s.evidence.findings.find(evidence::finding_id{*m.finding});
    const bool fits =
        one && one->stands() && one->what.specified.method.starts_with("barrier-cost/");
    const auto said = fits ? weights_of_findings(s).of(*m.finding, *m.row) : std::nullopt;
    if (said)
        for (const barriers::cost_figure& each : said->figures)
            if (each.name == "touched" || each.name == "cost") return {};
    return refuse(barriers::refusals::finding_unfit, "finding", m.finding->substr(0, 64),
                  "touched." + m.row->substr(0, 64));
}

namespace {

struct in_barriers : in_room<&state::barriers, barriers::world> {
    static barriers::world world(const state& s) {
        return {s.charter, s.barriers, std::make_shared<weights_of_findings>(s)};
    }
};

}  // namespace

void add_barriers_routes(route_list& all) {
    add_commands<in_barriers>(all, list_of<barriers::commands>());
    add_derived<in_barriers>(all, list_of<barriers::derived>());
}

void add_barriers_views(view_list& all) {
    add_views<in_barriers>(all, list_of<barriers::queries>());
}

}  // namespace veche::office
