#pragma once
// A template bound to types: what bind.cpp makes and render.cpp walks.

#include <memory>
#include <string>
#include <vector>

#include "render/filters.hpp"
#include "render/syntax.hpp"

namespace veche::render {

/// The way to a value: which of the open things, and the fields from there.
struct path {
    enum class end { value, size, number, first, last, key };
    std::size_t frame = 0;
    const type_info* start = nullptr;      ///< type of that open thing
    std::vector<const field_info*> steps;  ///< null: into an optional
    end what = end::value;
    const type_info* type = nullptr;  ///< of what lies at the end
};

struct bound_value {
    path from;
    const filter* form = nullptr;
    std::string argument;
    std::vector<std::pair<const text_filter*, std::string>> after;
};

struct op {
    enum class kind { text, value, section, inverted, translate };
    kind what = kind::text;
    std::string text;                 ///< text; key
    bound_value value;                ///< value, section, inverted
    std::vector<std::string> wanted;  ///< section, inverted: any of these
    bool opens = false;               ///< section: its children see one more thing
    std::vector<std::pair<std::string, bound_value>> arguments;
    std::vector<op> children;
};

}  // namespace veche::render
