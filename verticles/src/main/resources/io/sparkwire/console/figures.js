/** The cluster at a glance. */

import { byId, element, keyed, setText } from "./dom.js";
import { count, micros, rate } from "./format.js";

export function showFigures(frame, quarantined) {
  const members = frame.nodes.filter(node => node.state !== "gone");
  const up = members.filter(node => node.state === "up").length;
  const gone = frame.nodes.length - members.length;
  const sum = of => frame.services.reduce((total, service) => total + (of(service) || 0), 0);
  const errors = sum(service => service.errorRate);
  const slowest = frame.services.map(service => service.latencies.total?.[1]).filter(p99 => p99 !== undefined);
  const all = [
    { name: "Nodes up", value: count(up), of: gone > 0 ? `${count(gone)} gone` : `of ${count(members.length)}`, bad: up < members.length || gone > 0 },
    { name: "Requests/s", value: rate(sum(service => service.rate)) },
    { name: "Errors/s", value: rate(errors), bad: errors > 0 },
    { name: "Slowest p99", value: micros(slowest.length ? Math.max(...slowest) : undefined) },
    { name: "In flight", value: count(sum(service => service.inFlight)), of: `${count(sum(service => service.queued))} queued` },
    { name: "Quarantined", value: count(quarantined), bad: quarantined > 0 },
  ];
  keyed(byId("figures"), all, each => each.name, each => element("div", {}, element("dt", {}, each.name), element("dd", {}, element("span"), " ", element("small"))), update);
}

function update(child, figure) {
  setText(child.querySelector("span"), figure.value);
  setText(child.querySelector("small"), figure.of ?? "");
  child.classList.toggle("bad", Boolean(figure.bad));
}
