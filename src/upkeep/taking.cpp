#include "upkeep/taking.hpp"

#include "journal/entry.hpp"
#include "journal/envelope.hpp"

namespace veche::upkeep {
namespace {

constexpr std::size_t entries_at_once = 1000;

}  // namespace

result<void> entry_taker::read(std::string_view bytes, journal::batch* into, std::uint64_t seq) {
    const auto view = VECHE_TRY(journal::parse_entry(bytes));
    VECHE_CHECK(line_.reset(view.event_line));
    const auto e = VECHE_TRY(journal::read_envelope(line_.root()));
    for (std::string& stream : streams_(e.type, e.body)) {
        const std::int64_t version = ++versions_[stream];
        if (into) into->streams.push_back({std::move(stream), version, seq});
    }
    if (!into) return {};
    into->entries.push_back({seq, journal::leaf_hash(bytes), std::string(bytes)});
    into->at = view.at;
    if (!e.derived)
        into->idems.push_back(
            {std::string(e.actor), std::string(e.idem), seq, sha256(view.event_line)});
    return {};
}

result<void> entry_taker::pass(std::string_view bytes) {
    return read(bytes, nullptr, 0);
}

result<void> entry_taker::take(std::uint64_t seq, std::string_view bytes) {
    VECHE_CHECK(read(bytes, &batch_, seq));
    return batch_.entries.size() == entries_at_once ? flush() : result<void>{};
}

result<void> entry_taker::flush() {
    if (batch_.entries.empty()) return {};
    VECHE_CHECK(to_.append(batch_, batch_.entries.front().seq));
    batch_ = {};
    return {};
}

}  // namespace veche::upkeep
