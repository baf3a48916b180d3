// One thread appends, others read and publish: nobody sees half a batch.

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "journal/log_source.hpp"
#include "store/folder.hpp"
#include "store/memory/memory_store.hpp"
#include "store/tests/filled.hpp"

namespace veche::store {
namespace {

constexpr std::uint64_t last = 1'000;

/// Reads a published log from beginning to end; how many entries it had, if it held.
std::optional<std::uint64_t> read_as_stranger(const journal::publisher& from) {
    journal::publisher_source source(from);
    const auto note = source.checkpoint();
    if (!note) return std::nullopt;
    const auto c = journal::verify_checkpoint(*note, from.vkey()).value();
    journal::frontier tree;
    const auto done = journal::for_each_entry(source, c.size, [&](const journal::read_entry& e) {
        tree.append(journal::leaf_hash(e.bytes));
        return true;
    });
    if (!done || tree.root() != c.root) return std::nullopt;
    return c.size;
}

void work_together(journal::store& store, journal::publisher& publisher) {
    std::atomic<bool> writing{true};
    std::atomic<int> wrong{0};
    std::vector<std::jthread> others;
    others.emplace_back([&] {
        while (writing)
            if (!publisher.publish()) ++wrong;
    });
    for (int i = 0; i < 2; ++i)
        others.emplace_back([&] {
            while (writing) {
                const journal::head now = store.current();
                if (now.edge.size() != now.next) ++wrong;
                if (now.next == 0) continue;
                if (!store.entry(now.next - 1)) ++wrong;
                if (store.leaves(0, now.next).value().size() != now.next * 32) ++wrong;
                if (publisher.latest() && !read_as_stranger(publisher)) ++wrong;
            }
        });
    testing::fill(store, last, 7);
    writing = false;
    others.clear();
    CHECK(wrong == 0);
    REQUIRE(publisher.publish());
    CHECK(read_as_stranger(publisher) == last);
}

TEST_CASE("readers and the signer work beside the writer, on disk") {
    testing::temporary_folder folder;
    const auto path = folder.path() / "union";
    REQUIRE(create_folder(path, std::string(testing::origin)));
    const auto open = open_folder(path).value();
    work_together(*open.journal, *open.publisher);
}

TEST_CASE("readers and the signer work beside the writer, in memory") {
    memory_store store;
    memory_guard guard;
    journal::publisher publisher(store, guard, std::string(testing::origin),
                                 journal::key_from_seed(std::string(32, 'L')));
    work_together(store, publisher);
}

}  // namespace
}  // namespace veche::store
