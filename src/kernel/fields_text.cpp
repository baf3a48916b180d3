// What else derives from the one description: objects from flat pairs (forms, command lines) and
// the JSON Schema of a type.

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>

#include "kernel/fields.hpp"
#include "kernel/text.hpp"

namespace veche {
namespace {

/// Pairs gathered into a tree by the dots of their names, in the order of arrival.
struct branch {
    std::vector<std::string> values;
    std::vector<std::pair<std::string, std::unique_ptr<branch>>> parts;

    branch& part(std::string_view name) {
        for (auto& [known, child] : parts)
            if (known == name) return *child;
        return *parts.emplace_back(name, std::make_unique<branch>()).second;
    }
};

bool is_place_in_list(std::string_view name) {
    return !name.empty() && name.size() <= 4 &&
           std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class builder {
  public:
    result<std::string> build(const type_info& type, const branch& from, const std::string& path) {
        switch (type.what) {
            case form::object:
                return object(type, from, path);
            case form::list:
                return list(type, from, path);
            case form::map:
                return map(type, from, path);
            case form::optional:
                return build(type.element(), from, path);
            case form::raw:
                return raw(from, path);
            default:
                return scalar(type, from, path);
        }
    }

  private:
    static result<std::string> one_value(const branch& from, const std::string& path) {
        if (from.values.size() != 1 || !from.parts.empty())
            return refuse(json::refusals::wrong_type, path, "one value");
        return from.values.front();
    }

    static bool blank(const branch& from) {
        return std::all_of(from.values.begin(), from.values.end(),
                           [](const std::string& v) { return v.empty(); }) &&
               std::all_of(from.parts.begin(), from.parts.end(),
                           [](const auto& p) { return blank(*p.second); });
    }

    static std::string join(const std::string& path, std::string_view name) {
        return path.empty() ? std::string(name) : path + "." + std::string(name);
    }

    result<std::string> object(const type_info& type, const branch& from, const std::string& path) {
        if (!from.values.empty())
            return refuse(json::refusals::wrong_type, path, "several named values");
        for (const auto& [name, child] : from.parts)
            if (std::none_of(type.fields.begin(), type.fields.end(),
                             [&n = name](const field_info& f) { return f.name == n; }))
                return refuse(json::refusals::unknown_field, join(path, name), name);
        json::writer out;
        out.begin_object();
        for (const std::uint16_t index : type.sorted) {
            const field_info& field = type.fields[index];
            const auto found = std::find_if(from.parts.begin(), from.parts.end(),
                                            [&](const auto& p) { return p.first == field.name; });
            const form what = field.type().what;
            const bool may_miss = what == form::optional || what == form::list || what == form::map;
            const std::string place = join(path, field.name);
            if (found == from.parts.end() || (may_miss && blank(*found->second))) {
                if (may_miss) continue;
                // A box that was not ticked is not sent.
                if (what != form::boolean)
                    return refuse(json::refusals::missing_field, place, field.name);
                out.key(field.name);
                out.boolean(false);
                continue;
            }
            out.key(field.name);
            out.raw(VECHE_TRY(build(field.type(), *found->second, place)));
        }
        out.end_object();
        return out.take();
    }

    result<std::string> list(const type_info& type, const branch& from, const std::string& path) {
        json::writer out;
        out.begin_array();
        for (const std::string& value : from.values) {
            if (value.empty()) continue;
            branch leaf;
            leaf.values.push_back(value);
            out.raw(VECHE_TRY(build(type.element(), leaf, path)));
        }
        std::map<int, const branch*> numbered;
        for (const auto& [name, child] : from.parts) {
            if (!is_place_in_list(name))
                return refuse(json::refusals::unknown_field, join(path, name), name);
            int n = 0;
            std::from_chars(name.data(), name.data() + name.size(), n);
            if (!blank(*child)) numbered.emplace(n, child.get());
        }
        for (const auto& [n, child] : numbered)
            out.raw(VECHE_TRY(build(type.element(), *child, join(path, std::to_string(n)))));
        out.end_array();
        return out.take();
    }

    result<std::string> map(const type_info& type, const branch& from, const std::string& path) {
        if (!from.values.empty())
            return refuse(json::refusals::wrong_type, path, "several named values");
        std::map<std::string, const branch*> sorted;
        for (const auto& [name, child] : from.parts) {
            if (!text::is_key(name))
                return refuse(json::refusals::unknown_field, join(path, name), name);
            if (!blank(*child)) sorted.emplace(name, child.get());
        }
        json::writer out;
        out.begin_object();
        for (const auto& [name, child] : sorted) {
            out.key(name);
            out.raw(VECHE_TRY(build(type.element(), *child, join(path, name))));
        }
        out.end_object();
        return out.take();
    }

    static result<std::string> raw(const branch& from, const std::string& path) {
        auto canonical = json::canonicalize(VECHE_TRY(one_value(from, path)));
        if (!canonical) canonical.error().field = path;
        return canonical;
    }

    static result<std::string> scalar(const type_info& type, const branch& from,
                                      const std::string& path) {
        const std::string value = VECHE_TRY(one_value(from, path));
        if (!text::is_utf8(value)) return refuse(json::refusals::wrong_type, path, "text in UTF-8");
        if (type.what == form::boolean) {
            const bool yes = value == "true" || value == "on" || value == "1" || value == "yes";
            const bool no = value == "false" || value == "off" || value == "0" || value == "no";
            if (!yes && !no) return refuse(json::refusals::wrong_type, path, "true or false");
            return std::string(yes ? "true" : "false");
        }
        // Some integers travel as texts (amounts): the type itself says which spelling it reads.
        if (type.what == form::integer && reads(type, value)) return value;
        std::string quoted = json::quoted(value);
        if (auto done = check(type, quoted); !done) {
            done.error().field = path;
            return tl::unexpected(std::move(done).error());
        }
        return quoted;
    }

    /// Tries the reader on a spare value large enough for every scalar. Some texts are bytes in the
    /// program (keys, hashes): their own reader must not write over a string.
    static result<void> check(const type_info& type, std::string_view bytes) {
        json::document doc;
        VECHE_CHECK(doc.reset(bytes));
        if (type.read == describe<std::string>().read || type.what == form::identifier) {
            std::string spare;
            return read_json(type, doc.root(), &spare);
        }
        std::int64_t spare[8] = {};
        return read_json(type, doc.root(), &spare);
    }
    static bool reads(const type_info& type, std::string_view bytes) {
        return check(type, bytes).has_value();
    }
};

void schema(const type_info& type, std::string& out);

void schema_of_object(const type_info& type, std::string& out) {
    out += R"({"type":"object","additionalProperties":false,"title":)" + json::quoted(type.name);
    out += R"(,"properties":{)";
    std::string required;
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
        const field_info& field = type.fields[i];
        const form what = field.type().what;
        if (i > 0) out += ',';
        out += json::quoted(field.name) + R"(:{"description":)" + json::quoted(field.meaning) + ",";
        std::string inner;
        schema(field.type(), inner);
        out += std::string_view(inner).substr(1);
        if (what != form::optional && what != form::list && what != form::map)
            required += (required.empty() ? "" : ",") + json::quoted(field.name);
    }
    out += "}";
    if (!required.empty()) out += R"(,"required":[)" + required + "]";
    out += "}";
}

void schema(const type_info& type, std::string& out) {
    switch (type.what) {
        case form::boolean:
            out += R"({"type":"boolean"})";
            return;
        case form::integer:
            // Amounts are texts on the wire; their reader refuses a bare number.
            out +=
                type.read == &detail::read_minor
                    ? R"({"type":"string","pattern":"^-?[0-9]+$"})"
                    : R"({"type":"integer","minimum":-9007199254740991,"maximum":9007199254740991})";
            return;
        case form::text:
            out += R"({"type":"string"})";
            return;
        case form::identifier:
            out += R"({"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$"})";
            return;
        case form::instant:
            out += R"({"type":"string","format":"date-time"})";
            return;
        case form::date:
            out += R"({"type":"string","format":"date"})";
            return;
        case form::ratio:
            out += R"({"type":"string","pattern":"^-?[0-9]+(/[0-9]+)?$"})";
            return;
        case form::raw:
            // Any value of the journal's form of JSON, which has no fractions.
            out += R"({"type":["array","boolean","integer","null","object","string"]})";
            return;
        case form::optional:
            schema(type.element(), out);
            return;
        case form::choice: {
            out += R"({"type":"string","enum":[)";
            for (std::size_t i = 0; i < type.choices.size(); ++i)
                out += (i > 0 ? "," : "") + json::quoted(type.choices[i]);
            out += "]}";
            return;
        }
        case form::list:
            out += R"({"type":"array","items":)";
            schema(type.element(), out);
            out += "}";
            return;
        case form::map:
            out += R"({"type":"object","additionalProperties":)";
            schema(type.element(), out);
            out += "}";
            return;
        case form::object:
            schema_of_object(type, out);
            return;
    }
}

}  // namespace

result<std::string> json_from_pairs(const type_info& type,
                                    const std::vector<std::pair<std::string, std::string>>& pairs) {
    branch root;
    for (const auto& [name, value] : pairs) {
        branch* at = &root;
        int depth = 0;
        for (std::size_t begin = 0; begin <= name.size();) {
            const std::size_t dot = std::min(name.find('.', begin), name.size());
            if (++depth > json::max_depth) return refuse(json::refusals::unknown_field, name, name);
            at = &at->part(std::string_view(name).substr(begin, dot - begin));
            begin = dot + 1;
        }
        at->values.push_back(value);
    }
    return builder{}.build(type, root, {});
}

std::string json_schema(const type_info& type) {
    std::string out;
    schema(type, out);
    return out;
}

}  // namespace veche
