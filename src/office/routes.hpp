#pragma once
// The one list of every command, event and view. From it come admission, the HTTP routes, OpenAPI,
// the command line, the forms.

#include <functional>
#include <memory>
#include <span>

#include "kernel/message.hpp"
#include "office/state.hpp"

namespace veche::office {

/// How the office treats one type of message.
struct route {
    wire_info wire;
    const type_info& (*body)();
    bool command;  ///< asked by actors; otherwise derived
    /// Commands: decodes, decides and, if accepted, applies the act. The derived events are
    /// returned, not applied. On refusal the state is unchanged.
    result<events> (*act)(state&, json::node body, const context&) = nullptr;
    /// Derived events: applies what was made (`event::made`).
    void (*fold)(state&, const void* event, const context&) = nullptr;
    /// Commands that carry costly proofs: decodes, and gives the work of checking them, to be done
    /// outside the writer or in threads. Nothing where decide refuses the command anyway, or does
    /// the work itself.
    std::function<result<void>()> (*proofs)(const state&, json::node body) = nullptr;
    /// The same as `act`, for a command of which that work was done.
    result<events> (*act_checked)(state&, json::node body, const context&) = nullptr;
};

std::span<const route> routes();
/// By type name; nothing where the type is unknown.
const route* find_route(std::string_view type);

/// A view's answer: a described value.
struct answer {
    const type_info* type = nullptr;
    std::shared_ptr<const void> value;

    template <class T>
    [[nodiscard]] const T& as() const {
        return *static_cast<const T*>(value.get());
    }
};

struct view_route {
    wire_info wire;  ///< name, version and meaning of the query
    const type_info& (*query)();
    const type_info& (*result_type)();
    result<answer> (*ask)(const state&, json::node query, const viewer&);
};

std::span<const view_route> views();
const view_route* find_view(std::string_view name);

}  // namespace veche::office
