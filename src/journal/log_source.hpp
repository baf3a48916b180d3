#pragma once
// A log as a stranger finds it: public paths, nothing else. A folder, a store, a server.

#include <filesystem>
#include <functional>
#include <string>

#include "journal/publisher.hpp"

namespace veche::journal {

/// An entry as it comes out of a log. Valid while it is taken.
struct read_entry {
    std::uint64_t seq = 0;
    std::string_view bytes;
    hash256 leaf{};
    /// The tree that ends with it, where whoever read it has grown one.
    const frontier* tree = nullptr;
};

/// Takes an entry; false where no more is wanted.
using take_entry = std::function<bool(const read_entry&)>;

class log_source {
  public:
    virtual ~log_source() = default;
    /// The bytes under a path such as "checkpoint" or "tile/0/000.p/12".
    virtual result<std::string> fetch(const std::string& path) = 0;
    result<std::string> checkpoint() { return fetch("checkpoint"); }
    /// What `for_each_entry` does, by the shortest way that this source has.
    virtual result<void> entries(std::uint64_t size, const take_entry&);
};

class folder_source : public log_source {
  public:
    explicit folder_source(std::filesystem::path folder) : folder_(std::move(folder)) {}
    result<std::string> fetch(const std::string& path) override;

  private:
    std::filesystem::path folder_;
};

class publisher_source : public log_source {
  public:
    explicit publisher_source(const publisher& from) : from_(from) {}
    result<std::string> fetch(const std::string& path) override;

  private:
    const publisher& from_;
};

/// Roots of full subtrees out of the published tiles of a tree of `size` entries. Tiles are taken
/// as they are: whoever uses what comes out compares it with a signed root.
subtree_reader subtrees_of(log_source&, std::uint64_t size);

/// Calls with every entry of a tree of `size`, in order, each checked against its leaf in the
/// level-0 tile, and with its tree; and every tile above against those below it. Ends early
/// without a refusal where the callback returns false.
result<void> for_each_entry(log_source&, std::uint64_t size, const take_entry&);

}  // namespace veche::journal
