#pragma once
// A founded union in memory with an office that has no clock of its own, for tests of the edge.

#include <atomic>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "api/journal_files.hpp"
#include "charter/toml.hpp"
#include "journal/signed_note.hpp"
#include "office/office.hpp"
#include "source_dir.hpp"
#include "store/memory/memory_store.hpp"

namespace veche::api::testing {

class union_at_hand {
  public:
    union_at_hand() {
        office::options with;
        with.now = [this] { return instant{clock_ms}; };
        with.ticker = false;
        auto opened = office::office::open(store, publisher, std::move(with));
        if (!opened) throw std::runtime_error(opened.error().sentence());
        office = std::move(*opened);
        std::ifstream in(veche::source_dir() + "/unions/union-state.toml");
        const std::string text((std::istreambuf_iterator<char>(in)), {});
        const auto document = charter::read_toml(text);
        if (!document) throw std::runtime_error(document.error().sentence());
        if (const auto done = office->found(*document); !done)
            throw std::runtime_error(done.error().sentence());
        if (const auto done = office->tick(); !done)
            throw std::runtime_error(done.error().sentence());
    }

    std::atomic<std::int64_t> clock_ms = 1'790'000'000'000;
    store::memory_store store;
    store::memory_guard guard;
    journal::key_pair log_key = journal::key_from_seed(std::string(32, 'k'));
    journal::publisher publisher{store, guard, "test.example/journal", log_key};
    std::unique_ptr<office::office> office;
    std::function<std::vector<std::string>(std::uint64_t, std::size_t)> entries =
        [this](std::uint64_t from, std::size_t count) { return read_entries(store, from, count); };
};

}  // namespace veche::api::testing
