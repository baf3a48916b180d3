// DCAT-AP 3.0.0 (https://semiceu.github.io/DCAT-AP/releases/3.0.0/). A catalogue must have a title,
// a description and a publisher; a data set a title and a description; a distribution an access
// address; an agent a name. Names of formats are words of ours, not of an authority that would have
// to be asked.

#include "documents/catalogue.hpp"

#include "documents/json_text.hpp"

namespace veche::documents {
namespace {

constexpr std::string_view context =
    R"({"dcat":"http://www.w3.org/ns/dcat#","dct":"http://purl.org/dc/terms/",)"
    R"("foaf":"http://xmlns.com/foaf/0.1/","xsd":"http://www.w3.org/2001/XMLSchema#"})";

std::string reference(std::string_view address) {
    json_fields out;
    return out.text("@id", address).take();
}

std::string typed(std::string_view value, std::string_view type) {
    json_fields out;
    return out.text("@value", value).text("@type", type).take();
}

std::vector<std::string> in_languages(const localized& texts) {
    std::vector<std::string> out;
    for (const auto& [language, text] : texts) {
        json_fields one;
        out.push_back(one.text("@value", text).text("@language", language).take());
    }
    return out;
}

std::string agent(const localized& names, std::string_view id) {
    json_fields out;
    if (!id.empty()) out.text("@id", id);
    return out.text("@type", "foaf:Agent").list("foaf:name", in_languages(names)).take();
}

/// A licence by its address; one that has none is named.
std::string licence_of(std::string_view licence) {
    json_fields out;
    if (licence.starts_with("http")) out.text("@id", licence);
    out.text("@type", "dct:LicenseDocument");
    if (!licence.starts_with("http")) out.text("dct:title", licence);
    return out.take();
}

std::string distribution(const catalogued_file& file, const std::string& licence) {
    json_fields format;
    format.text("@type", "dct:MediaTypeOrExtent").text("dct:title", file.format);
    json_fields media;
    media.text("@id", "http://www.iana.org/assignments/media-types/" + file.media);
    media.text("@type", "dct:MediaType");
    json_fields out;
    out.text("@id", file.address).text("@type", "dcat:Distribution");
    out.raw("dcat:accessURL", reference(file.address));
    out.raw("dcat:downloadURL", reference(file.address));
    out.raw("dct:format", format.take()).raw("dcat:mediaType", media.take());
    if (!licence.empty()) out.raw("dct:license", licence_of(licence));
    if (!file.conforms_to.empty()) {
        json_fields standard;
        standard.text("@id", file.conforms_to).text("@type", "dct:Standard");
        out.raw("dct:conformsTo", standard.take());
    }
    return out.take();
}

}  // namespace

std::string dcat_catalogue(const setting& in, const catalogue_notes& notes,
                           const std::vector<catalogued_set>& sets) {
    const std::string union_id = in.site + "/data/publisher";
    std::vector<std::string> datasets;
    for (const catalogued_set& one : sets) {
        std::vector<std::string> files;
        for (const catalogued_file& file : one.files)
            files.push_back(distribution(file, one.licence));
        json_fields out;
        out.text("@id", in.site + "/data/set/" + one.id).text("@type", "dcat:Dataset");
        out.text("dct:identifier", one.id);
        out.list("dct:title", in_languages(one.title));
        out.list("dct:description", in_languages(one.about));
        out.raw("dct:publisher",
                one.publisher.empty() ? reference(union_id) : agent({{"en", one.publisher}}, ""));
        if (!one.page.empty()) {
            json_fields page;
            page.text("@id", one.page).text("@type", "foaf:Document");
            out.raw("dcat:landingPage", page.take());
        }
        if (!one.modified.empty()) out.raw("dct:modified", typed(one.modified, "xsd:date"));
        datasets.push_back(out.list("dcat:distribution", files).take());
    }
    json_fields out;
    out.raw("@context", context).text("@id", in.site + "/data/catalog.jsonld");
    out.text("@type", "dcat:Catalog");
    out.list("dct:title", in_languages(notes.title));
    out.list("dct:description", in_languages(notes.about));
    out.raw("dct:publisher", agent(in.union_name, union_id));
    if (!notes.licence.empty()) out.raw("dct:license", licence_of(notes.licence));
    return out.list("dcat:dataset", datasets).take() + "\n";
}

}  // namespace veche::documents
