/** The tail of the log of all nodes. */

import { byId, element, keyed, setText } from "./dom.js";
import { time } from "./format.js";

const MOST_LINES = 400;

const lines = byId("log-lines");

export function startLog() {
  for (const id of ["log-node", "log-search"]) {
    byId(id).addEventListener("input", () => [...lines.children].forEach(filter));
  }
}

export function clearLog() {
  lines.replaceChildren();
}

export function addLine(event) {
  const line = element("p", { class: event.level },
    `${time(event.time)} `, element("span", { class: "level" }, event.level), " ", element("span", { class: "where" }, `${event.node} ${event.logger}`), ` ${event.text}`);
  line.dataset.node = event.node;
  line.dataset.time = event.time;
  filter(line);
  let place = lines.lastElementChild;
  while (place && Number(place.dataset.time) > event.time) place = place.previousElementSibling;
  if (place) place.after(line);
  else lines.prepend(line);
  while (lines.children.length > MOST_LINES) lines.firstElementChild.remove();
}

function filter(line) {
  const node = byId("log-node").value;
  const searched = byId("log-search").value.toLowerCase();
  line.hidden = (node !== "" && line.dataset.node !== node) || !line.textContent.toLowerCase().includes(searched);
}

export function showLog(frame) {
  const select = byId("log-node");
  keyed(select, [{ node: "" }, ...frame.nodes], node => node.node, node => element("option", { value: node.node }),
    (option, node) => setText(option, node.node === "" ? "all" : `${node.role} ${node.node}`));
  const without = frame.nodes.filter(node => node.state === "up" && !node.hasLog).map(node => node.node);
  byId("log-missing").hidden = without.length === 0;
  setText(byId("log-missing"), `Not available of ${without.join(", ")}: the log of its program goes elsewhere.`);
  if (byId("log-follow").checked) lines.scrollTop = lines.scrollHeight;
}
