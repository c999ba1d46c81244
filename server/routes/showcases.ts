/** Showcases: what they are (public), what is live (staff), and the acts that change how it is counted. */

import { randomFillSync } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import { API } from '../../shared/api.ts';
import { closingMs, type Reports, reportsPast } from '../../shared/closing.ts';
import { unapprovedCorrectionMax } from '../../shared/counting.ts';
import { dayOf, hourOf, rfc3339 } from '../../shared/hongkong-time.ts';
import { makeId } from '../../shared/ids.ts';
import { daySchema, type Pack } from '../../shared/pack.ts';
import { authorityBody, closeBody, correctionBody, daysBody } from '../../shared/paths.ts';
import { can } from '../../shared/roles.ts';
import { showcaseOf } from '../../shared/tally.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { actsOf } from './act.ts';
import { allowed, body, bodyOrNone } from './ask.ts';
import type { HubEnv } from './env.ts';
import { exportRoutes } from './exports.ts';
import { addressOf } from './guard.ts';
import { Refused } from './problem.ts';

export const showcaseRoutes = (parts: HubParts) => {
  const { library, tally, clock } = parts;

  const { packOf, act } = actsOf(parts);
  const doorsOf = (pack: Pack) => showcaseOf(tally, pack.id).doors;

  const knownPoint = (pack: Pack, point: string): string => {
    if (!pack.points.some((p) => p.id === point)) throw new Refused('unknown_point', 'The showcase has no such point.');
    return point;
  };

  /** R8: who else agrees to a large correction. Refuses where nobody does, or not somebody else who may correct. */
  const approverOf = async (c: Context<HubEnv>, by: string, ask: z.output<typeof correctionBody>): Promise<string | null> => {
    if (!ask.approver) {
      if (Math.max(Math.abs(ask.in), Math.abs(ask.out)) <= unapprovedCorrectionMax) return null;
      throw new Refused('approval_required', `A correction of more than ${unapprovedCorrectionMax} needs a second person.`);
    }
    const checked = await parts.passphrases.check(ask.approver.name, ask.approver.passphrase, addressOf(c));
    if (!checked.ok && checked.code !== 'bad_credentials') throw new Refused(checked.code, 'Please try again.', checked);
    // not 401: the one who is signed in stays so
    if (!checked.ok || checked.account.name === by || !can(checked.account.role, 'count.correct'))
      throw new Refused('approver_invalid', 'The second person must be somebody else who may correct counts.');
    return checked.account.name;
  };
  const dayOfPath = (c: Context<HubEnv>): string => {
    const day = c.req.param('day') ?? '';
    if (!daySchema.safeParse(day).success || day > dayOf(clock.nowMs()))
      throw new Refused('validation_failed', 'This is no day that can be closed.', { errors: [{ path: 'day', code: 'bad_day' }] });
    return day;
  };
  const reportsOf = (pack: Pack, day: string): Reports => reportsPast(parts.floor.views(pack.id), closingMs(doorsOf(pack).days, day));

  return new Hono<HubEnv>()
    .route('/', exportRoutes(parts))
    .get(`${API}/showcases`, (c) => c.json({ showcases: library.packs.map((p) => ({ id: p.id, name: p.name, days: doorsOf(p).days.map((d) => d.day) })) }))
    .get(`${API}/showcases/:id`, (c) => {
      const pack = packOf(c);
      const days = doorsOf(pack).days;
      const projects = pack.projects.map((p) => ({
        id: p.id,
        code: library.links.codeOf(pack.id, pack.id, p.id),
        name: p.name,
        area: p.area,
        ...(p.series && { series: p.series }),
        ...(p.zone && { zone: p.zone }),
      }));
      return c.json({
        id: pack.id,
        name: pack.name,
        days: days.map((d) => d.day),
        windows: days,
        zones: pack.zones,
        points: pack.points,
        series: pack.series,
        earlier: pack.earlier,
        homeCode: library.links.codeOf(pack.id, pack.id, null),
        projects,
      });
    })
    .get(`${API}/showcases/:id/content`, (c) => {
      const content = library.content(packOf(c).id);
      if (!content) throw new Refused('not_found', 'No such showcase is installed.');
      const etag = `"${content.version}"`;
      if (c.req.header('if-none-match') === etag) return c.body(null, 304, { ETag: etag });
      return c.json(content, 200, { ETag: etag, 'Cache-Control': 'no-cache' });
    })
    .get(`${API}/showcases/:id/live`, (c) => {
      allowed(c, 'live.read');
      const pack = packOf(c);
      const views = parts.floor.views(pack.id);
      return c.json({ ...parts.floor.live(pack.id), kiosks: views.filter((v) => v.kind === 'kiosk') });
    })
    .post(`${API}/showcases/:id/corrections`, (c) =>
      act(c, 'count.correct', async (by, pack) => {
        const ask = await body(c, correctionBody);
        const hour = hourOf(Date.parse(ask.hour));
        if (Date.parse(ask.hour) > clock.nowMs()) throw new Refused('validation_failed', 'This hour has not begun.', { errors: [{ path: 'hour', code: 'in_the_future' }] });
        const doors = doorsOf(pack);
        const point = knownPoint(pack, ask.point);
        const counted = doors.hours.get(hour)?.get(point) ?? { in: 0, out: 0 };
        for (const way of ['in', 'out'] as const) {
          const before = doors.corrections.reduce((n, x) => n + (x.point === point && x.hour === hour ? x[way] : 0), counted[way]);
          if (before + ask[way] < 0) throw new Refused('correction_below_zero', 'This would leave fewer than none.');
        }
        const approver = await approverOf(c, by, ask);
        return {
          kind: 'count.corrected',
          receivedMs: clock.nowMs(),
          showcase: pack.id,
          by,
          id: makeId((b) => randomFillSync(b)),
          point,
          hour,
          in: ask.in,
          out: ask.out,
          reason: ask.reason,
          ...(approver !== null && { approver }),
        };
      }),
    )
    .post(`${API}/showcases/:id/authority`, (c) =>
      act(c, 'authority.set', async (by, pack) => {
        const ask = await body(c, authorityBody);
        const point = knownPoint(pack, ask.point);
        const sensor =
          ask.source === 'sensor'
            ? parts.register.devices.find((d) => (ask.device === undefined ? !d.revoked && d.point === point && d.showcase === pack.id : d.id === ask.device))
            : null;
        if (sensor === undefined) throw new Refused('validation_failed', 'No such counter.', { errors: [{ path: 'device', code: 'unknown_device' }] });
        return { kind: 'authority.set', receivedMs: clock.nowMs(), showcase: pack.id, by, point, source: ask.source, device: sensor?.id ?? null, fromMs: Date.parse(ask.from) };
      }),
    )
    .put(`${API}/showcases/:id/days`, (c) =>
      act(c, 'days.set', async (by, pack) => {
        const { days } = await body(c, daysBody);
        return { kind: 'days.set', receivedMs: clock.nowMs(), showcase: pack.id, by, days };
      }),
    )
    .get(`${API}/showcases/:id/days/:day/reports`, (c) => {
      allowed(c, 'day.close');
      const pack = packOf(c);
      const day = dayOfPath(c);
      const closing = closingMs(doorsOf(pack).days, day);
      const named = (ids: readonly string[]) =>
        ids.map((id) => {
          const device = parts.register.device(id);
          return { id, kind: device?.kind, name: device?.name };
        });
      const { heard, silent } = reportsOf(pack, day);
      return c.json({ day, closing: rfc3339(closing), heard: named(heard), silent: named(silent) });
    })
    .post(`${API}/showcases/:id/days/:day/close`, (c) =>
      act(c, 'day.close', async (by, pack) => {
        const day = dayOfPath(c);
        const { waive } = await bodyOrNone(c, closeBody);
        const { heard, silent } = reportsOf(pack, day);
        const left = waive === undefined ? [] : silent.filter((id) => !waive.includes(id));
        if (left.length > 0)
          throw new Refused('devices_silent', 'Some devices have not reported past closing.', { errors: left.slice(0, 100).map((path) => ({ path, code: 'silent' })) });
        return { kind: 'day.closed', receivedMs: clock.nowMs(), showcase: pack.id, by, day, heard, waived: silent };
      }),
    );
};
