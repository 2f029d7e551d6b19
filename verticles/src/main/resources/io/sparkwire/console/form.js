/** A field for each column of a schema; what is filled in becomes a JSON object. */

import { element } from "./dom.js";
import { exampleOf, kindOf } from "./schema.js";

/** Makes the fields; calls back with the object whenever one of them has changed. */
export function fieldsOf(columns, changed) {
  const fields = columns.map(column => field(column));
  const update = () => changed(objectOf(fields));
  fields.forEach(each => each.input.addEventListener("input", update));
  return { labels: fields.map(each => each.label), object: () => objectOf(fields) };
}

function field(column) {
  const kind = kindOf(column.type);
  const input = inputOf(kind, exampleOf(column.type));
  const label = element("label", {}, column.name, element("span", { class: "type" }, column.type.length > 60 ? `${column.type.slice(0, 60)}…` : column.type), input);
  return { name: column.name, kind, input, label };
}

function inputOf(kind, example) {
  if (kind === "boolean") return element("select", {}, ...["true", "false", ""].map(value => element("option", { value }, value || "left out")));
  if (kind === "json") return withValue(element("textarea", { rows: 3, spellcheck: "false" }), JSON.stringify(example));
  const attributes = kind === "text" ? { autocomplete: "off" } : { inputmode: kind === "whole" ? "numeric" : "decimal", autocomplete: "off" };
  return withValue(element("input", attributes), String(example));
}

function withValue(input, value) {
  input.value = value;
  return input;
}

function objectOf(fields) {
  return fields
    .filter(field => field.input.value !== "")
    .map(field => `  ${JSON.stringify(field.name)}: ${jsonOf(field)}`)
    .join(",\n")
    .replace(/^/, "{\n")
    .concat("\n}");
}

/** As it was typed, so that a number keeps all of its digits, and a mistake reaches the service. */
function jsonOf({ kind, input }) {
  return kind === "text" ? JSON.stringify(input.value) : input.value;
}
