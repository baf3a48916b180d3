#include "store/looking.hpp"

#include <fstream>
#include <sstream>

#include "store/refusal.hpp"

namespace veche::store {
namespace {

class closed_store final : public journal::store {
  public:
    explicit closed_store(std::unique_ptr<journal::store> inside) : inside_(std::move(inside)) {}

    [[nodiscard]] journal::head current() const override { return inside_->current(); }
    result<journal::head> hold() override { return closed(); }
    result<void> append(const journal::batch&, std::uint64_t) override { return closed(); }
    result<void> read(
        std::uint64_t from, std::uint64_t to,
        const std::function<bool(std::uint64_t, std::string_view)>& take) const override {
        return inside_->read(from, to, take);
    }
    [[nodiscard]] result<std::string> entry(std::uint64_t seq) const override {
        return inside_->entry(seq);
    }
    [[nodiscard]] result<std::string> leaves(std::uint64_t from, std::uint64_t to) const override {
        return inside_->leaves(from, to);
    }
    [[nodiscard]] result<std::string> tile(unsigned level, std::uint64_t index) const override {
        return inside_->tile(level, index);
    }
    [[nodiscard]] result<std::optional<journal::idem_hit>> find_idem(
        std::string_view actor, std::string_view idem) const override {
        return inside_->find_idem(actor, idem);
    }
    result<void> put_checkpoint(const journal::stored_checkpoint&) override { return closed(); }
    [[nodiscard]] std::optional<journal::stored_checkpoint> latest_checkpoint() const override {
        return inside_->latest_checkpoint();
    }
    [[nodiscard]] bool has_checkpoint(std::uint64_t from, std::uint64_t to) const override {
        return inside_->has_checkpoint(from, to);
    }

  private:
    [[nodiscard]] tl::unexpected<refusal> closed() const {
        return refuse(refusals::looking_copy, {}, std::to_string(inside_->current().next));
    }
    std::unique_ptr<journal::store> inside_;
};

}  // namespace

result<std::optional<looking_copy>> looking_copy_in(const std::filesystem::path& folder) {
    const std::filesystem::path file = looking_file(folder);
    if (!std::filesystem::exists(file)) return std::optional<looking_copy>{};
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const auto canonical = json::canonicalize(std::move(text).str());
    const auto read =
        canonical ? from_json<looking_copy>(std::string_view(*canonical)) : result<looking_copy>();
    if (!canonical || !read)
        return refuse(refusals::database_damaged, {}, file.string(), "it is not what it should be");
    return std::optional(*read);
}

std::unique_ptr<journal::store> closed_to_writing(std::unique_ptr<journal::store> inside) {
    return std::make_unique<closed_store>(std::move(inside));
}

result<journal::stored_checkpoint> closed_guard::last() const {
    return refuse(refusals::looking_copy, {}, std::to_string(size_));
}

result<void> closed_guard::advance(std::uint64_t, const journal::stored_checkpoint&) {
    return refuse(refusals::looking_copy, {}, std::to_string(size_));
}

}  // namespace veche::store
