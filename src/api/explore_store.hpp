#pragma once
// Data sets as explorers ask for them, kept in memory by the hash of their bytes: each is read
// once, however many ask, and the longest unused go when there is no more room. Nothing of it is on
// the journal or on disk; whoever starts anew reads anew.

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "explore/labels.hpp"
#include "explore/space.hpp"

namespace veche::api {

class explore_store {
  public:
    using fetcher = std::function<result<std::string>()>;
    static constexpr std::size_t most_held = 192UL * 1024 * 1024;  ///< bytes of cubes and spaces

    explicit explore_store(std::size_t most = most_held) : most_(most) {}

    /// The data set of that hash; what `fetch` gives is read where it is not here. What was refused
    /// once is refused again without reading, but for bytes that were not at hand.
    result<std::shared_ptr<const explore::flow_cube>> cube(const std::string& sha256,
                                                           const std::string& name,
                                                           const fetcher& fetch);
    /// The names in a file; null where it holds none.
    std::shared_ptr<const explore::label_book> labels(const std::string& sha256,
                                                      const fetcher& fetch);
    /// Whether a table holds flows, by its columns.
    bool holds_flows(const std::string& sha256, const fetcher& fetch);
    /// The product space of a cube; `key` says of which period, side and level.
    result<std::shared_ptr<const explore::product_space>> space(
        const std::string& key, const std::function<result<explore::product_space>()>& make);

    [[nodiscard]] std::size_t held() const;
    /// How often a text was read.
    [[nodiscard]] std::int64_t readings() const;

  private:
    /// Something that is made once; whoever else wants it waits for it.
    struct slot {
        std::mutex making;
        bool made = false;
        std::shared_ptr<const void> value;
        std::optional<refusal> why;
        std::size_t bytes = 0;
        std::list<std::string>::iterator turn;
    };
    struct weighed {
        std::shared_ptr<const void> value;
        std::size_t bytes = 0;
    };
    /// Makes the thing out of the text; nothing of one that has to be read is asked for otherwise.
    using maker = std::function<result<weighed>(const std::string& text)>;

    /// Without `fetch` the thing is made out of no text.
    result<std::shared_ptr<const void>> get(const std::string& key, const fetcher& fetch,
                                            const maker& make);
    void make_in(slot& here, const std::string& key, const fetcher& fetch, const maker& make);
    void make_room(const std::string& but);

    mutable std::mutex guard_;
    std::map<std::string, std::shared_ptr<slot>> slots_;
    std::list<std::string> turns_;  ///< longest unused first
    std::size_t most_;
    std::size_t held_ = 0;
    std::int64_t readings_ = 0;
};

}  // namespace veche::api
