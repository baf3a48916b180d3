#pragma once
// A document as PDF: A4, text that can be selected and searched, the fonts embedded as far as used,
// no time of printing, so that the same document gives the same bytes.

#include "documents/document.hpp"
#include "kernel/result.hpp"

namespace veche::documents {

/// Folder of DejaVuSans.ttf and DejaVuSans-Bold.ttf, as Debian's fonts-dejavu-core has them.
inline constexpr const char* font_folder = "/usr/share/fonts/truetype/dejavu";

/// Refuses where a font is missing.
result<std::string> to_pdf(const document&, const std::string& fonts = font_folder);

}  // namespace veche::documents
