#pragma once
// The register as files of open standards: what each column of a table means (CSV on the Web),
// places and links on the map (GeoJSON, RFC 7946), organisations (Popolo), who holds joint
// enterprises (Beneficial Ownership Data Standard 0.4). Nothing is told that a record does not say:
// a share that is not known is left out, a day that is known to the year stays a year.

#include "documents/setting.hpp"
#include "registry/export_rows.hpp"
#include "registry/views.hpp"

namespace veche::documents {

struct table_notes {
    std::string file;   ///< "places.csv", as it lies beside the metadata
    std::string kind;   ///< of its records, a field of `batch_row`
    std::string title;  ///< in the language of the setting
    std::string licence;
};
std::string csvw_of(const setting&, const table_notes&, const registry::csv_table&);

struct grouped_table {
    table_notes notes;
    registry::csv_table table;
};
/// All tables together, with the columns that name records of others (foreign keys).
std::string csvw_group(const setting&, const std::string& title, const std::string& licence,
                       const std::vector<grouped_table>&);

/// Points; places without one have none ("geometry": null).
std::string places_geojson(const setting&, const registry::places_view&);
/// Lines between two points, cut where they pass the meridian of 180 degrees (RFC 7946, 3.1.9).
std::string links_geojson(const setting&, const registry::links_view&);

std::string organisations_popolo(const setting&, const std::vector<registry::batch_row>&);

/// Entities and persons first, then who holds what. `on`: the day of what names no day of its own.
std::string enterprises_bods(const setting&, const std::vector<registry::batch_row>& organisations,
                             const std::vector<registry::batch_row>& enterprises, date on);
/// The same with the owners of all other organisations: media, associations, their holders.
std::string holders_bods(const setting&, const std::vector<registry::batch_row>& organisations,
                         const std::vector<registry::batch_row>& enterprises,
                         const std::vector<registry::record_owners>& owners, date on);

}  // namespace veche::documents
