// SPDX-License-Identifier: Apache-2.0
#include "rules/read_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "record/facts.h"
#include "rules/decide.h"
#include "rules/local_time.h"
#include "rules/read_text.h"
#include "rules/vocabulary.h"

namespace onus::rules {
namespace {

using Kinds = TomlValue::Kind;

constexpr std::array<std::string_view, 5> kBases = {"O", "Q", "S+", "S", "N"};
constexpr std::array<std::string_view, 5> kBearers = {"owner", "searcher", "both", "vendor",
                                                      "reseller"};
constexpr std::size_t kMaxSqlBytes = 16U << 10;

class Reader {
 public:
  Reader(const TomlValue& table, std::string_view file, std::string_view bytes, const Lists& lists,
         const std::optional<Tree>& governs)
      : table_(table), file_(file), bytes_(bytes), lists_(lists), governs_(governs) {}

  Result<RuleText> run() {
    ONUS_TRY_VOID(table_.only(
        file_,
        {"id",       "kind",        "title",   "severity", "status", "duty_bearer", "cites",
         "in_force", "acts",        "applies", "forbids",  "allows", "except",      "requires",
         "evidence", "obligations", "unknown", "sql",      "needs",  "example"}));
    ONUS_TRY_VOID(names());
    ONUS_TRY_VOID(is_law() ? law() : no_law());
    ONUS_TRY_VOID(rule_.kind == Kind::detector ? detector() : judgement());
    return RuleText{std::move(rule_), std::move(examples_)};
  }

 private:
  bool is_law() const { return rule_.kind != Kind::quality && rule_.kind != Kind::detector; }

  tl::unexpected<Error> wrong(const TomlValue& at, std::string what) const {
    return toml_error(file_, at, std::move(what));
  }

  // One word of a closed list, as its index.
  Result<std::size_t> word(const TomlValue& table, std::string_view key,
                           std::span<const std::string_view> words) const {
    ONUS_TRY(const std::string text, table.text_at(file_, key));
    const auto found = std::find(words.begin(), words.end(), text);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    return wrong(*table.find(key),
                 fmt::format("'{}' is one of {}, not '{}'{}", key, fmt::join(words, ", "), text,
                             did_you_mean(text, words)));
  }

  Result<void> names() {
    ONUS_TRY(rule_.id, id_of(table_));
    ONUS_TRY(const std::size_t kind, word(table_, "kind", kKinds));
    rule_.kind = static_cast<Kind>(kind);
    ONUS_TRY(rule_.title, read_local_text(table_, file_, "title"));
    ONUS_TRY(const std::size_t severity,
             word(table_, "severity", record::Names<record::Severity>::all));
    rule_.severity = static_cast<record::Severity>(severity);
    return {};
  }

  Result<std::string> id_of(const TomlValue& table) const {
    ONUS_TRY(std::string id, table.text_at(file_, "id"));
    if (!is_id(id))
      return wrong(*table.find("id"), "an id has lower-case letters, digits, '-' and '.'");
    return id;
  }

  Result<void> law() {
    ONUS_TRY(const std::size_t status,
             word(table_, "status", record::Names<record::TextStatus>::all));
    rule_.status = static_cast<record::TextStatus>(status);
    ONUS_TRY(const std::size_t bearer, word(table_, "duty_bearer", kBearers));
    rule_.duty_bearer = kBearers[bearer];
    ONUS_TRY(const auto cites, table_.tables_at(file_, "cites"));
    if (cites.empty()) return wrong(table_, "a rule of law needs [[rule.cites]]");
    for (const TomlValue* cite : cites) ONUS_TRY_VOID(read_cite(*cite));
    ONUS_TRY_VOID(in_force());
    if (rule_.from.empty() && !day_not_read_)
      return wrong(table_, "a rule of law needs in_force.from");
    return obligations();
  }

  Result<void> no_law() {
    for (const char* key : {"status", "duty_bearer", "cites", "obligations"}) {
      if (const TomlValue* value = table_.find(key))
        return wrong(*value, fmt::format("a rule of this kind rests on no law: no '{}'", key));
    }
    rule_.status = record::TextStatus::checked;
    return in_force();
  }

  Result<void> read_cite(const TomlValue& table) {
    ONUS_TRY_VOID(table.only(file_, {"law", "section", "basis", "sentence"}));
    Cite cite;
    ONUS_TRY(cite.law, table.text_at(file_, "law"));
    ONUS_TRY(cite.section, table.text_at(file_, "section"));
    ONUS_TRY(const std::size_t basis, word(table, "basis", kBases));
    cite.basis = kBases[basis];
    if (rule_.status == record::TextStatus::checked && basis > 1)
      return wrong(*table.find("basis"),
                   "a text read neither officially (O) nor in a quoted copy (Q): the rule's status "
                   "must be 'draft'");
    ONUS_TRY(cite.sentence, read_local_text(table, file_, "sentence"));
    rule_.cites.push_back(std::move(cite));
    return {};
  }

  Result<void> obligations() {
    ONUS_TRY(const auto tables, table_.tables_at(file_, "obligations"));
    for (const TomlValue* table : tables) {
      ONUS_TRY(const Obligation read, obligation(*table));
      const auto same = [&](const Obligation& known) { return known.duty == read.duty; };
      if (std::any_of(rule_.obligations.begin(), rule_.obligations.end(), same))
        return wrong(*table->find("duty"), "this duty is given twice in the rule");
      rule_.obligations.push_back(read);
    }
    return {};
  }

  Result<Obligation> obligation(const TomlValue& table) const {
    constexpr std::int64_t kMostDays = 3660;
    ONUS_TRY_VOID(table.only(file_, {"duty", "within_days"}));
    ONUS_TRY(const std::size_t duty, word(table, "duty", record::Names<record::Duty>::all));
    Obligation out{static_cast<record::Duty>(duty)};
    const TomlValue* days = table.find("within_days");
    if (out.duty != record::Duty::review) {
      if (days) return wrong(*days, "only the duty 'review' has 'within_days'");
      return out;
    }
    if (!days || !days->is(Kinds::integer) || days->integer < 1 || days->integer > kMostDays)
      return wrong(days ? *days : table, "'review' needs within_days = 1 to 3660");
    out.within_days = days->integer;
    return out;
  }

  Result<void> in_force() {
    const TomlValue* table = table_.find("in_force");
    if (!table) return {};
    if (!table->is(Kinds::table)) return wrong(*table, "'in_force' is a table: from, to");
    ONUS_TRY_VOID(table->only(file_, {"from", "to", "read"}));
    ONUS_TRY_VOID(first_day(*table));
    ONUS_TRY(rule_.to, day(*table, "to"));
    if (!rule_.from.empty() && !rule_.to.empty() && rule_.to < rule_.from)
      return wrong(*table->find("to"), "'to' lies before 'from'");
    ONUS_TRY(rule_.read, day(*table, "read"));
    if (!rule_.read.empty() && (rule_.from.empty() || rule_.read <= rule_.from))
      return wrong(*table->find("read"), "'read' lies after 'from'");
    return {};
  }

  // "not_read": nobody found the day on which it came into force.
  Result<void> first_day(const TomlValue& table) {
    const TomlValue* from = table.find("from");
    day_not_read_ = from && from->is(Kinds::text) && from->text == "not_read";
    if (!day_not_read_) {
      ONUS_TRY(rule_.from, day(table, "from"));
    } else if (rule_.status == record::TextStatus::checked) {
      return wrong(*from, "without the day of entry into force the rule's status must be 'draft'");
    }
    return {};
  }

  Result<std::string> day(const TomlValue& table, std::string_view key) const {
    const TomlValue* value = table.find(key);
    if (!value) return std::string();
    if (!value->is(Kinds::date) || !parse_timestamp(value->text))
      return wrong(*value, fmt::format("'{}' is a day from the year 1900 on: 2025-07-01", key));
    return value->text;
  }

  Result<void> judgement() {
    if (const TomlValue* value = table_.find("sql"))
      return wrong(*value, "only a rule of kind 'detector' has 'sql'");
    ONUS_TRY_VOID(acts());
    ONUS_TRY_VOID(conditions());
    ONUS_TRY_VOID(elements());
    ONUS_TRY_VOID(evidence());
    ONUS_TRY_VOID(needs());
    ONUS_TRY_VOID(shape());
    ONUS_TRY(rule_.decision, compile(rule_, governs_));
    return read_examples();
  }

  Result<void> conditions() {
    ONUS_TRY(rule_.applies, condition(table_, "applies"));
    ONUS_TRY(rule_.forbids, condition(table_, "forbids"));
    ONUS_TRY(rule_.allows, condition(table_, "allows"));
    ONUS_TRY(rule_.except, condition(table_, "except"));
    return {};
  }

  Result<void> acts() {
    ONUS_TRY(rule_.acts, table_.texts_at(file_, "acts"));
    if (rule_.acts.empty()) rule_.acts = {"search"};
    for (const std::string& act : rule_.acts) {
      if (!record::parse<record::ActKind>(act))
        return wrong(*table_.find("acts"),
                     fmt::format("'acts' has words of act, not '{}'{}", act,
                                 did_you_mean(act, record::Names<record::ActKind>::all)));
    }
    return {};
  }

  Result<std::optional<Tree>> condition(const TomlValue& table, std::string_view key) const {
    return read_condition(table, key, file_, bytes_, lists_);
  }

  Result<Tree> needed_condition(const TomlValue& table, std::string_view key) const {
    ONUS_TRY(std::optional<Tree> tree, condition(table, key));
    if (!tree) return wrong(table, fmt::format("'{}' is missing", key));
    return std::move(*tree);
  }

  Result<void> elements() {
    ONUS_TRY(const auto tables, table_.tables_at(file_, "requires"));
    for (const TomlValue* table : tables) {
      ONUS_TRY_VOID(table->only(file_, {"element", "label", "present", "absent"}));
      Element out;
      ONUS_TRY(out.id, table->text_at(file_, "element"));
      if (!is_id(out.id))
        return wrong(*table->find("element"), "an id has lower-case letters, digits, '-' and '.'");
      ONUS_TRY(out.label, read_local_text(*table, file_, "label"));
      ONUS_TRY(out.present, needed_condition(*table, "present"));
      ONUS_TRY(out.absent, needed_condition(*table, "absent"));
      if (!ids_.insert(out.id).second) return wrong(*table, "this id is given twice in the rule");
      rule_.requirements.push_back(std::move(out));
    }
    return {};
  }

  Result<void> evidence() {
    ONUS_TRY(const auto tables, table_.tables_at(file_, "evidence"));
    for (const TomlValue* table : tables) {
      ONUS_TRY_VOID(table->only(file_, {"id", "text", "when"}));
      Evidence out;
      ONUS_TRY(out.id, id_of(*table));
      ONUS_TRY(out.text, read_local_text(*table, file_, "text"));
      ONUS_TRY(out.when, condition(*table, "when"));
      if (!ids_.insert(out.id).second) return wrong(*table, "this id is given twice in the rule");
      rule_.evidence.push_back(std::move(out));
    }
    return {};
  }

  Result<void> needs() {
    ONUS_TRY(rule_.needs, table_.texts_at(file_, "needs"));
    std::vector<std::string_view> known;
    for (const record::Fact& fact : record::facts()) known.push_back(fact.name);
    for (const std::string& need : rule_.needs) {
      if (!holds_cell_state(need) || !record::find_fact(need))
        return wrong(*table_.find("needs"),
                     fmt::format("'needs' names columns with the state of a cell, not '{}'{}", need,
                                 did_you_mean(need, known)));
    }
    return {};
  }

  // Which keys go together.
  Result<void> shape() {
    const bool requirement = !rule_.requirements.empty();
    if (rule_.forbids && requirement) return wrong(table_, "either 'forbids' or 'requires'");
    if (!rule_.forbids && !requirement && rule_.evidence.empty())
      return wrong(table_, "a rule needs 'forbids', 'requires' or [[rule.evidence]]");
    if (rule_.except && !rule_.forbids) return wrong(table_, "'except' goes with 'forbids'");
    if (!rule_.evidence.empty() && rule_.evidence.back().when)
      return wrong(table_, "the last [[rule.evidence]] has no 'when': it tells for all others");
    if (rule_.allows && rule_.evidence.empty())
      return wrong(table_, "'allows' needs [[rule.evidence]]: what tells where it does not hold");
    if (requirement && !rule_.evidence.empty())
      return wrong(table_, "'requires' names its own evidence: the elements");
    if (!table_.find("unknown")) return {};
    static constexpr std::array<std::string_view, 2> kWords = {"cannot_tell", "never"};
    ONUS_TRY(const std::size_t unknown, word(table_, "unknown", kWords));
    rule_.has_unknown = unknown == 0;
    return {};
  }

  Result<void> detector() {
    for (const char* key : {"acts", "applies", "forbids", "allows", "except", "requires",
                            "evidence", "unknown", "example"}) {
      if (const TomlValue* value = table_.find(key))
        return wrong(*value, fmt::format("a detector has 'sql' and no '{}'", key));
    }
    ONUS_TRY(rule_.sql, table_.text_at(file_, "sql"));
    if (rule_.sql.size() > kMaxSqlBytes || rule_.sql.find('\0') != std::string::npos)
      return wrong(*table_.find("sql"), "'sql' has at most 16 KiB and no NUL");
    return needs();
  }

  Result<void> read_examples() {
    ONUS_TRY(const auto tables, table_.tables_at(file_, "example"));
    for (const TomlValue* table : tables) ONUS_TRY_VOID(read_example(*table));
    return {};
  }

  Result<void> read_example(const TomlValue& table) {
    ONUS_TRY_VOID(table.only(file_, {"name", "facts", "outcome", "because"}));
    Example out;
    out.line = table.line;
    out.column = table.column;
    ONUS_TRY(out.name, table.text_at(file_, "name"));
    ONUS_TRY(const std::size_t outcome,
             word(table, "outcome", record::Names<record::Outcome>::all));
    out.outcome = static_cast<record::Outcome>(outcome);
    ONUS_TRY(const auto because, table.maybe_text_at(file_, "because"));
    out.because = because.value_or("");
    const TomlValue* facts = table.find("facts");
    if (!facts || !facts->is(Kinds::table)) return wrong(table, "an example needs 'facts'");
    ONUS_TRY_VOID(read_facts(*facts, out));
    examples_.push_back(std::move(out));
    return {};
  }

  // A fact that is not given is unknown, but for `act`, which is a search unless said otherwise.
  Result<void> read_facts(const TomlValue& table, Example& out) {
    const auto facts = record::facts();
    out.row.resize(facts.size());
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      known.push_back(facts[i].name);
      if (facts[i].name == "act") out.row[i] = Value::of(std::string_view("search"));
    }
    for (const auto& [name, value] : table.members) {
      const auto found = std::find(known.begin(), known.end(), name);
      if (found == known.end())
        return wrong(value, fmt::format("no fact '{}'{}", name, did_you_mean(name, known)));
      const auto i = static_cast<std::size_t>(found - known.begin());
      ONUS_TRY(out.row[i], read_fact(value, facts[i], out));
    }
    return {};
  }

  Result<Value> read_fact(const TomlValue& value, const record::Fact& fact, Example& out) const {
    const std::string kind = fmt::format("'{}' must be ", fact.name);
    if (fact.type == record::FactType::integer) {
      if (!value.is(Kinds::integer)) return wrong(value, kind + "a whole number");
      return Value::of(value.integer);
    }
    if (!value.is(Kinds::text) && !value.is(Kinds::date)) return wrong(value, kind + "a text");
    if (fact.type == record::FactType::timestamp) {
      const auto us = parse_timestamp(value.text);
      if (!us) return wrong(value, kind + "a time: '2025-07-01 12:00:00'");
      return Value::of(*us);
    }
    const auto words = words_of(fact.name);
    if (!words.empty() && std::find(words.begin(), words.end(), value.text) == words.end())
      return wrong(value, fmt::format("'{}' is no word of {}{}", value.text, fact.name,
                                      did_you_mean(value.text, words)));
    out.texts.push_back(std::make_unique<std::string>(value.text));
    return Value::of(std::string_view(*out.texts.back()));
  }

  const TomlValue& table_;
  std::string_view file_;
  std::string_view bytes_;
  const Lists& lists_;
  const std::optional<Tree>& governs_;
  Rule rule_;
  std::vector<Example> examples_;
  std::set<std::string> ids_;
  bool day_not_read_ = false;
};

}  // namespace

Result<RuleText> read_rule(const TomlValue& table, std::string_view file, std::string_view bytes,
                           const Lists& lists, const std::optional<Tree>& governs) {
  return Reader(table, file, bytes, lists, governs).run();
}

}  // namespace onus::rules
