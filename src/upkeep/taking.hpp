#pragma once
// Entries on their way into a store: with the keys by which a repeated command is recognised and
// the versions of streams, which are derived from them and in no backup.

#include <functional>
#include <map>

#include "journal/store.hpp"
#include "kernel/json.hpp"

namespace veche::upkeep {

/// The streams that an entry of this type touches, by its body; whoever knows the types says it
/// (office/streams.hpp).
using streams_of_entry = std::function<std::vector<std::string>(std::string_view type, json::node)>;

class entry_taker {
  public:
    entry_taker(journal::store& to, streams_of_entry streams)
        : to_(to), streams_(std::move(streams)) {}

    /// Counts the versions of streams of an entry that the store has already.
    result<void> pass(std::string_view bytes);
    /// Appends an entry; not before the batch is full or flush() is called.
    result<void> take(std::uint64_t seq, std::string_view bytes);
    result<void> flush();

  private:
    result<void> read(std::string_view bytes, journal::batch* into, std::uint64_t seq);

    journal::store& to_;
    streams_of_entry streams_;
    journal::batch batch_;
    json::document line_;
    std::map<std::string, std::int64_t, std::less<>> versions_;
};

}  // namespace veche::upkeep
