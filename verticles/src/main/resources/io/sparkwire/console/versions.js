/** The versions of pipelines side by side, with their share of the requests. */

import { byId, element, keyed, setText, shape } from "./dom.js";
import { count, rate, time } from "./format.js";

const switches = new Map();

/** Notes when the requests of a service went to another version. */
export function noteSwitch(event) {
  const known = switches.get(event.service);
  if (!known || known.time < event.time) switches.set(event.service, event);
}

export function showVersions(frame) {
  const all = frame.services.flatMap(service => service.versions.map(version => ({ service, version })));
  keyed(byId("version-cards"), all, each => `${each.service.name} ${each.version.version}`, () => card(), (child, each) => update(child, each));
}

function card() {
  const facts = ["Requests per second", "Errors per second", "Requests", "Errors"].flatMap(label => [element("dt", {}, label), element("dd")]);
  const bar = shape("svg", { viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" });
  bar.append(shape("rect", { height: 4, width: 0 }));
  return element("article", { class: "version" },
    element("h3", { class: "name" }, element("span"), element("span", { class: "tag" })),
    element("p", { class: "hint" }),
    element("dl", {}, ...facts),
    element("div", { class: "share" }, bar));
}

/** Failures that Sparkwire itself replies name no version, and neither does a service that was given none. */
function nameless(service) {
  return service.versions.length > 1 ? "(no version: refusals and failures)" : "";
}

function update(child, { service, version }) {
  const [title, tag] = child.querySelector(".name").children;
  const share = service.rate > 0 ? version.rate / service.rate : 0;
  setText(title, `${service.name} ${version.version || nameless(service)}`);
  setText(tag, `${Math.round(share * 100)} % of requests`);
  tag.className = share > 0 ? "tag good" : "tag";
  child.classList.toggle("current", share > 0.5);
  const switched = version.version && switches.get(service.name);
  setText(child.querySelector(".hint"), switched ? `The last switch of this service was at ${time(switched.time)}.` : "");
  const values = [rate(version.rate), rate(version.errorRate), count(version.requests), count(version.errors)];
  [...child.querySelectorAll("dd")].forEach((cell, i) => setText(cell, values[i]));
  child.querySelector("rect").setAttribute("width", share * 100);
}
