#include "documents/xml.hpp"

#include "kernel/check.hpp"
#include "kernel/text.hpp"
#include "render/escape.hpp"

namespace veche::documents {

std::string xml_escaped(std::string_view text) {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t width = text::utf8_width_at(text, at);
        const std::string_view one = text.substr(at, std::max<std::size_t>(width, 1));
        at += one.size();
        const auto first = static_cast<unsigned char>(one.front());
        const bool control = first < 0x20 && first != '\t' && first != '\n' && first != '\r';
        const bool no_character = one == "\xEF\xBF\xBE" || one == "\xEF\xBF\xBF";
        if (width > 0 && !control && !no_character) kept += one;
    }
    return render::escaped(kept);
}

void xml_writer::begin(std::string_view name, const attributes& with) {
    out_ += '<';
    out_ += name;
    for (const auto& [key, value] : with) {
        out_ += ' ';
        out_ += key;
        out_ += "=\"" + xml_escaped(value) + '"';
    }
}

void xml_writer::open(std::string_view name, const attributes& with) {
    begin(name, with);
    out_ += ">\n";
    open_.emplace_back(name);
}

void xml_writer::close() {
    VECHE_ENSURE(!open_.empty(), "an element is open");
    out_ += "</" + open_.back() + ">\n";
    open_.pop_back();
}

void xml_writer::leaf(std::string_view name, std::string_view text, const attributes& with) {
    begin(name, with);
    if (text.empty()) {
        out_ += "/>\n";
        return;
    }
    out_ += '>' + xml_escaped(text) + "</";
    out_ += name;
    out_ += ">\n";
}

void xml_writer::text(std::string_view text) {
    out_ += xml_escaped(text);
}

std::string xml_writer::take() {
    VECHE_ENSURE(open_.empty(), "every element is closed");
    return std::move(out_);
}

}  // namespace veche::documents
