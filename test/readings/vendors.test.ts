/** Each people counter's own payload, as vendors document it: its meaning of interval, event or running count, and what is dropped. */
import { describe, expect, test } from 'vitest';
import { axis } from '../../server/readings/axis.ts';
import { footfallcam } from '../../server/readings/footfallcam.ts';
import { hikvision } from '../../server/readings/hikvision.ts';
import { milesight } from '../../server/readings/milesight.ts';
import { PayloadFault } from '../../server/readings/vendor.ts';
import { xovis } from '../../server/readings/xovis.ts';
import { Admission } from '../../shared/admission.ts';
import { planReadings } from '../../shared/readings.ts';

const from = 1_792_900_860_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const x5 = (records: object[], more: object = {}) => ({
  logics_data: {
    package_info: { version: '5.0', id: 28, agent_id: 1008 },
    sensor_info: { serial_number: '80:1F:12:D6:7E:5C' },
    logics: [{ id: 0, name: 'Line 0', info: 'XLT_4X_LINE_IN_OUT_COUNT', geometries: [{ id: 0, type: 'LINE' }], records, ...more }],
  },
});
const record = (at: number, fw: unknown, bw: unknown) => ({
  from: at,
  to: at + 60_000,
  counts: [
    { id: 0, name: 'fw', value: fw },
    { id: 1, name: 'bw', value: bw },
  ],
});

describe('people counters', () => {
  test('[V1] Xovis v5 interval pushes carry several minutes, come again, and mix in what is not counted', () => {
    const payload = x5([record(from, 12, 3), record(from + 60_000, '15', '4')]);
    const gender = { id: 9, name: 'Zone', info: 'XLT_ZONE_GENDER', records: [{ from, to: from + 60_000, counts: [{ id: 0, name: 'male', value: 4 }] }] };
    payload.logics_data.logics.push(gender as never);
    const { readings, ignored } = xovis(payload);
    expect(readings).toEqual([
      { kind: 'interval', from: iso(from), to: iso(from + 60_000), in: 12, out: 3 },
      { kind: 'interval', from: iso(from + 60_000), to: iso(from + 120_000), in: 15, out: 4 },
    ]);
    expect(ignored).toEqual(['XLT_ZONE_GENDER']);
    const admission = new Admission();
    const who = { device: 'c-1', showcase: 's', point: 'door-a' };
    const first = planReadings(admission, who, readings, from + 200_000);
    admission.apply(first.entry);
    expect(planReadings(admission, who, xovis(x5([record(from + 60_000, 15, 4), record(from + 120_000, 9, 6)])).readings, from + 300_000).answer).toEqual({
      accepted: 1,
      duplicates: 1,
      quarantined: 0,
    });
  });

  test('[V1] two lines of one sensor at one point are summed; Xovis v4 and live events keep their own identity', () => {
    const two = x5([record(from, 5, 1)]);
    two.logics_data.logics.push({ ...(two.logics_data.logics[0] as object), id: 1, records: [record(from, 2, 2)] } as never);
    expect(xovis(two).readings).toEqual([{ kind: 'interval', from: iso(from), to: iso(from + 60_000), in: 7, out: 3 }]);
    const v4 = {
      'sensor-time': { timezone: 'Asia/Hong_Kong', time: '2026-10-25T10:00:00+08:00' },
      status: { code: 'OK' },
      content: {
        element: [
          {
            'element-id': 0,
            'data-type': 'LINE',
            measurement: [
              {
                from: '2026-10-25T10:00:00+08:00',
                to: '2026-10-25T10:01:00+08:00',
                value: [
                  { value: 1, label: 'fw' },
                  { value: 0, label: 'bw' },
                ],
              },
            ],
          },
          { 'element-id': 1, 'data-type': 'ZONE', measurement: [{ value: [] }] },
        ],
      },
    };
    expect(xovis(v4)).toEqual({ readings: [{ kind: 'interval', from: '2026-10-25T02:00:00.000Z', to: '2026-10-25T02:01:00.000Z', in: 1, out: 0 }], ignored: ['ZONE'] });
    const live = {
      live_data: {
        frames: [
          {
            framenumber: 1,
            time: from,
            tracked_objects: [
              { track_id: 1, type: 'PERSON' },
              { track_id: 2, type: 'GROUP' },
            ],
            events: [
              { category: 'SCENE', type: 'LINE_CROSS_BACKWARD', attributes: { track_id: 1, sequence_number: 7, geometry_id: 3 } },
              { category: 'SCENE', type: 'LINE_CROSS_BACKWARD', attributes: { track_id: 2, sequence_number: 8, geometry_id: 3 } },
            ],
          },
        ],
      },
    };
    expect(xovis(live).readings).toEqual([{ kind: 'event', eventId: `x5-3-7-${iso(from)}`, at: iso(from), direction: 'out', n: 1 }]);
  });

  test('[V2] Axis: the push is intervals, the older counter a running count in Hong Kong time, Object Analytics a running count as text', () => {
    const push = {
      apiName: 'Axis Retail Data',
      data: {
        utcFrom: '2026-10-25T02:58:00Z',
        utcTo: '2026-10-25T02:59:00Z',
        measurements: [
          {
            kind: 'people-counts',
            utcFrom: '2026-10-25T02:58:00Z',
            utcTo: '2026-10-25T02:59:00Z',
            items: [
              { direction: 'in', count: 1, adults: 0 },
              { direction: 'out', count: 2, adults: 0 },
            ],
          },
        ],
      },
      sensor: { serial: 'b8a44fa89c85', ipAddress: '10.1.2.3' },
    };
    expect(axis(push).readings).toEqual([{ kind: 'interval', from: '2026-10-25T02:58:00.000Z', to: '2026-10-25T02:59:00.000Z', in: 1, out: 2 }]);
    expect(axis({ serial: '00408CAC512B', name: 'Exit south', timestamp: '20261025112756', in: 12, out: 318 }).readings).toEqual([
      { kind: 'cumulative', at: '2026-10-25T03:27:56.000Z', in: 12, out: 318 },
    ]);
    expect(
      axis({
        topic: 'axis:CameraApplicationPlatform/ObjectAnalytics/Device1Scenario1',
        timestamp: from,
        serial: 'x',
        message: { data: { scenario: 'Door in', reason: 'human', total: '4', totalHuman: '3' } },
      }).readings,
    ).toEqual([{ kind: 'cumulative', at: iso(from), in: 3, out: 0 }]);
  });

  test('[V3] Hikvision: XML alone or in a multipart body; time ranges are intervals, real time is a running count; entities are refused', () => {
    const xml = (count: string, head = '<?xml version="1.0" encoding="UTF-8"?>') =>
      `${head}<EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema"><ipAddress>10.0.0.4</ipAddress><macAddress>44:47:cc:00:00:01</macAddress><dateTime>2026-10-25T10:01:00+08:00</dateTime><eventType>PeopleCounting</eventType><channelName>Door</channelName><peopleCounting>${count}</peopleCounting></EventNotificationAlert>`;
    const range =
      '<statisticalMethods>timeRange</statisticalMethods><TimeRange><startTime>2026-10-25T10:00:00+08:00</startTime><endTime>2026-10-25T10:01:00+08:00</endTime></TimeRange><enter>7</enter><exit>2</exit><childCounting><enter>1</enter></childCounting>';
    const interval = { kind: 'interval', from: '2026-10-25T02:00:00.000Z', to: '2026-10-25T02:01:00.000Z', in: 7, out: 2 };
    expect(hikvision(xml(range)).readings).toEqual([interval]);
    expect(hikvision(`--MIME\r\nContent-Type: application/xml\r\n\r\n${xml(range)}\r\n--MIME\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff\r\n--MIME--`).readings).toEqual([
      interval,
    ]);
    expect(
      hikvision(xml('<statisticalMethods>realTime</statisticalMethods><RealTime><time>2026-10-25T10:01:00+08:00</time></RealTime><enter>70</enter><exit>12</exit>')).readings,
    ).toEqual([{ kind: 'cumulative', at: '2026-10-25T02:01:00.000Z', in: 70, out: 12 }]);
    expect(hikvision(xml('<statisticalMethods>signalTrigger</statisticalMethods><enter>1</enter><exit>0</exit>'))).toEqual({ readings: [], ignored: ['signalTrigger'] });
    for (const bad of [
      xml(range.replace('7', '&xxe;'), '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>'),
      xml(`${'<a>'.repeat(20)}${'</a>'.repeat(20)}${range}`),
      'no xml',
      '<EventNotificationAlert></EventNotificationAlert>',
    ])
      expect(() => hikvision(bad)).toThrow(PayloadFault);
  });

  test('[V4] FootfallCam events count by their UUID and tell staff; Milesight reports carry their zone; images are dropped unread', () => {
    const event = { UUID: '5f0c7f9e-1', DeviceSerial: 'F1', RoiId: 2, MetricId: 1, CombineObjectTypeId: 21, PeopleId: 9, EventEndUTC: '2026-10-25T02:00:05Z' };
    expect(footfallcam([event, { ...event, MetricId: 2, CombineObjectTypeId: 11, UUID: '5f0c7f9e-2' }, { ...event, MetricId: 9 }])).toEqual({
      readings: [
        { kind: 'event', eventId: '5f0c7f9e-1', at: '2026-10-25T02:00:05.000Z', direction: 'in', n: 1, class: 'staff' },
        { kind: 'event', eventId: '5f0c7f9e-2', at: '2026-10-25T02:00:05.000Z', direction: 'out', n: 1, class: 'visitor' },
      ],
      ignored: ['metric 9'],
    });
    const report = {
      event: 'Line Crossing',
      report_type: 'interval',
      device_info: { device_sn: 'x' },
      time_info: { timezone: 'UTC+8:00', dst_status: false, start_time: '2026/10/25 10:00:00', end_time: '2026/10/25 10:01:00' },
      line_periodic_data: [
        { line: 1, in: 3, out: 1 },
        { line: 2, in: 2, out: 0 },
      ],
      snapshot: `data:image/jpeg;base64,${'A'.repeat(2_000)}`,
    };
    expect(milesight(report)).toEqual({ readings: [{ kind: 'interval', from: '2026-10-25T02:00:00.000Z', to: '2026-10-25T02:01:00.000Z', in: 5, out: 1 }], ignored: ['snapshot'] });
  });

  test('[V5] what is not the vendor’s payload is refused as a whole, whatever it is', () => {
    expect(() => footfallcam({})).toThrow();
    for (const format of [xovis, axis, hikvision, footfallcam, milesight])
      for (const bad of [
        null,
        [],
        7,
        'x',
        { logics_data: { logics: [{ records: [{ from: 1, to: 2, counts: [{ name: 'fw', value: -1 }] }] }] } },
        { data: { measurements: [{ kind: 'people-counts', utcFrom: 'never', items: [] }] } },
        { MetricId: 1 },
        { time_info: { timezone: 'moon' }, line_periodic_data: [] },
        { values: [{ type: 'LineCount', timestamp: from, direction: 'sideways' }] },
      ]) {
        let mapped: unknown;
        try {
          mapped = format(bad).readings;
        } catch (error) {
          expect(error).toBeInstanceOf(PayloadFault);
          continue;
        }
        expect(mapped).toEqual([]);
      }
  });
});
