#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "kernel/csv.hpp"
#include "matching/market_file.hpp"
#include "matching/refusal.hpp"
#include "matching/seats.hpp"

namespace veche::matching {
namespace {

constexpr std::uint32_t most_seats = 1'000'000'000;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::optional<std::uint32_t> whole_number(std::string_view text, std::uint32_t most) {
    std::uint32_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size() || value > most)
        return std::nullopt;
    return value;
}

/// In billionths; a comma may stand for the point. Nine digits on each side.
std::optional<std::int64_t> billionths_of(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const std::size_t mark = text.find_first_of(".,");
    const std::string_view whole = text.substr(0, mark);
    std::string part(mark == std::string_view::npos ? "" : text.substr(mark + 1));
    if (whole.empty() || whole.size() > 9 || part.size() > 9) return std::nullopt;
    if (mark != std::string_view::npos && part.empty()) return std::nullopt;
    part.resize(9, '0');
    const std::string digits = std::string(whole) + part;
    std::int64_t value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
}

/// The columns of a table by their names, in any case of letters.
class table_head {
  public:
    explicit table_head(csv_row row) : row_(std::move(row)) {
        for (std::string& name : row_.fields) {
            name = trimmed(name);
            std::transform(name.begin(), name.end(), name.begin(), [](char c) {
                return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            });
        }
    }
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const {
        const auto at = std::find(row_.fields.begin(), row_.fields.end(), name);
        if (at == row_.fields.end()) return std::nullopt;
        return static_cast<std::size_t>(at - row_.fields.begin());
    }
    [[nodiscard]] result<std::size_t> need(std::string_view name) const {
        if (const auto at = find(name)) return *at;
        return refuse(refusals::column_missing, {}, std::to_string(row_.line), std::string(name));
    }
    [[nodiscard]] const std::vector<std::string>& names() const { return row_.fields; }

  private:
    csv_row row_;
};

/// Rows of one table, all as wide as its head.
class table {
  public:
    static result<table> open(std::string_view text) {
        csv_reader reader(text);
        auto head = reader.next();
        if (!head)
            return refuse(refusals::line_malformed, {}, "1", "the file is empty",
                          "a first line with the names of the columns");
        return table(std::move(reader), table_head(*std::move(head)));
    }
    [[nodiscard]] const table_head& head() const { return head_; }

    /// Nothing at the end.
    result<std::optional<csv_row>> next() {
        auto row = reader_.next();
        if (!reader_.fault().empty())
            return refuse(refusals::line_malformed, {}, std::to_string(reader_.line()),
                          reader_.fault(), "its closing quotation mark");
        if (row && row->fields.size() != head_.names().size())
            return refuse(refusals::line_malformed, {}, std::to_string(row->line),
                          fmt::format("it has {} columns and the first line {}", row->fields.size(),
                                      head_.names().size()),
                          "one value for each column");
        if (row)
            for (std::string& field : row->fields) field = trimmed(field);
        return row;
    }

  private:
    table(csv_reader reader, table_head head)
        : reader_(std::move(reader)), head_(std::move(head)) {}
    csv_reader reader_;
    table_head head_;
};

/// An application as its row says it.
struct application_row {
    std::uint32_t applicant;
    std::uint32_t programme;
    std::uint32_t choice;
    bool ranked;
    std::int64_t value;  ///< rank, or score in billionths
    std::size_t line;
};

class csv_market {
  public:
    result<market_file> read(std::string_view programmes, std::string_view applications) {
        VECHE_CHECK(read_programmes(programmes));
        VECHE_CHECK(read_applications(applications));
        sort_applicants();
        VECHE_CHECK(check_lists());
        if (by_score_) rank_scores();
        fill_market();
        return std::move(out_);
    }

  private:
    result<void> read_programmes(std::string_view text) {
        table rows = VECHE_TRY(table::open(text));
        const std::size_t id = VECHE_TRY(rows.head().need("programme"));
        const std::size_t capacity = VECHE_TRY(rows.head().need("capacity"));
        std::vector<std::size_t> columns;
        std::optional<std::size_t> open;
        std::optional<std::size_t> minimum;
        std::optional<std::size_t> turn;
        for (std::size_t i = 0; i < rows.head().names().size(); ++i) {
            if (i == id || i == capacity) continue;
            if (rows.head().names()[i] == "open") {
                open = i;
                out_.open_column = static_cast<std::uint32_t>(columns.size());
                continue;
            }
            if (rows.head().names()[i] == "minimum" || rows.head().names()[i] == "turn") {
                (rows.head().names()[i] == "turn" ? turn : minimum) = i;
                continue;
            }
            columns.push_back(i);
            out_.types.push_back(rows.head().names()[i]);
        }
        if (columns.size() > most_types)
            return refuse(refusals::too_many_types, {}, std::to_string(most_types));
        while (const auto row = VECHE_TRY(rows.next())) {
            const auto [known, added] = programme_of_.try_emplace(
                row->fields[id], static_cast<std::uint32_t>(out_.programmes.size()));
            if (!added)
                return refuse(refusals::programme_repeated, {}, std::to_string(row->line),
                              row->fields[id], std::to_string(lines_[known->second]));
            lines_.push_back(row->line);
            out_.programmes.push_back(row->fields[id]);
            add_seats(*row, row->fields[capacity], columns, open);
            if (minimum) add_minimum(*row, row->fields[*minimum]);
            VECHE_CHECK(add_turn(*row, turn));
        }
        out_.turns.clear();
        for (const auto& [number, p] : turns_) out_.turns.push_back(p);
        return {};
    }

    void add_minimum(const csv_row& row, const std::string& text) {
        const auto p = static_cast<std::uint32_t>(out_.programmes.size() - 1);
        const auto least = text.empty() ? 0 : whole_number(text, most_seats);
        out_.minimums.push_back(0);
        if (!out_.broken.empty() && out_.broken.back().programme == p) return;
        if (!least) return unsound(p, row, text);
        if (*least <= out_.of.capacities[p]) {
            out_.minimums[p] = *least;
            return;
        }
        out_.broken.push_back(
            {p, refuse(refusals::minimum_exceeds, {}, std::to_string(row.line), out_.programmes[p],
                       text, std::to_string(out_.of.capacities[p]))
                    .value()});
    }

    result<void> add_turn(const csv_row& row, std::optional<std::size_t> column) {
        const auto p = static_cast<std::uint32_t>(out_.programmes.size() - 1);
        const auto number = column ? whole_number(row.fields[*column], most_seats) : p;
        if (!number)
            return refuse(refusals::line_malformed, {}, std::to_string(row.line),
                          "the turn is \"" + row.fields[*column] + "\"", "a whole number");
        if (!turns_.emplace(*number, p).second)
            return refuse(refusals::turn_repeated, {}, std::to_string(row.line), out_.programmes[p],
                          std::to_string(*number));
        return {};
    }

    /// A programme whose seats make no sense stays in, without any, and is named as broken.
    void add_seats(const csv_row& row, const std::string& capacity,
                   const std::vector<std::size_t>& columns, std::optional<std::size_t> open) {
        const auto p = static_cast<std::uint32_t>(out_.programmes.size() - 1);
        const auto seats = whole_number(capacity, most_seats);
        out_.of.capacities.push_back(seats.value_or(0));
        out_.reserved.emplace_back(columns.size());
        if (!seats) return unsound(p, row, capacity);
        std::uint64_t reserved = 0;
        for (std::size_t t = 0; t < columns.size(); ++t) {
            const std::string& text = row.fields[columns[t]];
            const auto of_type = text.empty() ? 0 : whole_number(text, most_seats);
            if (!of_type) return unsound(p, row, text);
            out_.reserved[p][t] = *of_type;
            reserved += *of_type;
        }
        const bool given = open && !row.fields[*open].empty();
        if (given && !whole_number(row.fields[*open], most_seats))
            return unsound(p, row, row.fields[*open]);
        if (given) reserved += *whole_number(row.fields[*open], most_seats);
        if (reserved > *seats || (given && reserved != *seats))
            out_.broken.push_back(
                {p, refuse(refusals::reserves_exceed, {}, std::to_string(row.line),
                           out_.programmes[p], std::to_string(reserved), std::to_string(*seats))
                        .value()});
    }

    void unsound(std::uint32_t p, const csv_row& row, const std::string& text) {
        out_.broken.push_back({p, refuse(refusals::capacity_unsound, {}, std::to_string(row.line),
                                         out_.programmes[p], text, std::to_string(most_seats))
                                      .value()});
    }

    result<void> read_applications(std::string_view text) {
        table rows = VECHE_TRY(table::open(text));
        applicant_ = VECHE_TRY(rows.head().need("applicant"));
        programme_ = VECHE_TRY(rows.head().need("programme"));
        choice_ = VECHE_TRY(rows.head().need("choice"));
        const auto score = rows.head().find("score");
        by_score_ = score.has_value();
        value_ = score ? *score : VECHE_TRY(rows.head().need("rank"));
        for (const std::string& type : out_.types)
            type_columns_.push_back(VECHE_TRY(rows.head().need(type)));
        while (const auto row = VECHE_TRY(rows.next())) VECHE_CHECK(read_application(*row));
        return {};
    }

    result<void> read_application(const csv_row& row) {
        const std::string line = std::to_string(row.line);
        const std::string& id = row.fields[applicant_];
        if (id.empty())
            return refuse(refusals::line_malformed, {}, line, "the applicant has no id", "an id");
        const auto programme = programme_of_.find(row.fields[programme_]);
        if (programme == programme_of_.end())
            return refuse(refusals::programme_unknown, {}, line, row.fields[programme_]);
        const auto number = whole_number(row.fields[choice_], 1'000'000);
        if (!number || *number == 0)
            return refuse(refusals::line_malformed, {}, line,
                          "the choice is \"" + row.fields[choice_] + "\"", "a number from 1");
        const std::string& text = row.fields[value_];
        std::optional<std::int64_t> value = 0;
        if (!text.empty()) value = by_score_ ? billionths_of(text) : rank_of(text);
        if (!value)
            return refuse(refusals::line_malformed, {}, line,
                          (by_score_ ? "the score is \"" : "the rank is \"") + text + "\"",
                          by_score_ ? "a decimal number" : "a whole number, the lowest the best");
        const auto [known, added] =
            applicant_of_.try_emplace(id, static_cast<std::uint32_t>(out_.applicants.size()));
        if (added) out_.applicants.push_back(id);
        VECHE_CHECK(read_types(row, known->second, added));
        rows_.push_back(
            {known->second, programme->second, *number, !text.empty(), *value, row.line});
        return {};
    }

    static std::optional<std::int64_t> rank_of(std::string_view text) {
        const auto rank = whole_number(text, most_seats);
        if (!rank) return std::nullopt;
        return *rank;
    }

    result<void> read_types(const csv_row& row, std::uint32_t applicant, bool first) {
        constexpr std::string_view yes[] = {"1", "yes", "true", "x"};
        constexpr std::string_view no[] = {"", "0", "no", "false"};
        std::uint32_t types = 0;
        for (std::size_t t = 0; t < type_columns_.size(); ++t) {
            const std::string& text = row.fields[type_columns_[t]];
            const bool is = std::find(std::begin(yes), std::end(yes), text) != std::end(yes);
            if (!is && std::find(std::begin(no), std::end(no), text) == std::end(no))
                return refuse(refusals::line_malformed, {}, std::to_string(row.line),
                              out_.types[t] + " is \"" + text + "\"", "1 or 0");
            types |= std::uint32_t{is} << t;
        }
        if (first) out_.applicant_types.push_back(types);
        if (out_.applicant_types[applicant] != types)
            return refuse(refusals::types_contradict, {}, std::to_string(row.line),
                          out_.applicants[applicant]);
        return {};
    }

    /// The order of the rows is not to matter.
    void sort_applicants() {
        std::vector<std::uint32_t> order(out_.applicants.size());
        for (std::uint32_t a = 0; a < order.size(); ++a) order[a] = a;
        std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
            return out_.applicants[x] < out_.applicants[y];
        });
        std::vector<std::uint32_t> now(order.size());
        std::vector<std::string> names;
        std::vector<std::uint32_t> types;
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            now[order[i]] = i;
            names.push_back(std::move(out_.applicants[order[i]]));
            types.push_back(out_.applicant_types[order[i]]);
        }
        out_.applicants = std::move(names);
        out_.applicant_types = std::move(types);
        for (application_row& row : rows_) row.applicant = now[row.applicant];
        std::sort(rows_.begin(), rows_.end(),
                  [](const application_row& x, const application_row& y) {
                      return std::tie(x.applicant, x.choice, x.line) <
                             std::tie(y.applicant, y.choice, y.line);
                  });
    }

    [[nodiscard]] result<void> check_lists() const {
        std::vector<std::size_t> asked(out_.programmes.size(), 0);  // 1 + row of the last asker
        for (std::size_t i = 0, first = 0; i < rows_.size(); ++i) {
            const application_row& row = rows_[i];
            if (i > 0 && rows_[i - 1].applicant != row.applicant) first = i;
            const std::string line = std::to_string(row.line);
            const std::string& who = out_.applicants[row.applicant];
            if (asked[row.programme] > first)
                return refuse(refusals::application_repeated, {}, line, who,
                              out_.programmes[row.programme]);
            if (i > first && rows_[i - 1].choice == row.choice)
                return refuse(refusals::choice_repeated, {}, line, who, std::to_string(row.choice));
            if (row.choice != i - first + 1)
                return refuse(refusals::choice_missing, {}, line, who,
                              std::to_string(i - first + 1));
            asked[row.programme] = i + 1;
        }
        return {};
    }

    void rank_scores() {
        out_.scores.resize(out_.programmes.size());
        for (const application_row& row : rows_)
            if (row.ranked) out_.scores[row.programme].push_back(row.value);
        for (auto& of : out_.scores) {
            std::sort(of.begin(), of.end(), std::greater<>());
            of.erase(std::unique(of.begin(), of.end()), of.end());
        }
        for (application_row& row : rows_) {
            const auto& of = out_.scores[row.programme];
            row.value =
                std::lower_bound(of.begin(), of.end(), row.value, std::greater<>()) - of.begin();
        }
    }

    void fill_market() {
        out_.of.begins.assign(1, 0);
        std::size_t i = 0;
        for (std::uint32_t a = 0; a < out_.applicants.size(); ++a) {
            for (; i < rows_.size() && rows_[i].applicant == a; ++i)
                if (rows_[i].ranked)
                    out_.of.choices.push_back(
                        {rows_[i].programme, static_cast<std::uint32_t>(rows_[i].value)});
                else
                    out_.unranked.push_back({a, rows_[i].choice, rows_[i].programme});
            out_.of.begins.push_back(static_cast<std::uint32_t>(out_.of.choices.size()));
        }
    }

    market_file out_;
    std::unordered_map<std::string, std::uint32_t> programme_of_;
    std::unordered_map<std::string, std::uint32_t> applicant_of_;
    std::vector<std::size_t> lines_;  ///< of the programmes
    std::map<std::uint32_t, std::uint32_t> turns_;
    std::size_t applicant_ = 0, programme_ = 0, choice_ = 0, value_ = 0;
    std::vector<std::size_t> type_columns_;
    bool by_score_ = false;
    std::vector<application_row> rows_;
};

}  // namespace

result<market_file> read_market_csv(std::string_view programmes, std::string_view applications) {
    return csv_market().read(programmes, applications);
}

std::string score_text(std::int64_t billionths) {
    const std::uint64_t size =
        static_cast<std::uint64_t>(billionths < 0 ? -billionths : billionths);
    std::string part = fmt::format("{:09}", size % 1'000'000'000);
    part.erase(part.find_last_not_of('0') + 1);
    return fmt::format("{}{}{}{}", billionths < 0 ? "-" : "", size / 1'000'000'000,
                       part.empty() ? "" : ".", part);
}

}  // namespace veche::matching
