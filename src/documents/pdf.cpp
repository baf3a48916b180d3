#include "documents/pdf.hpp"

#include <filesystem>
#include <memory>

#include <hpdf.h>

#include "documents/refusal.hpp"
#include "documents/sheet.hpp"

namespace veche::documents {
namespace {

/// libharu reports by a call; the first fault is kept and everything after it is idle.
void note_fault(HPDF_STATUS code, HPDF_STATUS, void* into) {
    auto& first = *static_cast<HPDF_STATUS*>(into);
    if (first == 0) first = code;
}

struct free_doc {
    void operator()(HPDF_Doc doc) const { HPDF_Free(doc); }
};
using owned_doc = std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, free_doc>;

constexpr float points(milli length) {
    return static_cast<float>(length) / 1000.0F;
}

struct type_faces {
    HPDF_Font regular = nullptr;
    HPDF_Font bold = nullptr;
};

HPDF_Font load_font(HPDF_Doc doc, const std::string& file) {
    const char* name = HPDF_LoadTTFontFromFile(doc, file.c_str(), HPDF_TRUE);
    return name == nullptr ? nullptr : HPDF_GetFont(doc, name, "UTF-8");
}

void draw(HPDF_Doc doc, const page& from, const type_faces& faces) {
    HPDF_Page onto = HPDF_AddPage(doc);
    HPDF_Page_SetWidth(onto, points(page_width));
    HPDF_Page_SetHeight(onto, points(page_height));
    HPDF_Page_SetLineWidth(onto, 0.5F);
    for (const stroke& one : from.strokes) {
        HPDF_Page_MoveTo(onto, points(one.x), points(one.y));
        HPDF_Page_LineTo(onto, points(one.x + one.width), points(one.y));
        HPDF_Page_Stroke(onto);
    }
    HPDF_Page_BeginText(onto);
    for (const piece& one : from.pieces) {
        HPDF_Page_SetFontAndSize(onto, one.style.bold ? faces.bold : faces.regular,
                                 static_cast<float>(one.style.size));
        HPDF_Page_TextOut(onto, points(one.x), points(one.y), one.text.c_str());
    }
    HPDF_Page_EndText(onto);
}

std::string bytes_of(HPDF_Doc doc) {
    HPDF_SaveToStream(doc);
    HPDF_UINT32 size = HPDF_GetStreamSize(doc);
    std::string bytes(size, '\0');
    HPDF_ResetStream(doc);
    HPDF_ReadFromStream(doc, reinterpret_cast<HPDF_BYTE*>(bytes.data()), &size);
    bytes.resize(size);
    return bytes;
}

}  // namespace

result<std::string> to_pdf(const document& from, const std::string& fonts) {
    const std::string regular = fonts + "/DejaVuSans.ttf", bold = fonts + "/DejaVuSans-Bold.ttf";
    for (const auto& file : {regular, bold})
        if (std::error_code none; !std::filesystem::is_regular_file(file, none))
            return refuse(refusals::font_missing, "", file);
    HPDF_STATUS fault = 0;
    const owned_doc doc(HPDF_New(&note_fault, &fault));
    if (!doc) return refuse(refusals::pdf_failed, "", "0");
    HPDF_UseUTFEncodings(doc.get());
    HPDF_SetCurrentEncoder(doc.get(), "UTF-8");
    HPDF_SetCompressionMode(doc.get(), HPDF_COMP_ALL);
    HPDF_SetInfoAttr(doc.get(), HPDF_INFO_TITLE, (from.kicker + ": " + from.title).c_str());
    HPDF_SetInfoAttr(doc.get(), HPDF_INFO_SUBJECT, from.stamp_line.c_str());
    const type_faces faces{load_font(doc.get(), regular), load_font(doc.get(), bold)};
    if (faces.regular == nullptr || faces.bold == nullptr)
        return refuse(refusals::pdf_failed, "", std::to_string(fault));
    const glyph_width glyph = [&](std::uint32_t code, bool is_bold) {
        return static_cast<std::int32_t>(HPDF_Font_GetUnicodeWidth(
            is_bold ? faces.bold : faces.regular, static_cast<HPDF_UNICODE>(code)));
    };
    for (const page& one : lay_out(from, glyph)) draw(doc.get(), one, faces);
    std::string bytes = bytes_of(doc.get());
    if (fault != 0 || bytes.empty()) return refuse(refusals::pdf_failed, "", std::to_string(fault));
    return bytes;
}

}  // namespace veche::documents
