#include "cli/link.hpp"

#include "api/clock.hpp"
#include "cli/refusal.hpp"
#include "cli/remote.hpp"
#include "cli/union_folder.hpp"
#include "store/refusal.hpp"

namespace veche::cli {
namespace {

template <class T>
tl::unexpected<api::problem_details> problem_of(const result<T>& from) {
    return tl::unexpected(to_details(from.error()));
}

/// A union's folder on this machine. Whoever may write to it speaks for the person they name: where
/// the charter wants signatures, only a key does.
class local_link final : public union_link {
  public:
    local_link(std::unique_ptr<union_folder> folder, person_id person)
        : folder_(std::move(folder)), person_(std::move(person)) {}

    reply origin() override { return folder_->office().origin(); }
    reply act(const std::string& type, const api::do_request& asked) override {
        return to_reply(folder_->office().submit_unsigned(type, asked.body.bytes, person_,
                                                          asked.auth.value_or(person_.value),
                                                          asked.idem.value_or("")));
    }
    reply act_signed(const std::string&, const api::signed_request& asked) override {
        return to_reply(folder_->office().submit({asked.line, asked.signatures, person_}));
    }
    reply seal(const std::string& bytes, const std::string& media,
               const std::string& name) override {
        const auto kept = folder_->sealed().keep(bytes, media, name);
        if (!kept) return problem_of(kept);
        return to_json(*kept);
    }
    reply open_sealed(const std::string& commit) override {
        const auto opened = folder_->sealed().open({commit}, person_);
        if (!opened) return problem_of(opened);
        return to_json(*opened);
    }
    reply secret_record(const std::string& vote, office::record_part part) override {
        office::union_state seen;
        folder_->office().read([&](const office::union_state& s) { seen = s; });
        auto text = office::secret_record(
            seen, {vote}, part, [&](std::uint64_t seq) { return folder_->store().entry(seq); });
        if (!text) return problem_of(text);
        return *std::move(text);
    }
    reply ask(const std::string& name, const api::pairs& fields) override {
        const office::view_route* view = office::find_view(name);
        if (view == nullptr)
            return problem_of(result<void>(refuse(office::refusals::view_unknown, {}, name)));
        const auto query = json_from_pairs(view->query(), fields);
        if (!query) return problem_of(query);
        const auto answer = folder_->office().ask(name, *query, {person_, api::wall_clock()});
        if (!answer) return problem_of(answer);
        json::writer out;
        write_json(*answer->type, answer->value.get(), out);
        return out.take();
    }

  private:
    static reply to_reply(const result<office::receipt>& done) {
        if (!done) return problem_of(done);
        return to_json(api::receipt_answer{static_cast<std::int64_t>(done->entries), done->repeated,
                                           static_cast<std::int64_t>(done->seq)});
    }

    std::unique_ptr<union_folder> folder_;
    person_id person_;
};

}  // namespace

tl::expected<std::unique_ptr<union_link>, api::problem_details> open_link(
    const union_options& options) {
    if (options.at.find("://") != std::string::npos && !union_folder::is_one(options.at)) {
        const auto server = api::parse_url(options.at);
        if (!server)
            return problem_of(result<void>(refuse(refusals::address_unusable, {}, options.at)));
        return open_remote_link(*server, options.login);
    }
    const auto at = store::union_place::of(options.at);
    if (!at) return problem_of(at);
    return open_place(*at, options.as);
}

tl::expected<std::unique_ptr<union_link>, api::problem_details> open_place(
    const store::union_place& at, const std::string& as) {
    if (at.url.empty() && !union_folder::is_one(at.folder))
        return problem_of(
            result<void>(refuse(store::refusals::folder_missing, {}, at.folder.string())));
    office::options with;
    with.now = &api::wall_clock;
    with.ticker = false;
    auto folder = union_folder::open(at, std::move(with));
    if (!folder) return problem_of(folder);
    return std::make_unique<local_link>(std::move(*folder), person_id{as});
}

result<api::pairs> to_pairs(const std::vector<std::string>& fields) {
    api::pairs out;
    for (const std::string& field : fields) {
        const std::size_t equals = field.find('=');
        if (equals == std::string::npos || equals == 0)
            return refuse(refusals::field_malformed, {}, field);
        out.emplace_back(field.substr(0, equals), field.substr(equals + 1));
    }
    return out;
}

}  // namespace veche::cli
