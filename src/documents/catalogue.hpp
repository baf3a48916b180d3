#pragma once
// Everything that the server offers as data, as a catalogue of DCAT-AP 3.0 in JSON-LD.

#include "documents/setting.hpp"

namespace veche::documents {

struct catalogued_file {
    std::string address;      ///< whole
    std::string media;        ///< "text/csv"
    std::string format;       ///< as people call it: "CSV"
    std::string conforms_to;  ///< address of the standard; "" where it has none
};

struct catalogued_set {
    std::string id;  ///< unlike all others: "register/places"
    localized title;
    localized about;
    std::string page;       ///< address of the page that shows it
    std::string publisher;  ///< "" for the union itself
    std::string licence;    ///< address or name; "" says nothing
    std::string modified;   ///< a day; "" where none is known
    std::vector<catalogued_file> files;
};

struct catalogue_notes {
    localized title;
    localized about;
    std::string licence;
};

std::string dcat_catalogue(const setting&, const catalogue_notes&,
                           const std::vector<catalogued_set>&);

}  // namespace veche::documents
