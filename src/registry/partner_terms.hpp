#pragma once
// Words of the partner search: what an organisation offers or asks for, and what came of it.

#include "kernel/seal_ref.hpp"
#include "registry/terms.hpp"

namespace veche::registry {

using profile_id = id<struct profile_tag>;
using interest_id = id<struct interest_tag>;

enum class profile_kind : std::uint8_t { offer, request };
VECHE_CHOICES(profile_kind, offer, request)

enum class profile_subject : std::uint8_t { goods, technology, cooperation };
VECHE_CHOICES(profile_subject, goods, technology, cooperation)

/// What the keeper of the register says of a profile before it is public.
enum class profile_verdict : std::uint8_t { published, returned };
VECHE_CHOICES(profile_verdict, published, returned)

enum class interest_answer : std::uint8_t { accepted, declined };
VECHE_CHOICES(interest_answer, accepted, declined)

/// What came of two organisations that found each other.
enum class partner_outcome : std::uint8_t { link, enterprise, contract, nothing };
VECHE_CHOICES(partner_outcome, link, enterprise, contract, nothing)

/// A heading of the Harmonized System: a chapter of two digits, a heading of four or a subheading
/// of six. Chapter 77 is reserved and means nothing; 98 and 99 are national.
bool is_hs_heading(std::string_view);

}  // namespace veche::registry
