#pragma once
// What a document or a feed is made in, from one request.

#include "api/pages/visit.hpp"
#include "assembly/election_views.hpp"
#include "documents/setting.hpp"

namespace veche::api::pages {

documents::setting setting_of(const visit& here);

/// A file by its media type; `name` is what a browser proposes to save it as, without ending.
response file_of(const visit& here, std::string type, std::string body, std::string_view name);

/// The public's view of a thing, whoever is signed in: a document says the same to everybody.
template <class View, class Query>
result<shown<View>> ask_publicly(const visit& here, const Query& query) {
    auto answer =
        here.context.office.ask(Query::wire.type, to_json(query), viewer{{}, here.context.now});
    if (!answer) return tl::unexpected(std::move(answer).error());
    return shown<View>{std::static_pointer_cast<const View>(answer->value)};
}

/// Elections of the session, whole, the first called first.
std::vector<assembly::election_view> elections_of(const visit& here, const session_id& session);

}  // namespace veche::api::pages
