#pragma once
// A union at hand, in a folder or behind an address: the same few requests for both.

#include <memory>

#include "api/http.hpp"
#include "cli/verbs.hpp"
#include "office/secret_record.hpp"
#include "store/folder.hpp"

namespace veche::cli {

/// Canonical JSON, or the problem in the API's words.
using reply = tl::expected<std::string, api::problem_details>;

class union_link {
  public:
    virtual ~union_link() = default;
    /// Name of the journal.
    virtual reply origin() = 0;
    /// A command for a person without a key; the receipt.
    virtual reply act(const std::string& type, const api::do_request&) = 0;
    /// A command that its actor signed; the receipt.
    virtual reply act_signed(const std::string& type, const api::signed_request&) = 0;
    /// Seals a file beside the journal; the object that a command names it by.
    virtual reply seal(const std::string& bytes, const std::string& media,
                       const std::string& name) = 0;
    /// Salt and text of a sealed text that the person may read.
    virtual reply open_sealed(const std::string& commit) = 0;
    /// The public record of a secret vote.
    virtual reply secret_record(const std::string& vote, office::record_part) = 0;
    /// A view by the fields of its query.
    virtual reply ask(const std::string& view, const api::pairs& fields) = 0;
};

/// Opens a folder for writing or reading, or logs in at a server where a login is given.
tl::expected<std::unique_ptr<union_link>, api::problem_details> open_link(const union_options&);

/// Opens what lies there for writing, with its key if one is named; acts are `as` that person's.
tl::expected<std::unique_ptr<union_link>, api::problem_details> open_place(
    const store::union_place& at, const std::string& as);

/// "name=value" texts as pairs; refuses one without '='.
result<api::pairs> to_pairs(const std::vector<std::string>& fields);

}  // namespace veche::cli
