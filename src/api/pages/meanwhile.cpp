#include "api/pages/meanwhile.hpp"

#include <algorithm>

#include "api/pages/choices.hpp"
#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "office/routes.hpp"
#include "office/streams.hpp"

namespace veche::api::pages {
namespace {

/// Commands that put something in the place of what stood there.
constexpr std::string_view replacing[] = {"assembly.move_item",
                                          "assembly.require_papers",
                                          "assembly.reschedule_session",
                                          "assembly.set_voting_order",
                                          "charter.amend",
                                          "fund.amend_appropriation",
                                          "programme.amend_measure",
                                          "programme.arrange_measure",
                                          "programme.set_milestone",
                                          "programme.resolve_follow_up"};

/// Who leaves a form open for longer than so many entries is told of the latest ones only.
constexpr std::int64_t most_looked_at = 2000;
constexpr std::size_t read_at_once = 256;

/// The act that an entry holds, if it is one of that type on the same thing.
std::optional<meanwhile_card> act_in(std::string_view entry, const office::route& route,
                                     const std::vector<std::string>& thing, std::string_view idem) {
    const auto view = journal::parse_entry(entry);
    json::document line;
    if (!view || view->event_line.find(route.wire.type) == std::string_view::npos ||
        !line.reset(view->event_line))
        return std::nullopt;
    const auto envelope = journal::read_envelope(line.root());
    if (!envelope || envelope->derived || envelope->type != route.wire.type ||
        envelope->idem == idem)
        return std::nullopt;
    if (office::streams_of(route, envelope->body) != thing) return std::nullopt;
    return meanwhile_card{static_cast<std::int64_t>(view->seq),
                          view->at,
                          {std::string(envelope->actor)},
                          {std::string(envelope->body.raw())}};
}

}  // namespace

std::vector<meanwhile_card> done_meanwhile(const visit& here, std::string_view type,
                                           std::string_view body, std::string_view seen,
                                           std::string_view idem) {
    std::vector<meanwhile_card> found;
    const auto* route = office::find_route(type);
    const auto first = number_in(seen);
    json::document asked;
    if (route == nullptr || !first || here.context.journal == nullptr ||
        std::find(std::begin(replacing), std::end(replacing), type) == std::end(replacing) ||
        !asked.reset(body))
        return found;
    const auto thing = office::streams_of(*route, asked.root());
    std::int64_t at =
        std::max(static_cast<std::int64_t>(*first), here.page.entries - most_looked_at);
    while (at < here.page.entries) {
        const auto entries =
            here.context.journal->entries(static_cast<std::uint64_t>(at), read_at_once);
        if (entries.empty()) break;
        for (const std::string& entry : entries)
            if (auto act = act_in(entry, *route, thing, idem)) found.push_back(std::move(*act));
        at += static_cast<std::int64_t>(entries.size());
    }
    std::reverse(found.begin(), found.end());
    return found;
}

}  // namespace veche::api::pages
