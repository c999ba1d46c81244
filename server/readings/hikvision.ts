/**
 * Hikvision ISAPI alerts: XML, alone or as a part of a multipart body. A document type or an entity is refused before anything is parsed.
 * `timeRange` is an interval, `realTime` a running count, `signalTrigger` and heartbeats say nothing countable. Children are counted with everybody.
 */
import { XMLParser } from 'fast-xml-parser';
import { fields, instant, type Mapped, PayloadFault, settle, whole } from './vendor.ts';

export const xmlDepthMax = 12;

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, processEntities: false, removeNSPrefix: true, trimValues: true });

const depthOf = (xml: string): number => {
  let depth = 0;
  let deepest = 0;
  for (const tag of xml.matchAll(/<(\/?)[A-Za-z][^>]*?(\/?)>/g)) {
    if (tag[1]) depth--;
    else if (!tag[2]) deepest = Math.max(deepest, ++depth);
  }
  return deepest;
};

/** The XML of a body that may be multipart; images in other parts are dropped unread. */
export const xmlIn = (body: string): string => {
  const start = body.search(/<\?xml|<EventNotificationAlert/);
  const end = body.lastIndexOf('</EventNotificationAlert>');
  if (start < 0 || end < start) throw new PayloadFault('there is no EventNotificationAlert');
  return body.slice(start, end + '</EventNotificationAlert>'.length);
};

export const hikvision = (payload: unknown): Mapped => {
  if (typeof payload !== 'string') throw new PayloadFault('send XML');
  const xml = xmlIn(payload);
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new PayloadFault('document types and entities are refused');
  if (depthOf(xml) > xmlDepthMax) throw new PayloadFault('the XML is nested too deeply');
  const alert = fields((parser.parse(xml) as { EventNotificationAlert?: unknown }).EventNotificationAlert, 'EventNotificationAlert');
  if (String(alert['eventType']).toLowerCase() !== 'peoplecounting') return settle([], [String(alert['eventType'] ?? 'alert').slice(0, 48)]);
  const count = fields(alert['peopleCounting'], 'peopleCounting');
  const flow = { in: whole(count['enter'], 'enter'), out: whole(count['exit'] ?? count['leave'] ?? '0', 'exit') };
  switch (count['statisticalMethods']) {
    case 'realTime': {
      const at = fields(count['RealTime'] ?? { time: alert['dateTime'] }, 'RealTime')['time'];
      return settle([{ kind: 'cumulative', at: instant(at, 'time'), ...flow }], []);
    }
    case 'timeRange': {
      const span = fields(count['TimeRange'], 'TimeRange');
      return settle([{ kind: 'interval', from: instant(span['startTime'], 'startTime'), to: instant(span['endTime'], 'endTime'), ...flow }], []);
    }
    default:
      return settle([], [String(count['statisticalMethods'] ?? 'method').slice(0, 48)]);
  }
};
