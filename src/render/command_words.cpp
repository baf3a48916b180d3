#include "render/command_words.hpp"

#include <algorithm>

#include "render/escape.hpp"
#include "render/filters.hpp"
#include "render/form.hpp"

namespace veche::render {
namespace {

std::string marked(const formatted& from) {
    return from.open + escaped(from.text) + from.close;
}

class teller {
  public:
    explicit teller(const surroundings& around) : around_(around) {}

    std::string object(const type_info& type, json::node from) const {
        std::string out = "<dl class=\"facts\">";
        for (const field_info& field : type.fields) {
            const auto value = from.find(field.name);
            if (!value.valid()) continue;
            const type_info& outer = field.type();
            const type_info& inner = outer.what == form::optional ? outer.element() : outer;
            out += "<div><dt>" + escaped(field_label(type.name, field.name, around_)) +
                   "</dt><dd>" + this->value(inner, value, field.name) + "</dd></div>";
        }
        return out + "</dl>";
    }

  private:
    std::string value(const type_info& type, json::node from, std::string_view field) const {
        if (&type == &describe<amount>()) return amount_value(from);
        if (&type == &describe<localized>()) return localized_value(from);
        if (type.what == form::object && from.is(json::kind::object)) return object(type, from);
        if (type.what == form::list && from.is(json::kind::array))
            return list(type.element(), from, field);
        if (!from.is(json::kind::string)) return json_markup(from);
        const std::string text(from.as_string());
        switch (type.what) {
            case form::date:
                if (const auto day = parse_date(text)) return escaped(date_text(*day, around_));
                return escaped(text);
            case form::instant:
                if (const auto at = parse_instant(text)) return escaped(instant_text(*at, around_));
                return escaped(text);
            case form::choice:
                return escaped(choice(type, text));
            case form::identifier:
            case form::text:
                return name(field, text);
            default:
                return json_markup(from);
        }
    }

    std::string choice(const type_info& type, const std::string& text) const {
        const std::string key = "choice." + std::string(type.name) + "." + text;
        return around_.texts->find(key) != nullptr ? around_.texts->text(key) : text;
    }

    std::string name(std::string_view field, const std::string& text) const {
        const auto kind = name_kind(field);
        const localized* found =
            kind.empty() || around_.names == nullptr ? nullptr : around_.names->find(kind, text);
        return found == nullptr ? escaped(text) : marked(localized_text(*found, around_));
    }

    std::string amount_value(json::node from) const {
        auto read = from_json<amount>(from);
        return read ? escaped(amount_text(*read, around_)) : json_markup(from);
    }

    std::string localized_value(json::node from) const {
        auto read = from_json<localized>(from);
        return read ? marked(localized_text(*read, around_)) : json_markup(from);
    }

    std::string list(const type_info& element, json::node from, std::string_view field) const {
        if (element.what == form::integer) return numbers(from);
        std::string out = "<ul>";
        for (auto one = from.first(); one.valid(); one = one.next())
            out += "<li>" + value(element, one, field) + "</li>";
        return out + "</ul>";
    }

    /// Numbers stand in a row.
    static std::string numbers(json::node from) {
        std::string out;
        for (auto one = from.first(); one.valid(); one = one.next())
            out += (out.empty() ? "" : ", ") + json_markup(one);
        return out;
    }

    const surroundings& around_;
};

}  // namespace

std::string_view name_kind(std::string_view field) {
    if (field == "body" || field == "owner" || field == "parent" || field == "joint_with")
        return "body";
    if (field == "member" || field == "payer") return "member";
    if (field == "unit" || field == "office" || field == "person" || field == "rule" ||
        field == "seat")
        return field;
    return {};
}

markup command_markup(const type_info& type, json::node body, const surroundings& around) {
    if (!body.is(json::kind::object)) return {json_markup(body)};
    return {teller(around).object(type, body)};
}

}  // namespace veche::render
