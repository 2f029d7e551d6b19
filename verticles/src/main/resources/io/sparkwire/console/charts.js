/** The charts of one service. Each has its latest values as text beside it. */

import uPlot from "/console/uplot.js";
import { element, setText } from "./dom.js";
import { count, millis, rate } from "./format.js";

const HEIGHT = 170;
const COLORS = ["one", "two", "three", "four"];

const CHARTS = [
  { title: "Requests per second", format: rate, series: { rate: "all", errors: "errors" } },
  { title: "Latency", format: millis, series: { p50: "p50", p99: "p99", p999: "p99.9" } },
  { title: "Parts of p99", format: millis, series: { queue: "queue", pipeline: "pipeline", reply: "reply" } },
  { title: "In flight", format: count, series: { inFlight: "in flight", queued: "queued" } },
];

const color = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export class Charts {
  #parent;
  #charts;

  constructor(parent) {
    this.#parent = parent;
    this.#charts = CHARTS.map(spec => figure(spec));
    parent.append(...this.#charts.map(chart => chart.figure));
    new ResizeObserver(() => this.#resize()).observe(parent);
  }

  /** Draws with the colours of the theme as it is now. */
  redraw() {
    for (const chart of this.#charts) {
      chart.plot?.destroy();
      chart.plot = null;
    }
  }

  show(history, service) {
    for (const chart of this.#charts) {
      const data = history.data(service, Object.keys(chart.spec.series));
      if (!chart.plot) chart.plot = plot(chart, data);
      else chart.plot.setData(data);
      describe(chart, data);
    }
  }

  #resize() {
    for (const chart of this.#charts) {
      chart.plot?.setSize({ width: chart.canvas.clientWidth, height: HEIGHT });
    }
  }
}

function figure(spec) {
  const keys = Object.values(spec.series).map((label, i) => element("span", { class: `key ${COLORS[i]}` }, label));
  const canvas = element("div", { role: "img" });
  const made = element("figure", { class: "chart" }, element("figcaption", {}, element("b", {}, spec.title), ...keys), canvas);
  return { spec, keys, canvas, figure: made, plot: null };
}

function describe(chart, data) {
  const texts = Object.values(chart.spec.series).map((label, i) => {
    const values = data[i + 1];
    return `${label} ${chart.spec.format(values[values.length - 1])}`;
  });
  texts.forEach((text, i) => setText(chart.keys[i], text));
  chart.canvas.setAttribute("aria-label", `${chart.spec.title} of the last five minutes, now: ${texts.join(", ")}`);
}

function plot(chart, data) {
  const axis = { stroke: color("soft"), grid: { stroke: color("line"), width: 1 }, ticks: { show: false }, font: "11px system-ui, sans-serif" };
  const options = {
    width: chart.canvas.clientWidth,
    height: HEIGHT,
    cursor: { y: false },
    legend: { show: false },
    scales: { y: { range: (u, least, most) => [0, Math.max(most * 1.1, 1)] } },
    axes: [
      { ...axis, values: (u, ticks) => ticks.map(tick => new Date(tick * 1000).toLocaleTimeString("en-GB")), space: 90, size: 28 },
      { ...axis, size: 58, values: (u, ticks) => ticks.map(chart.spec.format) },
    ],
    series: [
      {},
      ...Object.values(chart.spec.series).map((label, i) => ({
        label,
        stroke: color(COLORS[i]),
        width: 1.75,
        points: { show: false },
        spanGaps: false,
      })),
    ],
  };
  return new uPlot(options, data, chart.canvas);
}
