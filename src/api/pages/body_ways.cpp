#include "api/pages/body_ways.hpp"

namespace veche::api::pages {
namespace {

/// Sentences of "body.way" in the order in which they are said.
class way_sentences {
  public:
    explicit way_sentences(const visit& here) : here_(here) {}
    void say(std::string_view key, const std::vector<render::text_argument>& with = {}) {
        said_.push_back(here_.text("body.way." + std::string(key), with));
    }
    void say_number(std::string_view key, std::int32_t n) { say(key, {{"n", std::int64_t{n}}}); }
    [[nodiscard]] std::vector<std::string> take() { return std::move(said_); }

  private:
    const visit& here_;
    std::vector<std::string> said_;
};

std::string way_rule_name(const visit& here, const std::string& rule) {
    const auto* found = here.charter.find_rule(rule);
    return found == nullptr || found->name.empty() ? rule : here.name_of(found->name);
}

/// A weight has a name in the catalogue where it is one of the usual ones.
std::string way_weight_name(const visit& here, const std::string& weight) {
    const std::string key = "weight." + weight;
    return here.texts.find(key) == nullptr ? weight : here.text(key);
}

void say_proxies(const charter::proxy_procedure& of, way_sentences& out) {
    out.say_number("proxies", of.most);
    out.say(of.other_members ? "proxies_any_member" : "proxies_own_member");
    out.say(of.quorum ? "proxies_quorum" : "proxies_no_quorum");
}

}  // namespace

std::vector<std::string> vote_ways(const visit& here, const charter::body& of) {
    way_sentences out(here);
    if (!of.votes) return {};
    const charter::vote_procedure& ways = *of.votes;
    for (const charter::hand_entry one : ways.hands)
        out.say(one == charter::hand_entry::counted ? "hands_counted" : "hands_named");
    if (ways.split) out.say("split", {{"weight", way_weight_name(here, *ways.split)}});
    if (ways.corrections)
        out.say_number(ways.corrections->decide ? "corrections_decide" : "corrections",
                       ways.corrections->hours);
    if (ways.proxies) say_proxies(*ways.proxies, out);
    if (ways.written_hours) out.say_number("written", *ways.written_hours);
    for (const charter::round_procedure& round : ways.rounds)
        out.say(round.no_abstention ? "round_no_abstention" : "round",
                {{"rule", way_rule_name(here, round.rule)}});
    return out.take();
}

std::vector<std::string> secret_ways(const visit& here, const charter::body& of) {
    way_sentences out(here);
    if (!of.secret) return {};
    out.say_number("secret_floor", of.secret->floor);
    if (of.secret->trustees.empty()) {
        out.say_number("secret_trustees_named", of.secret->threshold);
        return out.take();
    }
    std::string names;
    for (const office_id& one : of.secret->trustees) {
        const auto* office = here.charter.find_office(one);
        names += (names.empty() ? "" : "; ") +
                 (office == nullptr ? one.value : here.name_of(office->name));
    }
    out.say("secret_trustees", {{"n", std::int64_t{of.secret->threshold}},
                                {"all", static_cast<std::int64_t>(of.secret->trustees.size())},
                                {"names", names}});
    return out.take();
}

std::vector<std::string> session_ways(const visit& here, const charter::body& of) {
    way_sentences out(here);
    if (!of.sessions) return {};
    const charter::session_procedure& ways = *of.sessions;
    if (ways.notice_days) {
        out.say_number("notice", *ways.notice_days);
        out.say(ways.late == charter::late_notice::mark ? "late_marked" : "late_refused");
    }
    if (ways.paper_days) out.say_number("papers", *ways.paper_days);
    return out.take();
}

}  // namespace veche::api::pages
