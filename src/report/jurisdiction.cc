// SPDX-License-Identifier: Apache-2.0
#include "report/jurisdiction.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "report/collect.h"

namespace onus::report {
namespace {

struct Unapplied {
  std::vector<std::string> places;  // sorted, each once
  std::int64_t packs = 0;
  std::int64_t accesses = 0;  // of the pack that may govern most
};

// "Austria; United States: Arkansas, Utah": what stands before the comma once.
std::string places_text(const std::vector<std::string>& sorted) {
  std::string out;
  std::string_view last;
  for (const std::string& place : sorted) {
    const std::size_t comma = place.find(", ");
    const std::string_view whole = std::string_view(place).substr(0, comma);
    if (whole != last) {
      out += (out.empty() ? "" : "; ") + std::string(whole);
      if (comma != std::string::npos) out += ": " + place.substr(comma + 2);
    } else if (comma != std::string::npos) {
      out += ", " + place.substr(comma + 2);
    }
    last = whole;
  }
  return out;
}

const std::string& in_language(const Messages& say, const std::string& en, const std::string& de) {
  return say.language() == "de" ? de : en;
}

std::map<std::string, Unapplied> unapplied(const Model& model, const Messages& say) {
  std::map<std::string, Unapplied> out;
  for (const PackUse& pack : model.packs) {
    if (pack.governed > 0 || pack.governs_unknown == 0) continue;
    Unapplied& group = out[pack.unknown_fact];
    ++group.packs;
    group.accesses = std::max(group.accesses, pack.governs_unknown);
    group.places.push_back(in_language(say, pack.place_en, pack.place_de));
  }
  for (auto& [fact, group] : out) {
    std::ranges::sort(group.places);
    const auto twice = std::ranges::unique(group.places);
    group.places.erase(twice.begin(), twice.end());
  }
  return out;
}

bool governs(const PackUse& pack) { return pack.is_law() && pack.governed > 0; }

void write_laws(const View& view) {
  const Messages& say = view.say;
  Table table(view, say.text("jurisdiction.caption"),
              {{say.text("column.place")},
               {say.text("column.law")},
               {say.text("column.governed"), true},
               {say.text("column.governs_unknown"), true}},
              Table::Shape::stacked);
  for (const PackUse& pack : view.model.packs) {
    if (!governs(pack)) continue;
    table.row({in_language(say, pack.place_en, pack.place_de),
               in_language(say, pack.title_en, pack.title_de), say.number(pack.governed),
               say.number(pack.governs_unknown)});
  }
}

}  // namespace

Result<void> collect_packs(store::Database& database, Model& model) {
  ONUS_TRY(const store::Rows rows,
           database.query("SELECT pack_id, pack_sha256, title_en, title_de, place_en, place_de, "
                          "governed, governs_unknown, unknown_fact FROM packs ORDER BY pack_ix"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto text = [&](std::size_t column) { return std::string(rows.text(i, column)); };
    model.packs.push_back({.id = text(0),
                           .sha256 = text(1),
                           .title_en = text(2),
                           .title_de = text(3),
                           .place_en = text(4),
                           .place_de = text(5),
                           .governed = rows.integer(i, 6),
                           .governs_unknown = rows.integer(i, 7),
                           .unknown_fact = text(8)});
  }
  return {};
}

std::vector<std::string> unapplied_sentences(const Model& model, const Messages& say) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  for (const auto& [fact, group] : unapplied(model, say)) {
    const bool owner = fact.starts_with("owner_");
    found.emplace_back(-group.packs,
                       say.text(owner ? "jurisdiction.owner_unknown" : "jurisdiction.unknown",
                                {{"n", group.packs},
                                 {"accesses", group.accesses},
                                 {"what", say.word("fact", fact)},
                                 {"places", places_text(group.places)}}));
  }
  std::ranges::sort(found);
  std::vector<std::string> out;
  out.reserve(found.size());
  for (auto& [order, sentence] : found) out.push_back(std::move(sentence));
  return out;
}

void write_jurisdiction(const View& view) {
  const std::vector<std::string> open = unapplied_sentences(view.model, view.say);
  const bool any = std::ranges::any_of(view.model.packs, governs);
  if (!any && open.empty()) return;
  view.heading(2, "jurisdiction", view.say.text("jurisdiction.title"));
  view.paragraph(view.say.text("jurisdiction.intro"));
  if (any) write_laws(view);
  for (const std::string& sentence : open) view.paragraph(sentence, "callout");
}

}  // namespace onus::report
