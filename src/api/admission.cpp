#include "api/admission.hpp"

#include <algorithm>

#include "kernel/text.hpp"

namespace veche::api {
namespace {

bool is_trusted(std::string_view address, const std::vector<std::string>& trusted) {
    return std::find(trusted.begin(), trusted.end(), address) != trusted.end();
}

/// Longest text form of an IPv6 address with a zone.
constexpr std::size_t max_address = 64;

}  // namespace

bool connection_counter::open(const std::string& address, bool exempt) {
    const std::lock_guard lock(mutex_);
    if (total_ >= max_total_) return false;
    std::size_t& count = by_address_[address];
    if (!exempt && count >= max_per_address_) return false;
    ++count;
    ++total_;
    return true;
}

void connection_counter::close(const std::string& address) {
    const std::lock_guard lock(mutex_);
    const auto found = by_address_.find(address);
    if (found == by_address_.end()) return;
    --total_;
    if (--found->second == 0) by_address_.erase(found);
}

std::size_t connection_counter::total() const {
    const std::lock_guard lock(mutex_);
    return total_;
}

client client_of(const std::string& peer, std::string_view forwarded_for,
                 std::string_view forwarded_proto, const std::vector<std::string>& trusted) {
    client found{peer, false};
    if (!is_trusted(peer, trusted)) return found;
    found.secure = text::trim(forwarded_proto) == "https";
    while (!forwarded_for.empty()) {
        const std::size_t comma = forwarded_for.rfind(',');
        const bool last = comma == std::string_view::npos;
        const std::string_view part =
            text::trim(last ? forwarded_for : forwarded_for.substr(comma + 1));
        forwarded_for = last ? std::string_view{} : forwarded_for.substr(0, comma);
        if (part.empty() || part.size() > max_address) break;
        found.address = part;
        if (!is_trusted(part, trusted)) break;
    }
    return found;
}

}  // namespace veche::api
