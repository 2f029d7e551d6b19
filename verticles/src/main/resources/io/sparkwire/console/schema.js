/** Reads what the form needs of a schema in Spark's DDL: the columns, their types, an example of each. */

/** The columns of a schema; null if it is one type and no list of columns, or is not known. */
export function columnsOf(ddl) {
  if (!ddl) return null;
  const columns = split(ddl).map(columnOf);
  return columns.every(column => column !== null) ? columns : null;
}

/** Splits at commas that are in no brackets and no backquotes. */
function split(text) {
  const parts = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "`") quoted = !quoted;
    if (quoted) continue;
    if (c === "<" || c === "(") depth++;
    if (c === ">" || c === ")") depth--;
    if (c === "," && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map(part => part.trim());
}

function columnOf(text) {
  const found = /^(?:`((?:[^`]|``)+)`|([^\s:<>`]+))(?:\s*:\s*|\s+)(.+)$/s.exec(text);
  if (!found) return null;
  const type = found[3].replace(/\s+(NOT NULL|COMMENT\b.*)$/is, "").trim();
  return { name: (found[1] ?? found[2]).replaceAll("``", "`"), type, required: /\bNOT NULL\b/i.test(found[3]) };
}

const word = type => /^[A-Za-z_]+/.exec(type)?.[0].toUpperCase() ?? "";

/** What kind of field a type needs. */
export function kindOf(type) {
  const name = word(type);
  if (/^(TINYINT|BYTE|SMALLINT|SHORT|INT|INTEGER|BIGINT|LONG)$/.test(name)) return "whole";
  if (/^(FLOAT|REAL|DOUBLE|DECIMAL|DEC|NUMERIC)$/.test(name)) return "number";
  if (name === "BOOLEAN") return "boolean";
  return /^(ARRAY|MAP|STRUCT|VARIANT)$/.test(name) ? "json" : "text";
}

/** A value of a type, to begin with. */
export function exampleOf(type) {
  const name = word(type);
  const inner = type.slice(type.indexOf("<") + 1, type.lastIndexOf(">"));
  if (name === "ARRAY") return [exampleOf(inner)];
  if (name === "MAP") return { key: exampleOf(split(inner)[1] ?? "STRING") };
  if (name === "STRUCT") return Object.fromEntries((columnsOf(inner) ?? []).map(column => [column.name, exampleOf(column.type)]));
  if (name === "DATE") return "2026-01-31";
  if (name.startsWith("TIMESTAMP")) return name === "TIMESTAMP_NTZ" ? "2026-01-31T12:00:00" : "2026-01-31T12:00:00Z";
  if (name === "VARIANT") return {};
  return { whole: 1, number: 1.5, boolean: true, text: "text" }[kindOf(type)];
}
