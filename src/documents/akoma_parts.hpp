#pragma once
// What minutes and acts in Akoma Ntoso have in common: identification, references, votes.

#include <map>

#include "assembly/vote_views.hpp"
#include "documents/setting.hpp"
#include "documents/xml.hpp"

namespace veche::documents {

/// Something the text points at: a top-level class of the standard, by the eId it gets here.
struct referred {
    std::string_view element;  ///< TLCPerson, TLCOrganization, TLCRole, TLCConcept
    std::string href;          ///< "/ontology/person/..."
    std::string name;
};

class akoma {
  public:
    /// `kind`: debate or act. `number`: id of the session or decision. `day`: of the work.
    akoma(const setting& in, std::string_view kind, std::string number, date day);

    /// Notes a thing that will be pointed at. The eId without '#'.
    std::string refer(std::string_view element, std::string_view kind, std::string_view id,
                      std::string name);
    void refer_voters(const assembly::vote_view&);

    /// Opens akomaNtoso, the document and its meta with the identification. `author` is an eId.
    void begin(const std::string& author);
    /// The <voting> of one vote with its counts; inside analysis/parliamentary.
    void voting(const assembly::vote_view&);
    /// References and the journal's stamp; closes meta.
    void end_meta(const document& stamped);
    /// The names of one vote, a paragraph each.
    void roll(const assembly::vote_view&);
    void heading(const std::string& text) { out.leaf("heading", text); }
    void paragraph(const std::string& text) { out.leaf("p", text.empty() ? " " : text); }

    xml_writer out;

  private:
    void level(std::string_view name, const std::string& suffix, const std::string& author);
    [[nodiscard]] std::string work() const;
    [[nodiscard]] std::string language() const;

    const setting& in_;
    std::string kind_, number_;
    date day_;
    std::map<std::string, referred> references_;
};

/// An identifier as part of an eId: '/' and '.' become '-'.
std::string eid_part(std::string_view id);

}  // namespace veche::documents
