#pragma once
// A case of vectors as its JSON, numbers with fractions included, and what came beside what was
// expected.

#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/foreign_json.hpp"
#include "kernel/json.hpp"
#include "numerics/digits.hpp"
#include "tables/read_text.hpp"

namespace veche::epidemic::vectors {

/// What a case lacks or has in a wrong form; caught at the door.
struct unreadable {
    std::string what;
};
/// A file that is not at hand; caught likewise.
struct absent {
    std::string file;
};

using members = std::map<std::string, std::string, std::less<>>;

inline members object_of(std::string_view text) {
    auto made = json::read_foreign_object(text);
    if (!made) throw unreadable{std::string(text.substr(0, 40)) + " is no object"};
    return *std::move(made);
}
inline std::vector<std::string> list_of(std::string_view text) {
    auto made = json::read_foreign_array(text);
    if (!made) throw unreadable{std::string(text.substr(0, 40)) + " is no list"};
    return *std::move(made);
}
inline bool has(const members& in, std::string_view name) {
    return in.find(name) != in.end();
}
inline const std::string& at(const members& in, std::string_view name) {
    const auto found = in.find(name);
    if (found == in.end()) throw unreadable{"\"" + std::string(name) + "\" is missing"};
    return found->second;
}
inline std::string word_of(std::string_view text) {
    json::document read;
    if (!read.reset(text) || !read.root().is(json::kind::string))
        throw unreadable{std::string(text) + " is no string"};
    return std::string(read.root().as_string());
}
/// A number, or a string with a fraction: "1/3".
inline double number_of(std::string_view text) {
    if (text.starts_with('"')) {
        const std::string word = word_of(text);
        const auto bar = word.find('/');
        if (bar != std::string::npos)
            return number_of(std::string_view(word).substr(0, bar)) /
                   number_of(std::string_view(word).substr(bar + 1));
        return number_of(word);
    }
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size())
        throw unreadable{std::string(text) + " is no number"};
    return value;
}
inline double number_at(const members& in, std::string_view name) {
    return number_of(at(in, name));
}
inline double number_or(const members& in, std::string_view name, double otherwise) {
    return has(in, name) ? number_at(in, name) : otherwise;
}
inline std::vector<double> numbers_of(std::string_view text) {
    std::vector<double> out;
    for (const std::string& one : list_of(text)) out.push_back(number_of(one));
    return out;
}

inline std::string bytes_of(const std::filesystem::path& folder, const std::string& name) {
    std::ifstream in(folder / name);
    if (!in) throw absent{name};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}
inline tables::table table_of(const std::string& bytes, const tables::text_options& how = {}) {
    auto made = tables::sound_table(tables::read_text(bytes, how));
    if (!made) throw unreadable{made.error().sentence()};
    return *std::move(made);
}
inline std::vector<double> column_of(const tables::table& of, const std::string& name) {
    auto made = of.numbers(name);
    if (!made) throw unreadable{made.error().sentence()};
    return *std::move(made);
}
/// The value, or what the room says against it.
template <class T>
T sound(result<T> made) {
    if (!made) throw unreadable{made.error().sentence()};
    return *std::move(made);
}

/// Half of the last digit that is printed: what agrees to all of them is as printed.
inline double half_digit(std::string_view printed) {
    const auto power = printed.find_first_of("eE");
    double unit = 1;
    if (power != std::string_view::npos) unit = std::pow(10, number_of(printed.substr(power + 1)));
    const auto mantissa = printed.substr(0, power);
    const auto mark = mantissa.find('.');
    if (mark != std::string_view::npos)
        for (std::size_t k = mark + 1; k < mantissa.size(); ++k) unit /= 10;
    return mark == std::string_view::npos ? 0 : 0.5001 * unit;
}

/// How near is near: "rel 1e-8 ..." or "abs 1e-4 ...", its first number; nothing said is exact.
struct nearness {
    double relative = 0, absolute = 0;

    static nearness of(const members& in) {
        nearness out;
        if (!has(in, "tol")) return out;
        std::istringstream words(word_of(in.at("tol")));
        std::string kind;
        double value = 0;
        while (words >> kind)
            if ((kind == "rel" || kind == "abs") && words >> value) {
                (kind == "rel" ? out.relative : out.absolute) = value;
                break;
            }
        return out;
    }
};

/// What differs, said as far as it fits.
class comparison {
  public:
    explicit comparison(nearness near) : near_(near) {}

    void number(const std::string& name, double came, std::string_view expected) {
        const double wanted = number_of(expected);
        const double allowed =
            std::max({near_.absolute, near_.relative * std::abs(wanted), half_digit(expected)});
        if (std::abs(came - wanted) <= allowed) return;
        differs(name, numerics::digits(came, 15), std::string(expected));
    }
    void number_within(const std::string& name, double came, double wanted, double allowed) {
        if (std::abs(came - wanted) <= allowed) return;
        differs(name, numerics::digits(came, 15), numerics::digits(wanted, 15));
    }
    void differs(const std::string& name, const std::string& came, const std::string& expected) {
        if (++count_ > 3) return;
        said_ +=
            (said_.empty() ? "" : "; ") + name + ": " + expected + " expected, " + came + " came";
    }
    [[nodiscard]] std::string said() const {
        return count_ > 3 ? said_ + "; and " + std::to_string(count_ - 3) + " more" : said_;
    }

  private:
    nearness near_;
    std::string said_;
    std::size_t count_ = 0;
};

}  // namespace veche::epidemic::vectors
