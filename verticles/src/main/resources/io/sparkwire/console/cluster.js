/** The map of the cluster: which nodes take requests, for which services, and which nodes read them. */

import { byId, element, keyed, setText, shape } from "./dom.js";
import { age, bytes, count, rate, time } from "./format.js";

const STATES = { up: ["up", "good"], silent: ["silent", "warn"], joining: ["joining", "warn"], gone: ["gone", "bad"] };

const isReader = node => node.role === "worker";

export function showCluster(frame) {
  const takers = frame.nodes.filter(node => !isReader(node));
  const readers = frame.nodes.filter(isReader);
  fill("listening", takers, node => node.node, node => update(node, frame));
  fill("offered", frame.services, service => service.name, service => updateService(service));
  fill("reading", readers, node => node.node, node => update(node, frame));
  byId("map").classList.toggle("single", takers.length === 0);
  byId("listening").hidden = takers.length === 0;
  drawLines(frame);
}

function fill(id, items, keyOf, updateOf) {
  keyed(byId(id).querySelector("ul"), items, keyOf, () => card(), (child, item) => updateOf(item)(child));
}

function card() {
  return element("li", { class: "node" },
    element("div", { class: "name" }, element("span", { class: "title" }), element("span", { class: "tag" }), element("span", { class: "tag here" })),
    element("div", { class: "facts" }),
    element("div", { class: "reads-list" }));
}

const parts = child => ({
  title: child.querySelector(".title"),
  tag: child.querySelector(".tag"),
  here: child.querySelector(".here"),
  facts: child.querySelector(".facts"),
  reads: child.querySelector(".reads-list"),
});

function update(node, frame) {
  return child => {
    const { title, tag, here, facts, reads } = parts(child);
    const [state, kind] = STATES[node.state];
    child.dataset.state = node.state;
    setText(title, `${node.driver ? "executor" : node.role} ${node.node}`);
    setText(tag, node.state === "up" ? state : `${state} since ${time(node.since)}`);
    tag.className = `tag ${kind}`;
    here.hidden = node.node !== frame.node;
    setText(here, "this node");
    setText(facts, factsOf(node, frame.time).join(" · "));
    setText(reads, readsOf(node));
  };
}

function factsOf(node, now) {
  const facts = [node.address];
  if (node.heapMax) facts.push(`heap ${bytes(node.heapUsed)} of ${bytes(node.heapMax)}`);
  if (node.state === "up" && node.started) facts.push(`up ${age(now - node.started)}`);
  if (node.release) facts.push(node.release);
  if (node.driver) facts.push(`of driver ${node.driver}`);
  if (node.connections) facts.push(`${count(node.connections.open)} connections`);
  return facts;
}

function readsOf(node) {
  if (node.state === "gone") return "";
  const services = node.services || [];
  if (!isReader(node)) return `${count(services.reduce((sum, each) => sum + each.inFlight, 0))} in flight`;
  const read = services.filter(each => each.readers > 0).map(each => `reads ${each.name} with ${count(each.readers)}, ${count(each.queued)} queued`);
  return read.length > 0 ? read.join("; ") : "reads nothing";
}

function updateService(service) {
  return child => {
    const { title, tag, here, facts, reads } = parts(child);
    child.classList.add("service");
    setText(title, service.name);
    setText(tag, service.readers > 0 ? `${count(service.readers)} ${service.readers === 1 ? "reader" : "readers"}` : "no reader");
    tag.className = service.readers > 0 ? "tag good" : "tag bad";
    here.hidden = true;
    setText(facts, service.path);
    setText(reads, `${rate(service.rate)} requests/s`);
  };
}

function drawLines(frame) {
  const lines = byId("lines");
  const origin = byId("map").getBoundingClientRect();
  const paths = [];
  for (const service of frame.services) {
    const box = boxOf("offered", service.name, origin);
    const busy = service.rate > 0 ? " busy" : "";
    for (const node of frame.nodes) {
      if (node.state === "gone") continue;
      if (isReader(node) && service.readBy.includes(node.node)) paths.push(path(box, boxOf("reading", node.node, origin), `reads${busy}`));
      if (!isReader(node) && service.listeners.includes(node.node)) paths.push(path(boxOf("listening", node.node, origin), box, `takes${busy}`));
    }
  }
  keyed(lines, paths, each => `${each.d} ${each.kind}`, each => shape("path", { d: each.d, class: each.kind }), () => {});
}

function boxOf(column, key, origin) {
  const child = [...byId(column).querySelector("ul").children].find(each => each.dataset.key === key);
  const box = child.getBoundingClientRect();
  return { left: box.left - origin.left, right: box.right - origin.left, middle: (box.top + box.bottom) / 2 - origin.top };
}

function path(from, to, kind) {
  const bend = (to.left - from.right) / 2;
  const round = Math.round;
  const d = `M${round(from.right)} ${round(from.middle)}C${round(from.right + bend)} ${round(from.middle)} ${round(to.left - bend)} ${round(to.middle)} ${round(to.left)} ${round(to.middle)}`;
  return { d, kind };
}
