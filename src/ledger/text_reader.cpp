#include "ledger/text_reader.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

#include "ledger/refusal.hpp"

namespace veche::ledger {
namespace {

constexpr std::size_t max_units = std::numeric_limits<std::uint16_t>::max();

bool is_space(char c) {
    return c == ' ' || c == '\t';
}

void skip_spaces(std::string_view& line) {
    while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
}

void trim_end(std::string_view& line) {
    while (!line.empty() && (is_space(line.back()) || line.back() == '\r')) line.remove_suffix(1);
}

bool take(std::string_view& line, char c) {
    if (line.empty() || line.front() != c) return false;
    line.remove_prefix(1);
    return true;
}

/// One or two digits, or four; nothing where there is none.
std::optional<std::int32_t> take_number(std::string_view& line, std::size_t most) {
    std::int32_t n = 0;
    std::size_t count = 0;
    for (; count < line.size() && count < most && is_digit(line[count]); ++count)
        n = n * 10 + (line[count] - '0');
    if (count == 0) return std::nullopt;
    line.remove_prefix(count);
    return n;
}

/// The sum of that unit; one of nothing where it is new.
decimal& sum_of(std::vector<std::pair<std::uint32_t, decimal>>& sums, std::uint32_t unit) {
    for (auto& [known, total] : sums)
        if (known == unit) return total;
    return sums.emplace_back(unit, decimal{}).second;
}

/// Directives that change no balance, however they go on.
constexpr std::array<std::string_view, 12> harmless = {"account", "commodity", "D",     "P",
                                                       "N",       "tag",       "payee", "assert",
                                                       "check",   "expr",      "eval",  "define"};

}  // namespace

tl::unexpected<refusal> text_reader::fault(std::uint32_t line, std::string words) const {
    return refuse(refusals::text_wrong, "line " + std::to_string(line), std::to_string(line),
                  std::move(words));
}

result<void> text_reader::run() {
    for (std::size_t at = 0; at < text_.size();) {
        const std::size_t end = std::min(text_.find('\n', at), text_.size());
        ++line_;
        VECHE_CHECK(take_line(text_.substr(at, end - at)));
        at = end + 1;
    }
    if (!skipping_.empty()) return fault("\"" + std::string(skipping_) + "\" is missing");
    return end_entry();
}

result<void> text_reader::take_line(std::string_view line) {
    if (!skipping_.empty()) {
        trim_end(line);
        if (line == skipping_) skipping_ = {};
        return {};
    }
    if (!line.empty() && is_space(line.front())) {
        skip_spaces(line);
        trim_end(line);
        // Only spaces end an entry, as an empty line does.
        if (line.empty()) return end_entry();
        if (line.front() == ';' || line.front() == '#') return {};
        return in_entry_ ? take_posting(line) : result<void>{};
    }
    trim_end(line);
    VECHE_CHECK(end_entry());
    if (line.empty() || std::string_view(";#*%|").find(line.front()) != std::string_view::npos)
        return {};
    return is_digit(line.front()) ? begin_entry(line) : directive(line);
}

result<void> text_reader::directive(std::string_view line) {
    if (line.front() == '!' || line.front() == '@') line.remove_prefix(1);
    const std::string_view word = line.substr(0, line.find_first_of(" \t"));
    std::string_view rest = line.substr(word.size());
    skip_spaces(rest);
    if (word.empty()) return fault("a mark at the start of a line, and no directive after it");
    if (word == "comment" || word == "test") {
        skipping_ = word == "comment" ? "end comment" : "end test";
        return {};
    }
    if (word == "decimal-mark") {
        if (rest != "." && rest != ",") return fault("the decimal mark is a point or a comma");
        mark_ = rest == "." ? decimal_mark::point : decimal_mark::comma;
        return {};
    }
    // What is planned for each period is no entry yet.
    if (word.starts_with('~') ||
        std::find(harmless.begin(), harmless.end(), word) != harmless.end())
        return {};
    return fault(
        "\"" + std::string(word) +
        "\" is not read, because it could change balances; put what it does into the file");
}

std::optional<date> text_reader::read_date(std::string_view& line) {
    if (!date_text_.empty() && line.starts_with(date_text_) &&
        (line.size() == date_text_.size() || !is_digit(line[date_text_.size()]))) {
        line.remove_prefix(date_text_.size());
        return day_;
    }
    const std::string_view whole = line;
    const auto year = take_number(line, 4);
    const char mark = line.empty() ? '\0' : line.front();
    if (!year || whole.size() - line.size() != 4 || (mark != '-' && mark != '/' && mark != '.'))
        return std::nullopt;
    line.remove_prefix(1);
    const auto month = take_number(line, 2);
    if (!month || !take(line, mark)) return std::nullopt;
    const auto day = take_number(line, 2);
    if (!day || *month < 1 || *month > 12) return std::nullopt;
    const date found = date_from({*year, *month, *day});
    const civil back = civil_of(found);
    if (back.month != *month || back.day != *day) return std::nullopt;
    date_text_ = whole.substr(0, whole.size() - line.size());
    return found;
}

result<void> text_reader::begin_entry(std::string_view line) {
    const auto day = read_date(line);
    if (!day) return fault("a line that begins with a digit begins an entry, and its date is none");
    day_ = *day;
    if (!line.empty() && !is_space(line.front()) && line.front() != '=')
        return fault("after the date comes a space");
    in_entry_ = true;
    entry_line_ = line_;
    return {};
}

result<void> text_reader::take_posting(std::string_view line) {
    if (line.front() == '*' || line.front() == '!') {
        line.remove_prefix(1);
        skip_spaces(line);
    }
    posting& one = postings_.emplace_back();
    one.line = line_;
    VECHE_CHECK(read_account(line, one));
    return read_amounts(line, one);
}

/// Mostly that of the posting before.
std::uint32_t text_reader::unit_number(std::string_view name) {
    if (unit_ != name || book_.units_.size() == 0) {
        unit_number_ = book_.units_.number_of(name);
        unit_ = book_.units_.name(unit_number_);
    }
    return unit_number_;
}

/// Up to two spaces or a tab; takes it off the line.
result<void> text_reader::read_account(std::string_view& line, posting& into) {
    std::size_t end = 0;
    while (end < line.size() && line[end] != '\t' &&
           !(line[end] == ' ' && end + 1 < line.size() && is_space(line[end + 1])))
        ++end;
    std::string_view name = line.substr(0, end);
    line.remove_prefix(end);
    skip_spaces(line);
    const auto within = [&](char open, char shut) {
        if (name.size() < 3 || name.front() != open || name.back() != shut) return false;
        name = name.substr(1, name.size() - 2);
        return true;
    };
    into.counts = within('(', ')')   ? kind::apart
                  : within('[', ']') ? kind::balanced_apart
                                     : kind::real;
    brackets_ = brackets_ || into.counts == kind::balanced_apart;
    if (name.empty() || name.front() == ';') return fault("a posting names no account");
    into.account = book_.accounts_.number_of(name);
    return {};
}

result<void> text_reader::read_plain(std::string_view& line, decimal& number,
                                     std::string_view& unit) {
    amount_reader amount(line, mark_);
    if (!amount.read()) return fault(amount.why());
    number = amount.number();
    unit = amount.unit();
    line = amount.rest();
    return {};
}

/// [AMOUNT] [@ PRICE | @@ COST] [= BALANCE] [; comment]
result<void> text_reader::read_amounts(std::string_view line, posting& into) {
    into.left_out = line.empty() || line.front() == ';' || line.front() == '=';
    if (!into.left_out) {
        std::string_view unit;
        VECHE_CHECK(read_plain(line, into.amount, unit));
        into.unit = unit_number(unit);
        if (!line.empty() && line.front() == '@') VECHE_CHECK(read_cost(line, into));
    }
    if (take(line, '='))
        VECHE_CHECK(read_stated(line, into));
    else if (!line.empty() && line.front() != ';')
        return fault("\"" + std::string(line) + "\" after an amount is not read");
    return {};
}

result<void> text_reader::read_cost(std::string_view& line, posting& into) {
    if (!take(line, '@')) return {};
    const bool whole = take(line, '@');
    decimal price;
    std::string_view unit;
    VECHE_CHECK(read_plain(line, price, unit));
    if (price.digits < 0) return fault("a price is not below zero");
    if (whole) {
        if (into.amount.digits < 0) price = negative(price);
    } else {
        price.places += into.amount.places;
        price.digits *= into.amount.digits;
    }
    into.cost = {book_.units_.number_of(unit), price};
    return {};
}

/// What follows "=": "= 5 RUB", "== 5 RUB", "=* 5 RUB".
result<void> text_reader::read_stated(std::string_view line, posting& into) {
    into.alone = take(line, '=');
    into.below = take(line, '*');
    decimal holds;
    std::string_view unit;
    VECHE_CHECK(read_plain(line, holds, unit));
    into.stated = {book_.units_.number_of(unit), holds};
    std::string_view price = line;
    posting ignored;
    VECHE_CHECK(read_cost(price, ignored));
    if (!price.empty() && price.front() != ';')
        return fault("\"" + std::string(price) + "\" after a balance is not read");
    return {};
}

decimal text_reader::held(const posting& at, std::uint32_t unit, bool below) const {
    decimal total;
    const auto count = [&](std::uint32_t account) {
        if (account >= book_.now_.size()) return;
        for (const auto& one : book_.now_[account])
            if (one.unit == unit) add(total, one.sum);
    };
    count(at.account);
    if (!below) return total;
    const std::string above = std::string(book_.accounts_.name(at.account)) + ":";
    for (std::uint32_t n = 0; n < book_.accounts_.size(); ++n)
        if (book_.accounts_.name(n).starts_with(above)) count(n);
    return total;
}

/// Balances that are set give their postings the amounts that lead to them.
result<void> text_reader::set_amounts() {
    for (std::size_t i = 0; i < postings_.size(); ++i) {
        posting& one = postings_[i];
        if (!one.left_out || !one.stated) continue;
        one.left_out = false;
        std::tie(one.unit, one.amount) = *one.stated;
        bool fits = add(one.amount, negative(held(one, one.unit, one.below)));
        for (std::size_t k = 0; k < i; ++k)
            if (postings_[k].account == one.account && postings_[k].unit == one.unit)
                fits = fits && add(one.amount, negative(postings_[k].amount));
        if (!fits) return fault(one.line, "the sum is too large");
    }
    return {};
}

/// The postings of a kind sum to zero, by what is left out or as they stand.
result<void> text_reader::fill_in(kind which) {
    sums& all = sums_;
    all.clear();
    posting* open = nullptr;
    for (posting& one : postings_) {
        if (one.counts != which) continue;
        if (one.left_out) {
            if (open) return fault(one.line, "two amounts of one entry are left out");
            open = &one;
            continue;
        }
        const auto& [unit, amount] = one.cost ? *one.cost : std::pair(one.unit, one.amount);
        if (!add(sum_of(all, unit), amount)) return fault(one.line, "the sum is too large");
    }
    std::erase_if(all, [](const auto& one) { return one.second.digits == 0; });
    if (!open) {
        if (all.empty()) return {};
        const auto& [unit, left] = all.front();
        return fault(entry_line_, "the entry does not sum to zero: " + to_text(left) + " " +
                                      std::string(book_.units_.name(unit)) + " is left over");
    }
    open->left_out = false;
    posting more = *open;
    if (all.empty()) return {};
    open->unit = all.front().first;
    open->amount = negative(all.front().second);
    for (std::size_t i = 1; i < all.size(); ++i) {
        more.unit = all[i].first;
        more.amount = negative(all[i].second);
        postings_.push_back(more);
    }
    return {};
}

result<void> text_reader::end_entry() {
    if (!in_entry_) return {};
    in_entry_ = false;
    if (postings_.empty()) return fault(entry_line_, "an entry has no postings");
    VECHE_CHECK(set_amounts());
    VECHE_CHECK(fill_in(kind::real));
    if (brackets_) VECHE_CHECK(fill_in(kind::balanced_apart));
    brackets_ = false;
    for (const posting& one : postings_) {
        if (one.left_out) return fault(one.line, "an amount in round brackets is left out");
        VECHE_CHECK(count_leg(one));
        if (one.stated) VECHE_CHECK(check_stated(one));
    }
    book_.entries_.push_back({day_, book_.legs_.size()});
    book_.keep_snapshot();
    postings_.clear();
    return {};
}

result<void> text_reader::count_leg(const posting& one) {
    if (one.unit >= max_units) return fault(one.line, "there are too many units");
    const auto unit = static_cast<std::uint16_t>(one.unit);
    if (one.amount.digits > INT64_MAX || one.amount.digits < -INT64_MAX)
        return fault(one.line, "the amount is too large");
    if (unit >= book_.turnover_.size()) book_.turnover_.resize(unit + 1U);
    const decimal size{one.amount.digits < 0 ? -one.amount.digits : one.amount.digits,
                       one.amount.places};
    if (!add(book_.turnover_[unit], size) ||
        !add(text_book::sum_in(book_.now_, one.account, unit), one.amount))
        return fault(one.line, "the sum is too large");
    book_.legs_.push_back({static_cast<std::int64_t>(one.amount.digits), one.account, unit,
                           static_cast<std::uint8_t>(one.amount.places)});
    return {};
}

result<void> text_reader::check_stated(const posting& one) {
    const auto& [unit, holds] = *one.stated;
    const std::string account(book_.accounts_.name(one.account));
    const std::string name(book_.units_.name(unit));
    const decimal now = held(one, unit, one.below);
    if (!same(now, holds))
        return fault(one.line, account + " should hold " + to_text(holds) + " " + name +
                                   " here, and holds " + to_text(now));
    if (!one.alone) return {};
    for (const auto& other : book_.now_[one.account])
        if (other.unit != unit && other.sum.digits != 0)
            return fault(one.line, account + " should hold nothing but " + name +
                                       " here, and holds " + to_text(other.sum) + " " +
                                       std::string(book_.units_.name(other.unit)));
    return {};
}

result<text_book> text_book::read(std::string_view text) {
    text_book book;
    // Room for what a book of this length usually holds; more is made where that is not enough.
    constexpr std::size_t usual_entry = 96;
    book.entries_.reserve(text.size() / usual_entry);
    book.legs_.reserve(2 * text.size() / usual_entry);
    VECHE_CHECK(text_reader(text, book).run());
    return book;
}

}  // namespace veche::ledger
