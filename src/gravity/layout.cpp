#include "gravity/layout.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "kernel/csv.hpp"

namespace veche::gravity {
namespace {

/// Characters of UTF-8, near enough to columns of a terminal.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

std::string as_text(const cells& all) {
    std::vector<std::size_t> wide(all[0].size());
    for (const auto& line : all)
        for (std::size_t c = 0; c < line.size(); ++c)
            wide[c] = std::max(wide[c], width_of(line[c]));
    std::string out;
    for (const auto& line : all) {
        std::string text;
        for (std::size_t c = 0; c < line.size(); ++c) {
            const std::string pad(wide[c] - width_of(line[c]), ' ');
            text += c == 0 ? line[c] + pad : "  " + pad + line[c];
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out += text + "\n";
    }
    return out;
}

std::string as_csv(const cells& all) {
    std::string out;
    for (const auto& line : all) {
        for (std::size_t c = 0; c < line.size(); ++c) {
            out += (c == 0 ? "" : ",") + csv_cell(line[c]);
        }
        out += "\n";
    }
    return out;
}

std::string escaped(const std::string& text, table_form form) {
    std::string out;
    for (const char c : text) {
        if (form == table_form::html)
            out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
        else if (c == '\\')
            out += "\\textbackslash{}";
        else if (c == '^')
            out += "\\textasciicircum{}";
        else if (c == '~')
            out += "\\textasciitilde{}";
        else
            out += std::string_view("_%&#${}").find(c) != std::string_view::npos
                       ? std::string("\\") + c
                       : std::string(1, c);
    }
    return out;
}

std::string as_latex(const cells& all) {
    std::string out = "\\begin{tabular}{l" + std::string(all[0].size() - 1, 'r') + "}\n\\hline\n";
    for (std::size_t l = 0; l < all.size(); ++l) {
        for (std::size_t c = 0; c < all[l].size(); ++c)
            out += (c == 0 ? "" : " & ") + escaped(all[l][c], table_form::latex);
        out += l == 0 ? " \\\\\n\\hline\n" : " \\\\\n";
    }
    return out + "\\hline\n\\end{tabular}\n";
}

std::string as_html(const cells& all) {
    std::string out = "<table>\n";
    for (std::size_t l = 0; l < all.size(); ++l) {
        out += "<tr>";
        for (std::size_t c = 0; c < all[l].size(); ++c) {
            const char* tag = l == 0 || c == 0 ? "th" : "td";
            out += fmt::format("<{0}>{1}</{0}>", tag, escaped(all[l][c], table_form::html));
        }
        out += "</tr>\n";
    }
    return out + "</table>\n";
}

}  // namespace

std::string short_number(const std::string& text) {
    if (text.empty()) return text;
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    const double size = std::abs(value);
    if (size >= 1e6 || (size > 0 && size < 1e-3)) return fmt::format("{:.3e}", value);
    return fmt::format("{:.4f}", value);
}

std::string laid_out(const cells& all, table_form form) {
    switch (form) {
        case table_form::csv:
            return as_csv(all);
        case table_form::latex:
            return as_latex(all);
        case table_form::html:
            return as_html(all);
        default:
            return as_text(all);
    }
}

}  // namespace veche::gravity
