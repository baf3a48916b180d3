#pragma once
// How a language writes numbers, dates and times, sorts and is searched. Built once per language
// from ICU's data; immutable afterwards, so that all threads share it. For people only: nothing
// that binds anyone is computed from it.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "kernel/instant.hpp"

namespace veche::render {

class locale {
  public:
    explicit locale(std::string_view language);
    locale(locale&&) noexcept;
    locale& operator=(locale&&) noexcept;
    ~locale();

    /// "4,872" in English, "4 872" with no-break spaces in Russian; a true minus sign.
    [[nodiscard]] std::string number(std::int64_t value) const;
    /// The same without groups, as years and numbers of documents are written: "4872".
    [[nodiscard]] static std::string plain_number(std::int64_t value);
    /// The plural category of a count by CLDR: "one", "few", "many", "other".
    [[nodiscard]] std::string plural(std::int64_t count) const;
    /// A number of minor units with `scale` decimal places; places that are all zero are left out.
    [[nodiscard]] std::string decimal(std::int64_t minor, std::int32_t scale) const;
    /// A number as a text of decimal digits ("-1234.50"), written as the language writes it; all
    /// its decimal places stay.
    [[nodiscard]] std::string digits(std::string_view text) const;
    /// The month's name as a date uses it: "November", "ноября".
    [[nodiscard]] const std::string& month(int number) const;
    /// Order by the language's own rules ("ё" beside "е").
    [[nodiscard]] bool before(std::string_view a, std::string_view b) const;

  private:
    struct parts;
    std::unique_ptr<const parts> parts_;
};

/// A time zone by its IANA name ("Europe/Minsk"). Unknown names act as UTC.
class zone {
  public:
    explicit zone(std::string_view name);
    zone(zone&&) noexcept;
    zone& operator=(zone&&) noexcept;
    ~zone();
    /// Whether there is a zone of that name.
    [[nodiscard]] static bool known(std::string_view name);
    /// Minutes east of UTC at that instant.
    [[nodiscard]] std::int32_t offset(instant at) const;
    /// The city that names the zone, in the language: "Minsk", "Минск". "UTC" for UTC.
    [[nodiscard]] std::string city(std::string_view language) const;

  private:
    struct parts;
    std::unique_ptr<const parts> parts_;
};

/// "UTC+3", "UTC+5:30", "UTC".
std::string offset_text(std::int32_t minutes);

}  // namespace veche::render
