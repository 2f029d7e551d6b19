/** The table of services, and what there is to know of the one that is chosen. */

import { Charts } from "./charts.js";
import { byId, element, keyed, noteEmpty, setCells, setText } from "./dom.js";
import { count, micros, rate } from "./format.js";

const PARTS = { total: "total", queue: "queue: waits for a reader", pipeline: "pipeline", reply: "reply: waits for the event loop" };

export class Services {
  #charts = new Charts(byId("charts"));
  #history;
  #chosen = null;
  #frame = null;

  constructor(history) {
    this.#history = history;
  }

  show(frame) {
    this.#frame = frame;
    const names = frame.services.map(service => service.name);
    if (!names.includes(this.#chosen)) this.#chosen = names[0] ?? null;
    const body = byId("service-table").tBodies[0];
    body.querySelector(".nothing")?.remove();
    keyed(body, frame.services, service => service.name, service => this.#row(service), (row, service) => this.#update(row, service));
    noteEmpty(body, 9, "No node serves anything.");
    this.#showChosen();
  }

  redraw() {
    this.#charts.redraw();
    if (this.#frame) this.#showChosen();
  }

  #row(service) {
    const pick = element("button", { type: "button", class: "pick" }, service.name);
    pick.addEventListener("click", () => {
      this.#chosen = service.name;
      this.show(this.#frame);
    });
    const heading = element("th", { scope: "row" }, pick);
    heading.dataset.own = "yes";
    const meter = element("meter", { min: 0, low: 0, "aria-label": `Requests in flight of ${service.name}` });
    const flight = element("td", {}, element("span"), " ", meter);
    flight.dataset.own = "yes";
    const number = () => element("td", { class: "number" });
    return element("tr", {}, heading, number(), number(), number(), number(), number(), flight, number(), number());
  }

  #update(row, service) {
    const [p50, p99, p999] = service.latencies.total || [];
    row.classList.toggle("chosen", service.name === this.#chosen);
    row.querySelector("button").setAttribute("aria-pressed", service.name === this.#chosen);
    setCells(row, [rate(service.rate), rate(service.errorRate), micros(p50), micros(p99), micros(p999), count(service.queued), count(service.readers)]);
    row.cells[2].classList.toggle("bad", service.errorRate > 0);
    const limit = service.limit || 0;
    const meter = row.querySelector("meter");
    meter.max = limit || 1;
    meter.high = meter.max * 0.8;
    meter.optimum = 0;
    meter.value = service.inFlight;
    setText(row.querySelector("td span"), `${count(service.inFlight)} of ${count(limit)}`);
  }

  #showChosen() {
    const service = this.#frame.services.find(each => each.name === this.#chosen);
    byId("selected").hidden = !service;
    if (!service) return;
    setText(byId("selected-title"), `${service.name} · ${service.path} · ${count(service.requests)} requests since the start`);
    this.#charts.show(this.#history, service.name);
    showParts(service);
    showErrors(service);
  }
}

function showParts(service) {
  keyed(byId("parts").tBodies[0], Object.entries(PARTS), ([part]) => part, ([, label]) => heading(label, 3),
    (row, [part]) => setCells(row, [0, 1, 2].map(i => micros(service.latencies[part]?.[i]))));
}

function heading(label, numbers) {
  const made = element("th", { scope: "row" }, label);
  made.dataset.own = "yes";
  return element("tr", {}, made, ...Array.from({ length: numbers }, () => element("td", { class: "number" })));
}

function showErrors(service) {
  const body = byId("errors").tBodies[0];
  body.querySelector(".nothing")?.remove();
  keyed(body, service.errors, error => `${error.status} ${error.failure}`,
    () => element("tr", {}, element("td"), element("td"), element("td", { class: "number" }), element("td", { class: "number" })),
    (row, error) => setCells(row, [error.status, error.failure || "replied by the pipeline", rate(error.rate), count(error.requests)]));
  noteEmpty(body, 4, "No error since the start.");
}
