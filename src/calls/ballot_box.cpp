#include "calls/ballot_box.hpp"

#include <algorithm>

namespace veche::calls {
namespace {

/// FNV-1a (Fowler, Noll, Vo): even enough, and the same everywhere. Nothing that is shown or
/// counted depends on it.
std::uint32_t drawer_of(const person_id& voter) {
    constexpr std::uint32_t drawers = 1024;
    std::uint32_t hash = 2166136261U;
    for (const char c : voter.value) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return (hash ^ (hash >> 16U)) % drawers;
}

}  // namespace

void ballot_box::put(const person_id& voter, ballot one, const std::optional<member_id>& member) {
    if (member) {
        const auto at = std::find(members_.begin(), members_.end(), *member);
        one.member = static_cast<std::uint16_t>(at - members_.begin() + 1);
        if (at == members_.end()) members_.push_back(*member);
    }
    const std::uint32_t key = drawer_of(voter);
    if (!drawers_.contains(key)) drawers_.insert(key, {});
    cow_map<person_id, ballot>& drawer = drawers_.edit(key);
    if (drawer.contains(voter)) {
        drawer.edit(voter) = std::move(one);
        return;
    }
    drawer.insert(voter, std::move(one));
    ++size_;
}

const ballot* ballot_box::find(const person_id& voter) const {
    const auto* drawer = drawers_.find(drawer_of(voter));
    return drawer ? drawer->find(voter) : nullptr;
}

std::optional<member_id> ballot_box::member_of(const ballot& one) const {
    if (one.member == 0) return std::nullopt;
    return members_[one.member - 1U];
}

void ballot_box::each(const std::function<void(const person_id&, const ballot&)>& f) const {
    for (const auto& [key, drawer] : drawers_)
        for (const auto& [voter, one] : drawer) f(voter, one);
}

std::vector<std::pair<const person_id*, const ballot*>> ballot_box::by_voter() const {
    std::vector<std::pair<const person_id*, const ballot*>> out;
    out.reserve(static_cast<std::size_t>(size_));
    each([&](const person_id& voter, const ballot& one) { out.emplace_back(&voter, &one); });
    std::sort(out.begin(), out.end(),
              [](const auto& a, const auto& b) { return *a.first < *b.first; });
    return out;
}

}  // namespace veche::calls
