/** What the charts show: of each service one point a second, for five minutes. */

const POINTS = 300;

export const SERIES = {
  rate: service => service.rate,
  errors: service => service.errorRate,
  inFlight: service => service.inFlight,
  queued: service => service.queued,
  p50: service => seconds(service, "total", 0),
  p99: service => seconds(service, "total", 1),
  p999: service => seconds(service, "total", 2),
  queue: service => seconds(service, "queue", 1),
  pipeline: service => seconds(service, "pipeline", 1),
  reply: service => seconds(service, "reply", 1),
};

/** In milliseconds; null if no request had that part. */
function seconds(service, part, percentile) {
  const values = service.latencies[part];
  return values ? values[percentile] / 1000 : null;
}

export class History {
  #services = new Map();

  add(time, services) {
    for (const service of services) {
      const points = this.#of(service.name);
      points.time.push(time / 1000);
      for (const [name, valueOf] of Object.entries(SERIES)) points[name].push(valueOf(service) ?? null);
      if (points.time.length > POINTS) Object.values(points).forEach(values => values.shift());
    }
  }

  #of(name) {
    if (!this.#services.has(name)) {
      const points = { time: [] };
      Object.keys(SERIES).forEach(series => (points[series] = []));
      this.#services.set(name, points);
    }
    return this.#services.get(name);
  }

  /** The times and the values of these series. */
  data(name, series) {
    const points = this.#of(name);
    return [points.time, ...series.map(each => points[each])];
  }
}
