#include "api/pages/table_export.hpp"

#include "kernel/csv.hpp"
#include "render/filters.hpp"

namespace veche::api::pages {
namespace {

using render::surroundings;

bool is_localized(const type_info& type) {
    return &type == &describe<localized>();
}

bool fits_a_cell(const type_info& type) {
    if (is_localized(type) || (has_text(type) && type.what != form::raw)) return true;
    return (type.what == form::optional || type.what == form::list) && has_text(type.element());
}

void heads(const type_info& type, const std::string& path, std::string& out) {
    for (const field_info& field : type.fields) {
        const type_info& inner = field.type();
        const std::string name = path + std::string(field.name);
        const type_info& open = inner.what == form::optional ? inner.element() : inner;
        if (fits_a_cell(inner))
            out += (out.empty() ? "" : ",") + name;
        else if (open.what == form::object)
            heads(open, name + ".", out);
    }
}

std::string plain(const type_info& type, const void* value, const surroundings& around) {
    if (value == nullptr) return {};
    if (is_localized(type))
        return render::localized_text(*static_cast<const localized*>(value), around).text;
    if (has_text(type)) return text_of(type, value);
    std::string out;
    for (std::size_t i = 0; i < type.size(value); ++i)
        out += (i == 0 ? "" : "; ") + text_of(type.element(), type.at(value, i));
    return out;
}

void cells(const type_info& type, const void* object, const surroundings& around, bool& first,
           std::string& out) {
    for (const field_info& field : type.fields) {
        const type_info& inner = field.type();
        const void* value = object == nullptr ? nullptr : field.get(object);
        if (fits_a_cell(inner)) {
            out += (first ? "" : ",") + csv_cell(plain(inner, value, around));
            first = false;
        } else if (inner.what == form::optional && inner.element().what == form::object) {
            const bool there = value != nullptr && inner.size(value) > 0;
            cells(inner.element(), there ? inner.at(value, 0) : nullptr, around, first, out);
        } else if (inner.what == form::object) {
            cells(inner, value, around, first, out);
        }
    }
}

}  // namespace

std::string to_csv(const type_info& list, const void* value, const surroundings& around) {
    std::string out;
    heads(list.element(), "", out);
    out += "\r\n";
    for (std::size_t i = 0; i < list.size(value); ++i) {
        bool first = true;
        cells(list.element(), list.at(value, i), around, first, out);
        out += "\r\n";
    }
    return out;
}

}  // namespace veche::api::pages
