/** What somebody who guesses or asks in a loop gets: a time to wait, and nobody else waits with them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scansPerCodeAndMinuteMax } from '../../server/routes/scans.ts';
import { type SmallHub, showcase, smallHub } from './small-hub.ts';

let h: SmallHub;
beforeAll(async () => {
  h = await smallHub({ publicOrigin: 'https://go.example.hk' });
});
afterAll(() => h.close());

describe('limits', () => {
  test('[D2] who guesses pairing codes must wait, and hears the same of every wrong one; many open codes from one place are refused', async () => {
    const cookie = await h.cookie('staff');
    const { body: open } = await h.ask('POST', '/api/v1/pairings', { body: {} });
    const guess = (userCode: string) => h.ask('POST', '/api/v1/pairings/approve', { cookie, body: { userCode, name: 'guessed', showcase, zone: 'living' } });
    const heard: [number, string][] = [];
    for (let i = 0; i < 8; i++) {
      const { status, body } = await guess(`BBBB-BBB${'BCDFGHJK'[i]}`);
      heard.push([status, body.code]);
    }
    expect(heard.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => [404, 'code_unknown']));
    expect(heard.at(-1)).toEqual([429, 'rate_limited']);
    // the right one is no way round
    expect((await guess(open.userCode)).status).toBe(429);

    const answers = [];
    for (let i = 0; i < 25; i++) answers.push(await h.ask('POST', '/api/v1/pairings', { body: {} }));
    const last = answers.at(-1);
    expect([last?.status, last?.body.code, Number(last?.headers.get('retry-after')) > 0]).toEqual([429, 'rate_limited', true]);
  }, 90_000);

  test('[C3] a phone in a loop is led on every time and counted no more than the limit; another code still counts', async () => {
    const { projects } = (await h.ask('GET', `/api/v1/showcases/${showcase}`)).body as { projects: { code: string }[] };
    const [code, other] = [projects[0]?.code, projects[1]?.code];
    let [led, capped] = [0, 0];
    for (let left = scansPerCodeAndMinuteMax + 40; left > 0; left -= 40) {
      const answers = await Promise.all(Array.from({ length: 40 }, () => h.ask('GET', `/q/${code}`)));
      led += answers.filter((a) => a.status === 302).length;
      capped += answers.filter((a) => a.headers.get('x-scan') === 'capped').length;
    }
    expect([led, capped]).toEqual([scansPerCodeAndMinuteMax + 40, 40]);
    expect((await h.ask('GET', `/q/${other}`)).headers.get('x-scan')).not.toBe('capped');
    const { rows } = (await h.ask('GET', `/api/v1/showcases/${showcase}/attendance?by=link`, { cookie: await h.cookie() })).body;
    expect(rows.find((r: { code: string }) => r.code === code).scanned).toBe(scansPerCodeAndMinuteMax);
  }, 90_000);
});
