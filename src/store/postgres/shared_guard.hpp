#pragma once
// What was signed last, for several nodes: one row on the server, changed by compare-and-set, and
// at each node a file with what this node itself saw signed. A server that was put back in time
// forgets with its rows what it had signed; the nodes do not.

#include "store/rows.hpp"
#include "store/sqlite/sqlite_guard.hpp"

namespace veche::store {

class shared_guard final : public journal::guard {
  public:
    static result<void> prepare(row_base&, const std::string& origin, const std::string& vkey);
    /// Of the union on this server, in the schema of its guard; with what the node of this folder
    /// saw signed, in a file that is made where the node is new. Without a folder nobody's own.
    static result<std::unique_ptr<shared_guard>> at(const std::string& url,
                                                    const std::string& schema,
                                                    const std::filesystem::path& folder);
    /// `own`: of the node; none for a program that signs nothing.
    static result<std::unique_ptr<shared_guard>> open(std::shared_ptr<row_base> in,
                                                      std::unique_ptr<sqlite_guard> own);

    [[nodiscard]] result<journal::stored_checkpoint> last() const override;
    [[nodiscard]] result<journal::stored_checkpoint> seen() const override;
    result<void> saw(const journal::stored_checkpoint&) override;
    /// On the server first: what is signed there every other node has to extend.
    result<void> advance(std::uint64_t expected, const journal::stored_checkpoint& to) override;
    [[nodiscard]] const std::string& origin() const { return origin_; }
    [[nodiscard]] const std::string& vkey() const { return vkey_; }

  private:
    shared_guard(std::shared_ptr<row_base> in, std::unique_ptr<sqlite_guard> own)
        : in_(std::move(in)), own_(std::move(own)) {}

    std::shared_ptr<row_base> in_;
    std::unique_ptr<sqlite_guard> own_;
    std::string origin_, vkey_;
};

}  // namespace veche::store
