#pragma once
// Rows that several views show. Inside the room only.

#include "doses/views.hpp"

namespace veche::doses {

localized names_of_site(const world&, const site_id&);
localized names_of_product(const world&, const product_id&);
stock_row stock_row_of(const world&, const record_product&, const record_site&, date today);
lot_row lot_row_of(const world&, const lot_id&, const lot&, date today);

}  // namespace veche::doses
