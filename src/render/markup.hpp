#pragma once
// HTML that this room made itself (a plot, a form, a rendered value): the only kind of value that a
// template prints without escaping. No view of the domain has a field of this type.

#include <string>

#include "kernel/fields.hpp"

namespace veche::render {

struct markup {
    std::string bytes;
};

extern const type_info markup_info;

}  // namespace veche::render

namespace veche::detail {
template <>
struct info_of<render::markup> {
    static const type_info& get() { return render::markup_info; }
};
}  // namespace veche::detail
