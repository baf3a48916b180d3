#include "assembly/state.hpp"

#include <algorithm>

#include "kernel/search_fold.hpp"

namespace veche::assembly {

void motion::put_text(localized now) {
    text = std::move(now);
    std::string all;
    for (const localized* part : {&title, &text})
        for (const auto& [language, said] : *part) all += said + "\n";
    words = std::make_shared<const std::string>(fold_for_search(all));
}

bool session::sits(const body_id& asked) const {
    return asked == body ||
           std::find(joint_with.begin(), joint_with.end(), asked) != joint_with.end();
}

bool session::is_present(std::string_view seat) const {
    return std::binary_search(present.begin(), present.end(), seat);
}

const agenda_item* session::find_item(const item_id& asked) const {
    const auto at = std::find_if(agenda.begin(), agenda.end(),
                                 [&](const agenda_item& item) { return item.id == asked; });
    return at == agenda.end() ? nullptr : &*at;
}

const paper* session::find_paper(const paper_id& asked) const {
    const auto at = std::find_if(papers.begin(), papers.end(),
                                 [&](const paper& one) { return one.id == asked; });
    return at == papers.end() ? nullptr : &*at;
}

namespace {

template <class Wanted>
const invitation* among(const std::optional<notice>& sent, Wanted&& wanted) {
    if (!sent) return nullptr;
    const auto at = std::find_if(sent->to.begin(), sent->to.end(), wanted);
    return at == sent->to.end() ? nullptr : &*at;
}

}  // namespace

const invitation* session::find_invitation(std::string_view seat) const {
    return among(invited, [&](const invitation& one) { return !seat.empty() && one.seat == seat; });
}

const invitation* session::find_invitation(const guest_id& guest) const {
    return among(invited, [&](const invitation& one) {
        return one.seat.empty() && one.guest.guest == guest;
    });
}

bool motion::stood_under(const session_id& asked, const item_id& under) const {
    return (session == asked && item == under) ||
           std::find(earlier.begin(), earlier.end(), std::pair{asked, under}) != earlier.end();
}

std::shared_ptr<voting_roll> voting_roll::make(const charter::state& charter,
                                               const std::string& rule,
                                               std::vector<charter::elector> electors) {
    auto roll = std::make_shared<voting_roll>();
    roll->electors = std::move(electors);
    roll->voters = charter::voters_of(roll->electors);
    roll->by_seat.resize(roll->electors.size());
    for (std::uint32_t n = 0; n < roll->by_seat.size(); ++n) roll->by_seat[n] = n;
    std::sort(roll->by_seat.begin(), roll->by_seat.end(), [&](std::uint32_t a, std::uint32_t b) {
        return roll->electors[a].seat < roll->electors[b].seat;
    });
    roll->described = *charter.find_rule(rule);
    roll->rule = *charter.parsed_rule(rule);
    return roll;
}

std::optional<std::uint32_t> voting_roll::find(std::string_view seat) const {
    const auto at = std::partition_point(
        by_seat.begin(), by_seat.end(),
        [&](std::uint32_t position) { return electors[position].seat < seat; });
    if (at == by_seat.end() || electors[*at].seat != seat) return std::nullopt;
    return *at;
}

}  // namespace veche::assembly
