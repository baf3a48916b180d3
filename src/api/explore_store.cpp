#include "api/explore_store.hpp"

namespace veche::api {
namespace {

/// A list of names that is larger is none.
constexpr std::size_t most_label_bytes = 4UL * 1024 * 1024;
/// What even the smallest thing that is kept counts for.
constexpr std::size_t least_bytes = 256;

std::size_t bytes_of(const explore::product_space& space) {
    return (space.rca.size() + space.proximity.size() + space.density.size()) * sizeof(double);
}

}  // namespace

result<std::shared_ptr<const void>> explore_store::get(const std::string& key, const fetcher& fetch,
                                                       const maker& make) {
    std::shared_ptr<slot> here;
    {
        const std::scoped_lock lock(guard_);
        auto& found = slots_[key];
        if (!found) {
            found = std::make_shared<slot>();
            found->turn = turns_.insert(turns_.end(), key);
        } else {
            turns_.splice(turns_.end(), turns_, found->turn);
        }
        here = found;
    }
    const std::scoped_lock making(here->making);
    if (!here->made) make_in(*here, key, fetch, make);
    if (here->why) return tl::unexpected(*here->why);
    return here->value;
}

void explore_store::make_in(slot& here, const std::string& key, const fetcher& fetch,
                            const maker& make) {
    const result<std::string> text = fetch ? fetch() : result<std::string>("");
    result<weighed> made = text ? make(*text) : result<weighed>(tl::unexpected(text.error()));
    // Bytes may come to lie here later.
    here.made = text.has_value();
    here.why.reset();
    if (made)
        here.value = std::move(made->value);
    else
        here.why = made.error();
    const std::scoped_lock lock(guard_);
    ++readings_;
    if (!here.made) return;
    here.bytes = least_bytes + (made ? made->bytes : 0);
    // It may have been put out while it was made.
    const auto found = slots_.find(key);
    if (found != slots_.end() && found->second.get() == &here) held_ += here.bytes;
    make_room(key);
}

/// What is being made holds nothing yet and goes with its turn.
void explore_store::make_room(const std::string& but) {
    for (auto at = turns_.begin(); held_ > most_ && at != turns_.end();) {
        const auto found = slots_.find(*at);
        if (*at == but || found->second->bytes == 0) {
            ++at;
            continue;
        }
        held_ -= found->second->bytes;
        slots_.erase(found);
        at = turns_.erase(at);
    }
}

result<std::shared_ptr<const explore::flow_cube>> explore_store::cube(const std::string& sha256,
                                                                      const std::string& name,
                                                                      const fetcher& fetch) {
    const auto make = [&](const std::string& text) -> result<weighed> {
        auto cube = VECHE_TRY(explore::cube_of(text, name));
        auto made = std::make_shared<const explore::flow_cube>(std::move(cube));
        const std::size_t size = made->bytes();
        return weighed{std::move(made), size};
    };
    const auto held = VECHE_TRY(get("cube/" + sha256, fetch, make));
    return std::static_pointer_cast<const explore::flow_cube>(held);
}

std::shared_ptr<const explore::label_book> explore_store::labels(const std::string& sha256,
                                                                 const fetcher& fetch) {
    const auto make = [](const std::string& text) -> result<weighed> {
        if (text.size() > most_label_bytes || !explore::is_label_table(text)) return weighed{};
        auto book = explore::read_labels(text);
        if (!book) return weighed{};
        return weighed{std::make_shared<const explore::label_book>(std::move(*book)),
                       text.size() * 2};
    };
    const auto held = get("labels/" + sha256, fetch, make);
    return held ? std::static_pointer_cast<const explore::label_book>(*held) : nullptr;
}

bool explore_store::holds_flows(const std::string& sha256, const fetcher& fetch) {
    const auto make = [](const std::string& text) -> result<weighed> {
        if (!explore::holds_flows(text)) return weighed{};
        return weighed{std::make_shared<const bool>(true), 0};
    };
    const auto held = get("flows/" + sha256, fetch, make);
    return held && *held;
}

result<std::shared_ptr<const explore::product_space>> explore_store::space(
    const std::string& key, const std::function<result<explore::product_space>()>& make) {
    const auto wrap = [&](const std::string&) -> result<weighed> {
        auto space = VECHE_TRY(make());
        auto made = std::make_shared<const explore::product_space>(std::move(space));
        const std::size_t size = bytes_of(*made);
        return weighed{std::move(made), size};
    };
    const auto held = VECHE_TRY(get("space/" + key, {}, wrap));
    return std::static_pointer_cast<const explore::product_space>(held);
}

std::size_t explore_store::held() const {
    const std::scoped_lock lock(guard_);
    return held_;
}

std::int64_t explore_store::readings() const {
    const std::scoped_lock lock(guard_);
    return readings_;
}

}  // namespace veche::api
