#pragma once
// A document for people, before it has a form: title, blocks in order, and what it is stamped with.
// The page and the PDF are made from the same value, so that they cannot say different things.

#include <string>
#include <vector>

#include "kernel/fields.hpp"

namespace veche::documents {

struct labelled {
    std::string label;
    std::string text;
};
VECHE_FIELDS(labelled, (label, "What it is."), (text, "What it says."))

struct cell {
    std::string label;  ///< title of its column, for narrow screens
    std::string text;
    bool first = false;  ///< names the row
};
VECHE_FIELDS(cell, (label, "Title of the column."), (text, "What it says."),
             (first, "Whether it names the row."))

struct row {
    std::vector<cell> cells;
};
VECHE_FIELDS(row, (cells, "Its cells."))

/// A column of a table. `share`: its part of the width, among the shares of all columns.
struct column {
    std::string title;
    std::int32_t share = 1;
};
VECHE_FIELDS(column, (title, "Title of the column."), (share, "Its part of the width."))

enum class block_kind : std::uint8_t { heading, subheading, text, facts, table, points };
VECHE_CHOICES(block_kind, heading, subheading, text, facts, table, points)

/// One block; which members mean something depends on the kind.
struct block {
    block_kind kind = block_kind::text;
    std::string text;                 ///< heading, subheading, text; the caption of a table
    std::vector<labelled> facts;      ///< facts
    std::vector<column> columns;      ///< table
    std::vector<row> rows;            ///< table
    std::vector<std::string> points;  ///< points
};
VECHE_FIELDS(block, (kind, "What it is."), (text, "Its text or caption."), (facts, "Facts."),
             (columns, "Columns of a table."), (rows, "Rows of a table."),
             (points, "Points of a list."))

/// From which state of the journal a document was made. The root is that of the newest published
/// checkpoint, empty where none is published yet.
struct record_stamp {
    std::string origin;     ///< name of the journal
    std::int64_t size = 0;  ///< entries under the root
    std::string root;       ///< base64, as the checkpoint writes it
};
VECHE_FIELDS(record_stamp, (origin, "Name of the journal."), (size, "Entries under the root."),
             (root, "Root of the tree, base64."))

struct document {
    std::string lang;
    std::string kicker;  ///< number or kind, above the title
    std::string title;
    std::vector<block> blocks;
    std::vector<std::int64_t> entries;  ///< of the journal, that it was made from, ascending
    record_stamp stamp;
    std::string address;     ///< whole address of the page
    std::string page_of;     ///< "page {0} of {1}" in the language
    std::string stamp_line;  ///< the stamp in words
};
VECHE_FIELDS(document, (lang, "Language."), (kicker, "Number or kind."), (title, "Title."),
             (blocks, "What it says, in order."), (entries, "Entries it was made from."),
             (stamp, "State of the journal."), (address, "Address of the page."),
             (page_of, "Pattern of the page number."), (stamp_line, "The stamp in words."))

/// Reading what `journal::reading_desk` calls the newest checkpoint; an empty stamp for "".
record_stamp stamp_of(const std::string& origin, const std::string& checkpoint);

}  // namespace veche::documents
