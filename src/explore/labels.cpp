#include "explore/labels.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "explore/refusal.hpp"
#include "kernel/csv.hpp"

namespace veche::explore {
namespace {

constexpr std::string_view fixed[] = {"kind",   "code",     "classification",
                                      "member", "latitude", "longitude"};
constexpr std::size_t most_labels = 50'000;

tl::unexpected<refusal> unsound_label(std::size_t line, std::string why) {
    return refuse(refusals::labels_unsound, "labels", std::to_string(line), std::move(why));
}

/// Degrees as a text; nothing where it is empty. Refuses what is no number up to `most`.
result<std::optional<double>> degrees_in(const csv_row& row, const std::string& text, double most) {
    if (text.empty()) return std::optional<double>();
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size() || !(std::abs(value) <= most))
        return unsound_label(row.line, text + " is no degree");
    return std::optional<double>(value);
}

class label_reader {
  public:
    explicit label_reader(std::string_view text) : rows_(text) {}

    result<label_book> run() {
        const auto head = rows_.next();
        if (!head || head->fields.size() < 2 || head->fields[0] != "kind" ||
            head->fields[1] != "code")
            return unsound_label(1, "its first columns are not kind and code");
        columns_ = head->fields;
        while (const auto row = rows_.next()) {
            if (row->fields.size() != columns_.size())
                return unsound_label(row->line, "it has not as many cells as the first line");
            VECHE_CHECK(take(*row));
            if (book_.areas.size() + book_.products.size() > most_labels)
                return unsound_label(row->line, "there are too many names");
        }
        if (!rows_.fault().empty()) return unsound_label(rows_.line(), rows_.fault());
        return std::move(book_);
    }

  private:
    [[nodiscard]] std::string cell(const csv_row& row, std::string_view column) const {
        const auto at = std::find(columns_.begin(), columns_.end(), column);
        return at == columns_.end() ? ""
                                    : row.fields[static_cast<std::size_t>(at - columns_.begin())];
    }

    [[nodiscard]] localized names_in(const csv_row& row) const {
        localized out;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (std::find(std::begin(fixed), std::end(fixed), columns_[i]) == std::end(fixed) &&
                !row.fields[i].empty())
                out[columns_[i]] = row.fields[i];
        return out;
    }

    result<void> take(const csv_row& row) {
        const std::string code = cell(row, "code");
        if (code.empty()) return unsound_label(row.line, "it has no code");
        if (cell(row, "kind") == "product") {
            book_.products.emplace(code, product_label{cell(row, "classification"), names_in(row)});
            return {};
        }
        if (cell(row, "kind") != "area")
            return unsound_label(row.line, "its kind is neither area nor product");
        area_label one{names_in(row), cell(row, "member"), {}, {}};
        one.latitude = VECHE_TRY(degrees_in(row, cell(row, "latitude"), 90));
        one.longitude = VECHE_TRY(degrees_in(row, cell(row, "longitude"), 180));
        if (!book_.areas.emplace(code, std::move(one)).second)
            return unsound_label(row.line, code + " stands there twice");
        return {};
    }

    csv_reader rows_;
    std::vector<std::string> columns_;
    label_book book_;
};

}  // namespace

const area_label* label_book::area(std::string_view code) const {
    const auto found = areas.find(code);
    return found == areas.end() ? nullptr : &found->second;
}

const localized* label_book::product(std::string_view code, std::string_view classification) const {
    const auto [from, to] = products.equal_range(code);
    for (auto at = from; at != to; ++at)
        if (classification.starts_with(at->second.classification)) return &at->second.name;
    return nullptr;
}

std::vector<std::string> label_book::areas_of(const std::vector<std::string>& members) const {
    std::vector<std::string> out;
    for (const std::string& member : members)
        for (const auto& [code, label] : areas)
            if (label.member == member) out.push_back(code);
    return out;
}

bool is_label_table(std::string_view text) {
    return text.starts_with("kind,code,") || text.starts_with("kind;code;");
}

result<label_book> read_labels(std::string_view text) {
    return label_reader(text).run();
}

}  // namespace veche::explore
