/** Devices and how they are paired: registered by hand with a token shown once, by a code on the kiosk's screen, or by the first start's link. */
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { API } from '../../shared/api.ts';
import type { Command } from '../../shared/command.ts';
import type { Entry } from '../../shared/entry.ts';
import { approveBody, claimBody, deviceBody, devicePatch, findBody, groupCharsMax } from '../../shared/paths.ts';
import { commandSchema } from '../../shared/wire.ts';
import { openPairingsMax, type Pairing, pairingIntervalMs, pairingMsMax } from '../access/pairings.ts';
import { type Device, devicesMax } from '../access/register.ts';
import { makeToken, sha256 } from '../access/secrets.ts';
import { Throttle } from '../access/throttle.ts';
import { authorityForNewCounter } from '../counting/authority.ts';
import type { HubParts } from '../parts/hub-parts.ts';
import { allowed, body } from './ask.ts';
import { actorOf, type HubEnv } from './env.ts';
import { addressOf } from './guard.ts';
import { Refused } from './problem.ts';

export const pairingStartsPerMinuteMax = 5;
export const wrongCodesMax = 5;
export const wrongCodesWindowMs = 10 * 60_000;
/** a picture is asked for at its own address, of one kiosk */
const command = commandSchema.refine((c) => c.kind !== 'picture');
const commandBody = z.strictObject({ command });
/** `group`: only its kiosks */
const broadcastBody = z.strictObject({ command, group: z.string().trim().min(1).max(groupCharsMax).optional() });

type Placed = { kind: Device['kind']; name: string; showcase: string; zone?: string | undefined; point?: string | undefined };

export const deviceRoutes = (parts: HubParts) => {
  const { register, pairings, library, clock } = parts;
  const starts = new Throttle(pairingStartsPerMinuteMax, 60_000, clock.monotonicMs);
  const wrongCodes = new Throttle(wrongCodesMax, wrongCodesWindowMs, clock.monotonicMs);

  /** A kiosk stands in a zone, a counter at a point, of a showcase that is installed. */
  const checkPlace = (ask: Omit<Placed, 'name'>): { zone: string | null; point: string | null } => {
    const pack = library.pack(ask.showcase);
    if (!pack) throw new Refused('unknown_showcase', 'No such showcase is installed.');
    if (ask.kind === 'kiosk') {
      const zone = ask.zone ?? pack.zones[0]?.id;
      if (!pack.zones.some((z) => z.id === zone)) throw new Refused('unknown_zone', 'The showcase has no such zone.');
      return { zone: zone ?? null, point: null };
    }
    const point = pack.points.find((p) => p.id === ask.point);
    if (!point) throw new Refused('unknown_point', 'A counter stands at a point of the showcase.');
    return { zone: ask.zone ?? point.zone, point: point.id };
  };

  /** `tokenHash`: of the token that the device will have; without it one is made and answered. */
  const create = async (ask: Placed, tokenHash?: string): Promise<{ id: string; token: string; showcase: string; zone: string }> => {
    const { zone, point } = checkPlace(ask);
    if (register.devices.length >= devicesMax) throw new Refused('busy', `The hub keeps ${devicesMax} devices.`);
    const token = makeToken();
    const id = `${ask.kind === 'kiosk' ? 'k' : 'c'}-${randomBytes(8).toString('hex')}`;
    const device: Device = { id, kind: ask.kind, name: ask.name, showcase: ask.showcase, zone, point, tokenHash: tokenHash ?? sha256(token), revoked: false };
    if (!(await register.addDevice(device))) throw new Refused('storage_failed', 'The hub cannot store anything now.', { retryAfterMs: 2_000 });
    if (point !== null) await parts.recorder.record(authorityForNewCounter(parts.tally, register.devices, device, clock.nowMs()));
    return { id, token, showcase: ask.showcase, zone: zone ?? '' };
  };

  /**
   * Tells kiosks. An order that stands is recorded, so that whoever is not reached now is told when it comes back, from this hub or the
   * next; kiosks hear it at the same time: an emergency does not wait for a disk. Other commands are noted after.
   */
  const tell = async (by: string, showcase: string, kiosks: readonly Device[], command: Command, all: boolean): Promise<{ id: string; ok: boolean }[]> => {
    const base = { showcase, by };
    const record = (entry: Entry) => parts.recorder.record(() => ({ entry, answer: null }));
    const devices = all ? null : kiosks.map((d) => d.id);
    const standing = command.kind === 'pause' || command.kind === 'emergency';
    const text = command.kind === 'emergency' ? (command.text ?? '') : '';
    const [delivered] = await Promise.all([
      Promise.all(kiosks.map(async (d) => ({ id: d.id, ok: await parts.floor.command(d.id, command) }))),
      standing && record({ kind: 'order.given', receivedMs: clock.nowMs(), ...base, order: command.kind, on: command.on, text, devices }),
    ]);
    if (standing) for (const { id, ok } of delivered) parts.floor.followed(id, ok);
    else await record({ kind: 'command.sent', receivedMs: clock.nowMs(), ...base, command: command.kind, delivered: delivered.filter((d) => d.ok).length, of: delivered.length });
    return delivered;
  };

  const found = (id: string): Device => {
    const device = register.device(id);
    if (!device) throw new Refused('not_found', 'No such device.');
    return device;
  };

  /** The open pairing of a typed code; wrong codes are few and then have to wait. */
  const openPairing = async (who: string, userCode: string): Promise<Pairing> => {
    if (wrongCodes.waitMs(who) > 0) throw new Refused('rate_limited', 'Too many wrong codes. Please wait.', { retryAfterMs: wrongCodes.waitMs(who) });
    const pairing = await pairings.byUserCode(userCode);
    if (pairing) return pairing;
    wrongCodes.note(who);
    throw new Refused('code_unknown', 'No kiosk shows this code now.');
  };

  return new Hono<HubEnv>()
    .post(`${API}/devices`, async (c) => {
      allowed(c, 'devices.write');
      const { id, token } = await create(await body(c, deviceBody));
      return c.json({ id, token }, 201);
    })
    .get(`${API}/devices`, (c) => {
      allowed(c, 'devices.read');
      return c.json({ devices: parts.floor.views(null) });
    })
    .patch(`${API}/devices/:id`, async (c) => {
      allowed(c, 'devices.write');
      const device = found(c.req.param('id'));
      const ask = await body(c, devicePatch);
      const showcase = ask.showcase ?? device.showcase;
      const place = checkPlace({ kind: device.kind, showcase, zone: ask.zone ?? device.zone ?? undefined, point: ask.point ?? device.point ?? undefined });
      if (
        !(await register.changeDevice(device.id, {
          name: ask.name ?? device.name,
          showcase,
          ...place,
          ...(ask.group !== undefined && { group: ask.group === '' ? undefined : ask.group }),
        }))
      )
        throw new Refused('storage_failed', 'The hub cannot store anything now.', { retryAfterMs: 2_000 });
      return c.json({ device: parts.floor.views(null).find((v) => v.id === device.id) });
    })
    .delete(`${API}/devices/:id`, async (c) => {
      allowed(c, 'devices.write');
      const device = found(c.req.param('id'));
      if (!(await register.changeDevice(device.id, { revoked: true }))) throw new Refused('storage_failed', 'The hub cannot store anything now.', { retryAfterMs: 2_000 });
      return c.body(null, 204);
    })
    .post(`${API}/devices/:id/commands`, async (c) => {
      const caller = allowed(c, 'broadcast.send');
      const device = found(c.req.param('id'));
      const { command } = await body(c, commandBody);
      return c.json({ delivered: await tell(actorOf(caller), device.showcase, [device], command, false) });
    })
    .post(`${API}/devices/:id/picture`, async (c) => {
      const caller = allowed(c, 'broadcast.send');
      const device = found(c.req.param('id'));
      const picture = await parts.floor.picture(device.id);
      const entry: Entry = {
        kind: 'command.sent',
        receivedMs: clock.nowMs(),
        showcase: device.showcase,
        by: actorOf(caller),
        command: 'picture',
        delivered: picture === null ? 0 : 1,
        of: 1,
      };
      await parts.recorder.record(() => ({ entry, answer: null }));
      return c.json({ picture, atMs: clock.nowMs() });
    })
    .post(`${API}/showcases/:id/broadcasts`, async (c) => {
      const caller = allowed(c, 'broadcast.send');
      const { command, group } = await body(c, broadcastBody);
      const showcase = c.req.param('id');
      if (!library.pack(showcase)) throw new Refused('not_found', 'No such showcase.');
      const kiosks = register.devices.filter((d) => d.kind === 'kiosk' && d.showcase === showcase && !d.revoked && (group === undefined || d.group === group));
      return c.json({ delivered: await tell(actorOf(caller), showcase, kiosks, command, group === undefined) });
    })
    .post(`${API}/pairings`, async (c) => {
      if (!starts.allow(addressOf(c))) throw new Refused('rate_limited', 'Too many pairing codes. Please wait.', { retryAfterMs: starts.waitMs(addressOf(c)) });
      const pairing = await pairings.start();
      if (!pairing) throw new Refused('rate_limited', `At most ${openPairingsMax} codes are open at once.`, { retryAfterMs: 60_000 });
      return c.json({ deviceCode: pairing.deviceCode, userCode: pairing.userCode, words: pairing.words, expiresInMs: pairingMsMax, intervalMs: pairingIntervalMs }, 201);
    })
    .post(`${API}/pairings/find`, async (c) => {
      const caller = allowed(c, 'pairing.approve');
      const { userCode } = await body(c, findBody);
      return c.json({ words: (await openPairing(actorOf(caller), userCode)).words });
    })
    .post(`${API}/pairings/approve`, async (c) => {
      const caller = allowed(c, 'pairing.approve');
      const ask = await body(c, approveBody);
      const pairing = await openPairing(actorOf(caller), ask.userCode);
      const { id, showcase, zone } = await create({ kind: 'kiosk', name: ask.name, showcase: ask.showcase, zone: ask.zone }, pairing.tokenHash);
      await pairings.grant(pairing, { id, showcase, zone });
      return c.json({ id });
    })
    .post(`${API}/pairings/claim`, async (c) => {
      const { secret } = await body(c, claimBody);
      const showcase = library.packs[0];
      if (!showcase || !pairings.claimFirst(secret)) throw new Refused('code_unknown', 'This link is used up or not right.');
      return c.json(await create({ kind: 'kiosk', name: 'Kiosk 1', showcase: showcase.id }));
    })
    .get(`${API}/pairings/:deviceCode`, async (c) => {
      const granted = await pairings.poll(c.req.param('deviceCode'));
      if (granted === 'pending') throw new Refused('pairing_pending', 'Not approved yet.');
      if (granted === 'unknown') throw new Refused('code_unknown', 'This code is used up, expired or not right.');
      return c.json(granted);
    });
};
