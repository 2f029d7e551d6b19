/** The epochs of the last five minutes as a timeline: a lane for each reader, whose gaps stay empty. */

import { byId, element, keyed, noteEmpty, setCells, shape } from "./dom.js";
import { count, millis } from "./format.js";

const SPAN_MILLIS = 300_000;
const MINUTES = SPAN_MILLIS / 60_000;
const LANE = 18;
const AXIS = 16;
const LABEL_WIDTH = 190;
const MOST_LANES = 24;

export class Epochs {
  #ended = [];

  add(event) {
    this.#ended.push(event);
  }

  reset() {
    this.#ended = [];
  }

  show(frame) {
    const from = frame.time - SPAN_MILLIS;
    this.#ended = this.#ended.filter(epoch => epoch.time >= from);
    const lanes = lanesOf(this.#ended, frame);
    draw(lanes, from);
    showTable(lanes);
  }
}

/** The epochs of each reader in their order, with the gaps between. */
function lanesOf(ended, frame) {
  const lanes = new Map();
  const add = epoch => {
    const key = `${epoch.service} ${epoch.node} ${epoch.query} ${epoch.partition}`;
    if (!lanes.has(key)) lanes.set(key, { key, service: epoch.service, node: epoch.node, reader: readerOf(epoch), epochs: [] });
    lanes.get(key).epochs.push(epoch);
  };
  ended.forEach(add);
  for (const node of frame.nodes) {
    if (node.state !== "up") continue;
    (node.epochs || []).forEach(open => add({ ...open, node: node.node, open: true, time: frame.time }));
  }
  const all = [...lanes.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  all.forEach(measure);
  return all;
}

/** Which of the queries behind a service, and which of its partitions. */
function readerOf(epoch) {
  const replica = /replica-(\d+)/.exec(epoch.query);
  return replica ? `${replica[1]}.${epoch.partition}` : String(epoch.partition);
}

function measure(lane) {
  lane.epochs.sort((one, other) => one.began - other.began);
  lane.gaps = [];
  let end = null;
  for (const epoch of lane.epochs) {
    if (end !== null) lane.gaps.push(Math.max(0, epoch.began - end));
    end = Math.max(end ?? 0, epoch.open ? epoch.began : epoch.time);
  }
}

function draw(lanes, from) {
  const parent = byId("timeline");
  const width = Math.max(280, parent.clientWidth);
  const label = width < 600 ? 90 : LABEL_WIDTH;
  const shown = lanes.slice(0, MOST_LANES);
  const svg = shape("svg", { viewBox: `0 0 ${width} ${shown.length * LANE + AXIS}`, height: shown.length * LANE + AXIS, "aria-hidden": "true" });
  const x = time => label + Math.max(0, ((time - from) / SPAN_MILLIS) * (width - label));
  for (let back = MINUTES; back >= 0; back--) {
    const at = x(from + SPAN_MILLIS - back * 60_000);
    svg.append(shape("line", { class: "tick", x1: at, x2: at, y1: 0, y2: shown.length * LANE }));
    svg.append(shape("text", { x: at, y: shown.length * LANE + 12, "text-anchor": back === 0 ? "end" : "middle" }, back === 0 ? "now" : `−${back} min`));
  }
  shown.forEach((lane, i) => drawLane(svg, lane, i * LANE, x, label, width));
  parent.replaceChildren(svg);
  parent.setAttribute("aria-label", summary(lanes));
}

function drawLane(svg, lane, y, x, label, width) {
  svg.append(shape("rect", { class: "lane", x: label, y: y + 2, width: width - label, height: LANE - 5 }));
  const most = Math.floor(label / 6.2);
  const name = `${lane.service} ${lane.node} ${lane.reader}`;
  svg.append(shape("text", { x: 0, y: y + 13 }, name.length > most ? `${name.slice(0, most - 1)}…` : name));
  for (const epoch of lane.epochs) {
    const kind = epoch.open ? "open" : epoch.succeeded ? "" : "failed";
    const start = x(epoch.began);
    svg.append(shape("rect", { class: `epoch ${kind} ${epoch.epoch % 2 ? "odd" : ""}`, x: start, y: y + 2, width: Math.max(1, x(epoch.time) - start), height: LANE - 5 }));
  }
}

function summary(lanes) {
  const epochs = lanes.reduce((sum, lane) => sum + lane.epochs.length, 0);
  const gaps = lanes.flatMap(lane => lane.gaps);
  if (epochs === 0) return "No epoch in the last five minutes";
  return `${epochs} epochs of ${lanes.length} readers in the last five minutes; the longest gap was ${gaps.length ? millis(Math.max(...gaps)) : "none"}`;
}

function showTable(lanes) {
  const body = byId("epoch-table").tBodies[0];
  body.querySelector(".nothing")?.remove();
  keyed(body, lanes, lane => lane.key, () => row(), (child, lane) => {
    const last = lane.epochs[lane.epochs.length - 1];
    const failed = lane.epochs.filter(epoch => !epoch.open && !epoch.succeeded).length;
    const ended = lane.epochs.filter(epoch => !epoch.open).length;
    setCells(child, [lane.service, lane.node, lane.reader, count(last.epoch), last.open ? "open" : last.succeeded ? "ended" : "failed",
      count(ended), count(failed), millis(lane.gaps[lane.gaps.length - 1]), millis(lane.gaps.length ? Math.max(...lane.gaps) : undefined)]);
    child.cells[6].classList.toggle("bad", failed > 0);
  });
  noteEmpty(body, 9, "No reader has begun an epoch in the last five minutes.");
}

function row() {
  const number = () => element("td", { class: "number" });
  return element("tr", {}, element("td"), element("td", { class: "mono" }), number(), number(), element("td"), number(), number(), number(), number());
}
