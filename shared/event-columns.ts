/** The columns of the events export, in the order of the CSV: what each holds. The description of the HTTP side is made of them. */

type About = { type: 'string' | 'integer' | 'number' | 'boolean'; about: string };

export const EVENT_COLUMNS = {
  position: { type: 'integer', about: 'of the entry in the journal; the events of one batch share it' },
  received: { type: 'string', about: 'when the hub received it, RFC 3339' },
  at: { type: 'string', about: "when it happened by the hub's clock: the device's own, corrected; RFC 3339" },
  kind: {
    type: 'string',
    about: 'session.started, reading.interval, reading.repeated, event.rejected, event.repeated, link.scanned, click.recorded, count.corrected, vote.set, day.closed …',
  },
  showcase: { type: 'string', about: 'its id' },
  zone: { type: 'string', about: 'where the kiosk stood' },
  point: { type: 'string', about: 'the door' },
  device: { type: 'string', about: 'id of the kiosk or counter' },
  epoch: { type: 'string', about: "the kiosk's stream" },
  seq: { type: 'integer', about: 'place in that stream' },
  id: { type: 'string', about: 'of the event; it counts once' },
  disposition: { type: 'string', about: 'recorded, duplicate, quarantined:<why>, uncounted:vote_closed, or why it was rejected' },
  session: { type: 'string', about: 'random, new after every reset of the kiosk' },
  lang: { type: 'string', about: 'zh-HK, zh-CN or en' },
  project: { type: 'string', about: 'its id' },
  code: { type: 'string', about: 'of the short link, or the click that is taken back' },
  via: { type: 'string', about: 'from where a project was opened' },
  reason: { type: 'string', about: 'why a session ended, a count was corrected, a click was taken back; the state a counter tells' },
  seconds: { type: 'number', about: 'how long it lasted' },
  inputs: { type: 'integer', about: 'touches and keys of a session' },
  mode: { type: 'string', about: 'accessibility mode, the counting source that is set, or how the vote is set' },
  right: { type: 'boolean', about: "whether a quiz's answer was the right one" },
  rating: { type: 'string', about: 'how a visitor found the visit: good, fair or poor' },
  class: { type: 'string', about: 'visitor, staff or child, where a counter tells' },
  from: { type: 'string', about: 'start of an interval, as told; when the vote opens' },
  to: { type: 'string', about: 'end of an interval, as told; when the vote closes' },
  timeQuality: { type: 'string', about: 'synced, inferred, received or clamped' },
  direction: { type: 'string', about: 'in or out' },
  in: { type: 'integer', about: 'entries' },
  out: { type: 'integer', about: 'exits' },
  n: { type: 'integer', about: 'how many at once' },
  by: { type: 'string', about: 'who of the staff did it' },
  hour: { type: 'string', about: 'that a correction is for, Hong Kong time' },
  approver: { type: 'string', about: 'who else agreed to a correction' },
  day: { type: 'string', about: 'that was closed' },
  waived: { type: 'string', about: 'devices that had not reported when the day was closed, joined by blanks' },
} as const satisfies { [column: string]: About };

export type EventColumn = keyof typeof EVENT_COLUMNS;
