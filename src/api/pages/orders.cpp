#include "api/pages/orders.hpp"

#include "render/command_words.hpp"

namespace veche::api::pages {

std::string message_title(const visit& here, std::string_view type) {
    for (const char* prefix : {"command.", "event."})
        if (const auto key = prefix + std::string(type); here.texts.find(key) != nullptr)
            return here.text(key);
    return std::string(type);
}

std::vector<order_card> orders_of(const visit& here,
                                  const std::vector<assembly::enactment_view>& enactments) {
    std::vector<order_card> cards;
    for (const auto& one : enactments) {
        order_card card{one.number, one.type, message_title(here, one.type), {}, one.seq, {}};
        json::document body;
        const auto* route = office::find_route(one.type);
        if (route != nullptr && body.reset(one.body.bytes))
            card.content = render::command_markup(route->body(), body.root(), here.around);
        cards.push_back(std::move(card));
    }
    return cards;
}

void link_plans(std::vector<order_card>& cards,
                const std::vector<assembly::enactment_view>& enactments,
                const std::string& motion) {
    for (std::size_t i = 0; i < cards.size() && i < enactments.size(); ++i) {
        json::document body;
        if (enactments[i].type == "doses.allocate" && body.reset(enactments[i].body.bytes) &&
            body.root().find("plan").valid())
            cards[i].plan =
                "dose-plans/" + motion + "?order=" + std::to_string(enactments[i].number);
    }
}

}  // namespace veche::api::pages
