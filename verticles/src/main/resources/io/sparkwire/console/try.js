/** The form that sends a request to a service. This node sends it, since services have other origins. */

import { byId, element, keyed, setText } from "./dom.js";
import { fieldsOf } from "./form.js";
import { bytes, micros } from "./format.js";
import { columnsOf, exampleOf } from "./schema.js";

const services = new Map();
let places = [];
let shown = "";

export function startTry() {
  byId("try-service").addEventListener("change", () => fill());
  byId("try-form").addEventListener("submit", event => {
    event.preventDefault();
    send();
  });
}

export function showTry(frame) {
  services.clear();
  frame.services.filter(service => service.methods).forEach(service => services.set(service.name, service));
  keyed(byId("try-service"), [...services.keys()], name => name, name => element("option", { value: name }, name), () => {});
  byId("try-form").querySelector("button").disabled = services.size === 0;
  fill();
}

/** Makes the fields anew if another service was chosen, or its schema has changed. */
function fill() {
  const service = services.get(byId("try-service").value);
  const state = service ? JSON.stringify([service.name, service.path, service.methods, service.schema?.body]) : "";
  if (state === shown) return;
  shown = state;
  const parent = byId("try-fields").querySelector(".fields");
  places = service ? service.path.split("/").filter(part => part.startsWith(":")).map(part => place(part.slice(1))) : [];
  keyed(byId("try-method"), service?.methods ?? [], method => method, method => element("option", { value: method }, method), () => {});
  const columns = columnsOf(service?.schema?.body);
  const fields = columns && fieldsOf(columns, text => (byId("try-body").value = text));
  const hint = service && !columns ? [element("p", { class: "hint" }, service.schema?.body ? `One value of ${service.schema.body}` : "The schema is not known; write the body.")] : [];
  parent.replaceChildren(...places.map(each => each.label), ...(fields?.labels ?? []), ...hint);
  byId("try-body").value = fields ? fields.object() : service?.schema?.body ? JSON.stringify(exampleOf(service.schema.body)) : "";
}

function place(name) {
  const input = element("input", { autocomplete: "off", value: "1" });
  return { name, input, label: element("label", {}, `:${name}`, element("span", { class: "type" }, "in the path"), input) };
}

async function send() {
  const button = byId("try-form").querySelector("button");
  const request = {
    method: byId("try-method").value,
    contentType: byId("try-type").value,
    parameters: Object.fromEntries(places.map(each => [each.name, each.input.value])),
    body: byId("try-body").value,
  };
  button.disabled = true;
  try {
    const response = await fetch(`/console/try/${encodeURIComponent(byId("try-service").value)}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Sparkwire-Console": "try" },
      body: JSON.stringify(request),
    });
    const answer = await response.json();
    show(response.ok ? answer : { status: response.status, body: answer.detail ?? answer.title, refused: true });
  } catch (failure) {
    show({ body: `The node did not answer: ${failure.message}`, refused: true });
  } finally {
    button.disabled = false;
  }
}

function show(answer) {
  const good = answer.status >= 200 && answer.status < 400 && !answer.refused;
  const facts = answer.refused ? "not sent to the service" : `${micros(answer.micros)} · ${answer.contentType ?? "no body"} · ${bytes(answer.bytes)}`;
  const tag = element("span", { class: good ? "tag good" : "tag bad" });
  setText(tag, answer.status ? `status ${answer.status}` : "no answer");
  byId("try-reply").replaceChildren(tag, ` ${facts}`, element("pre", { tabindex: 0 }, answer.body));
}
