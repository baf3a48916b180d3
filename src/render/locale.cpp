#include "render/locale.hpp"

#include <array>
#include <map>
#include <vector>

#include <unicode/coll.h>
#include <unicode/datefmt.h>
#include <unicode/dcfmtsym.h>
#include <unicode/dtfmtsym.h>
#include <unicode/plurrule.h>
#include <unicode/simpletz.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace veche::render {
namespace {

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

icu::UnicodeString wide(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

icu::Locale icu_locale(std::string_view language) {
    return icu::Locale::createFromName(std::string(language).c_str());
}

/// Digits in groups of three from the right.
std::string grouped(const std::string& digits, const std::string& separator) {
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) out += separator;
        out += digits[i];
    }
    return out;
}

}  // namespace

struct locale::parts {
    std::string group_separator;
    std::string decimal_separator;
    std::array<std::string, 12> months;
    std::unique_ptr<icu::Collator> collator;
    std::unique_ptr<icu::PluralRules> plurals;
};

locale::locale(std::string_view language) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale where = icu_locale(language);
    auto made = std::make_unique<parts>();
    const icu::DecimalFormatSymbols numbers(where, status);
    made->group_separator =
        utf8(numbers.getConstSymbol(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol));
    made->decimal_separator =
        utf8(numbers.getConstSymbol(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol));
    const icu::DateFormatSymbols dates(where, status);
    std::int32_t count = 0;
    const icu::UnicodeString* names =
        dates.getMonths(count, icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::WIDE);
    for (std::int32_t i = 0; i < count && i < 12; ++i)
        made->months[static_cast<std::size_t>(i)] = utf8(names[i]);
    made->collator.reset(icu::Collator::createInstance(where, status));
    made->plurals.reset(icu::PluralRules::forLocale(where, status));
    parts_ = std::move(made);
}
locale::locale(locale&&) noexcept = default;
locale& locale::operator=(locale&&) noexcept = default;
locale::~locale() = default;

std::string locale::number(std::int64_t value) const {
    return decimal(value, 0);
}

std::string locale::plain_number(std::int64_t value) {
    std::string out = std::to_string(value);
    if (value < 0) out.replace(0, 1, "\u2212");
    return out;
}

std::string locale::plural(std::int64_t count) const {
    return utf8(parts_->plurals->select(static_cast<double>(count)));
}

std::string locale::decimal(std::int64_t minor, std::int32_t scale) const {
    const bool negative = minor < 0;
    const auto size =
        negative ? 0 - static_cast<std::uint64_t>(minor) : static_cast<std::uint64_t>(minor);
    std::string digits = std::to_string(size);
    const auto places = static_cast<std::size_t>(scale > 0 ? scale : 0);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    const std::string fraction = digits.substr(digits.size() - places);
    std::string out = negative ? "\u2212" : "";
    out += grouped(digits.substr(0, digits.size() - places), parts_->group_separator);
    if (fraction.find_first_not_of('0') != std::string::npos)
        out += parts_->decimal_separator + fraction;
    return out;
}

std::string locale::digits(std::string_view text) const {
    std::string out;
    if (text.starts_with('-')) {
        out = "\u2212";
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    out += grouped(std::string(text.substr(0, point)), parts_->group_separator);
    if (point != std::string_view::npos)
        out += parts_->decimal_separator + std::string(text.substr(point + 1));
    return out;
}

const std::string& locale::month(int number) const {
    return parts_->months.at(static_cast<std::size_t>(number - 1));
}

bool locale::before(std::string_view a, std::string_view b) const {
    UErrorCode status = U_ZERO_ERROR;
    return parts_->collator->compareUTF8(
               icu::StringPiece(a.data(), static_cast<std::int32_t>(a.size())),
               icu::StringPiece(b.data(), static_cast<std::int32_t>(b.size())),
               status) == UCOL_LESS;
}

struct zone::parts {
    std::unique_ptr<icu::TimeZone> zone;
    std::map<std::string, std::string> cities;  // by language
};

bool zone::known(std::string_view name) {
    const std::unique_ptr<icu::TimeZone> found(icu::TimeZone::createTimeZone(wide(name)));
    return !(*found == icu::TimeZone::getUnknown());
}

zone::zone(std::string_view name) {
    auto made = std::make_unique<parts>();
    std::unique_ptr<icu::TimeZone> found(icu::TimeZone::createTimeZone(wide(name)));
    if (*found == icu::TimeZone::getUnknown()) found.reset(icu::TimeZone::getGMT()->clone());
    for (const char* language : {"en", "ru", "be"}) {
        UErrorCode status = U_ZERO_ERROR;
        icu::SimpleDateFormat format(icu::UnicodeString("VVV"), icu_locale(language), status);
        if (U_FAILURE(status)) continue;
        format.setTimeZone(*found);
        icu::UnicodeString text;
        made->cities[language] = utf8(format.format(UDate{0}, text));
    }
    made->zone = std::move(found);
    parts_ = std::move(made);
}
zone::zone(zone&&) noexcept = default;
zone& zone::operator=(zone&&) noexcept = default;
zone::~zone() = default;

std::int32_t zone::offset(instant at) const {
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t raw = 0;
    std::int32_t summer = 0;
    parts_->zone->getOffset(static_cast<UDate>(at.ms), false, raw, summer, status);
    return (raw + summer) / 60'000;
}

std::string zone::city(std::string_view language) const {
    if (*parts_->zone == *icu::TimeZone::getGMT()) return "UTC";
    const auto found = parts_->cities.find(std::string(language));
    return found == parts_->cities.end() ? parts_->cities.at("en") : found->second;
}

std::string offset_text(std::int32_t minutes) {
    if (minutes == 0) return "UTC";
    const std::int32_t size = minutes < 0 ? -minutes : minutes;
    std::string out = "UTC";
    out += minutes < 0 ? "\u2212" : "+";
    out += std::to_string(size / 60);
    if (size % 60 != 0) {
        out += ':';
        out += size % 60 < 10 ? "0" : "";
        out += std::to_string(size % 60);
    }
    return out;
}

}  // namespace veche::render
