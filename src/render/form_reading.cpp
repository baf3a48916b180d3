// Reading forms: from what a person entered to a command's canonical JSON.

#include <algorithm>
#include <charconv>
#include <set>

#include "kernel/text.hpp"
#include "render/degrees.hpp"
#include "render/form.hpp"

namespace veche::render {
namespace {

std::string without_blanks(std::string_view text) {
    return std::string(text::trim(text, " \t\r\n"));
}

std::string path_of(std::string_view path, std::string_view name) {
    return path.empty() ? std::string(name) : std::string(path) + "." + std::string(name);
}

class reader {
  public:
    reader(const form_pairs& sent, const form_source& source, const surroundings& around)
        : sent_(sent), source_(source), around_(around) {
        for (const auto& [name, text] : sent)
            if (!without_blanks(text).empty()) filled_.insert(name);
    }

    form_reading read(const type_info& type) {
        object(type, "");
        form_reading made;
        made.faults = std::move(faults_);
        if (!made.faults.empty()) return made;
        auto json = json_from_pairs(type, clean_);
        if (json)
            made.json = std::move(*json);
        else
            made.faults.push_back({json.error().field, label_of(json.error().field),
                                   around_.texts->sentence(json.error())});
        return made;
    }

  private:
    /// Whether anything was entered at the path or below it.
    [[nodiscard]] bool entered(const std::string& path) const {
        if (filled_.contains(path)) return true;
        const std::string below = path + ".";
        const auto at = filled_.lower_bound(below);
        return at != filled_.end() && at->starts_with(below);
    }

    void object(const type_info& type, const std::string& path) {
        for (const field_info& field : type.fields) {
            const std::string here = path_of(path, field.name);
            if (is_file_like(type) && is_of_file(field.name) && !entered(here)) continue;
            const type_info& outer = field.type();
            const bool may_miss =
                outer.what == form::optional || outer.what == form::list || outer.what == form::map;
            owner_ = type.name;
            name_ = field.name;
            // A form always sends the unit, which says nothing without a figure.
            if (outer.what == form::optional && &outer.element() == &describe<amount>() &&
                !filled_.contains(here + ".minor"))
                continue;
            if (outer.what != form::boolean && !entered(here)) {
                if (!may_miss) fault(here, "form.missing");
                continue;
            }
            value(outer.what == form::optional ? outer.element() : outer, here);
        }
    }

    void value(const type_info& type, const std::string& path) {
        if (&type == &describe<amount>()) return amount_value(path);
        if (is_map_place(type)) return place_value(type, path);
        switch (type.what) {
            case form::object:
                if (is_file_like(type) &&
                    !entered(path + (is_sealed_file(type) ? ".commit" : ".sha256")))
                    fault(path, "form.file");
                return object(type, path);
            case form::list:
                return list(type.element(), path);
            case form::map:
                return copy_below(path);
            case form::raw:
                return raw(path);
            default:
                return scalar(type, path);
        }
    }

    void scalar(const type_info& type, const std::string& path) {
        const std::string text = without_blanks(form_value(sent_, path));
        if (type.what == form::instant) {
            const auto at = local_instant(text, around_);
            return at ? keep(path, to_text(*at)) : fault(path, "form.instant");
        }
        if (type.what == form::date && !parse_date(text)) return fault(path, "form.date");
        if (type.what == form::integer && !minor_units(text, 0)) return fault(path, "form.number");
        if (type.what == form::identifier && !is_identifier(text)) return fault(path, "form.id");
        if (type.what == form::ratio && !parse_ratio(text)) return fault(path, "form.ratio");
        if (type.what == form::integer) return keep(path, std::to_string(*minor_units(text, 0)));
        if (type.what == form::boolean && text.empty()) return;
        keep(path, text);
    }

    void amount_value(const std::string& path) {
        const std::string unit = without_blanks(form_value(sent_, path + ".unit"));
        const std::int32_t scale = around_.names != nullptr ? around_.names->scale(unit) : 0;
        const auto minor = minor_units(form_value(sent_, path + ".minor"), scale);
        if (!minor) return fault(path, "form.amount");
        keep(path + ".minor", std::to_string(*minor));
        keep(path + ".unit", unit);
    }

    /// A point of the map is entered in degrees and kept in millionths of them.
    void place_value(const type_info& type, const std::string& path) {
        owner_ = type.name;
        for (const axis of : {axis::latitude, axis::longitude}) {
            name_ = of == axis::latitude ? "latitude" : "longitude";
            const std::string here = path_of(path, name_);
            const auto at = millionths_of_degree(form_value(sent_, here), of);
            if (!at)
                fault(here, entered(here) ? "form." + std::string(name_) : "form.missing");
            else
                keep(here, std::to_string(*at));
        }
    }

    void list(const type_info& element, const std::string& path) {
        if (element.what == form::object) {
            for (std::size_t i = 0; i < 1000; ++i) {
                const std::string group = path + "." + std::to_string(i);
                if (entered(group)) value(element, group);
            }
            return;
        }
        for (const auto& [name, text] : sent_) {
            if (name != path) continue;
            std::string_view rest = text;
            while (!rest.empty()) {
                const auto end = rest.find('\n');
                if (const auto one = without_blanks(rest.substr(0, end)); !one.empty())
                    keep(path, one);
                rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            }
        }
    }

    void copy_below(const std::string& path) {
        for (const auto& [name, text] : sent_)
            if (name.rfind(path + ".", 0) == 0) keep(name, without_blanks(text));
    }

    /// A command inside a command is read by its own description and travels as JSON.
    void raw(const std::string& path) {
        const auto dot = path.rfind('.');
        const std::string beside = dot == std::string::npos ? "" : path.substr(0, dot + 1);
        const type_info* inner = source_.command(form_value(sent_, beside + "type"));
        if (inner == nullptr) return keep(path, without_blanks(form_value(sent_, path)));
        form_pairs below;
        for (const auto& [name, text] : sent_)
            if (name.rfind(path + ".", 0) == 0)
                below.emplace_back(name.substr(path.size() + 1), text);
        form_reading read = reader(below, source_, around_).read(*inner);
        for (form_fault& one : read.faults) {
            one.path = path_of(path, one.path);
            faults_.push_back(std::move(one));
        }
        if (!read.json.empty()) keep(path, read.json);
    }

    void keep(const std::string& path, const std::string& text) { clean_.emplace_back(path, text); }

    void fault(const std::string& path, const std::string& key) {
        const std::string label = field_label(owner_, name_, around_);
        faults_.push_back({path, label, around_.texts->text(key, {{"field", label}})});
    }

    [[nodiscard]] std::string label_of(const std::string& path) const {
        const auto dot = path.rfind('.');
        return field_label("", dot == std::string::npos ? path : path.substr(dot + 1), around_);
    }

    const form_pairs& sent_;
    const form_source& source_;
    const surroundings& around_;
    /// Names of fields with something in them: a secret ballot has hundreds.
    std::set<std::string_view, std::less<>> filled_;
    std::string_view owner_;
    std::string_view name_;
    form_pairs clean_;
    std::vector<form_fault> faults_;
};

}  // namespace

form_reading read_form(const type_info& type, const form_pairs& sent, const form_source& source,
                       const surroundings& around) {
    return reader(sent, source, around).read(type);
}

std::optional<instant> local_instant(std::string_view text, const surroundings& around) {
    if (const auto exact = parse_instant(text)) return exact;
    if (text.size() != 16 && text.size() != 19) return std::nullopt;
    const std::string seconds = text.size() == 19 ? std::string(text.substr(16)) : ":00";
    const auto read = parse_instant(std::string(text.substr(0, 16)) + seconds + ".000Z");
    if (!read || around.zone == nullptr) return read;
    // The offset of the instant that the local time would be in UTC is right but for the hour in
    // which clocks change; a second look settles that.
    const std::int64_t first = around.zone->offset(*read);
    const std::int64_t second = around.zone->offset({read->ms - first * 60'000});
    return instant{read->ms - second * 60'000};
}

std::optional<std::int64_t> minor_units(std::string_view text, std::int32_t scale) {
    std::string digits;
    bool any = false;
    std::int32_t places = -1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ' ' || c == '\r' || c == '\n' || c == '\t') continue;
        if (text.substr(i, 2) == "\u00A0" || text.substr(i, 3) == "\u202F") {
            i += text.substr(i, 2) == "\u00A0" ? 1 : 2;
            continue;
        }
        if ((c == '.' || c == ',') && places < 0) {
            places = 0;
        } else if (c == '-' && digits.empty() && places < 0) {
            digits += c;
        } else if (c >= '0' && c <= '9') {
            digits += c;
            any = true;
            if (places >= 0) ++places;
        } else {
            return std::nullopt;
        }
    }
    if (!any || places > scale) return std::nullopt;
    digits.append(static_cast<std::size_t>(scale - std::max(places, 0)), '0');
    std::int64_t value = 0;
    const auto done = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (done.ec != std::errc() || done.ptr != digits.data() + digits.size()) return std::nullopt;
    return value;
}

}  // namespace veche::render
