/** The hub's own figures, for Prometheus. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export class Metrics {
  readonly registry = new Registry();
  readonly events = new Counter({ name: 'harbourlight_events_recorded_total', help: 'Kiosk events made durable', registers: [this.registry] });
  readonly rejected = new Counter({
    name: 'harbourlight_events_rejected_total',
    help: 'Kiosk events refused for good, by reason',
    labelNames: ['code'],
    registers: [this.registry],
  });
  readonly readings = new Counter({ name: 'harbourlight_readings_total', help: 'Readings of people counters', labelNames: ['fate'], registers: [this.registry] });
  readonly scans = new Counter({ name: 'harbourlight_scans_total', help: 'Requests of short links', labelNames: ['fate'], registers: [this.registry] });
  readonly ackSeconds = new Histogram({
    name: 'harbourlight_ack_seconds',
    help: 'From a batch received to its durable acknowledgement',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.registry],
  });
  readonly kiosks = new Gauge({ name: 'harbourlight_kiosks_connected', help: 'Kiosks connected now', registers: [this.registry] });
  readonly watchers = new Gauge({ name: 'harbourlight_watchers_connected', help: 'Staff screens connected now', registers: [this.registry] });
  readonly position = new Gauge({ name: 'harbourlight_journal_position', help: 'Durable entries of the journal', registers: [this.registry] });
  readonly refusals = new Counter({ name: 'harbourlight_refusals_total', help: 'Refused asks by code', labelNames: ['code'], registers: [this.registry] });
  readonly bugs = new Counter({ name: 'harbourlight_bugs_total', help: 'Handlers that threw', registers: [this.registry] });
}
