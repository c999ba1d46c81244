/** The resting screen in a real browser, turn by turn: what each scene says, that nothing is cut off, that the buttons stay, and what goes before the scenes. */
import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { turnMs, turnsPerLoop } from '../../kiosk/visitor/turns.ts';
import { content, kioskForEach, settled } from './fake-kiosk.tsx';

const m = kioskForEach();

const title = (): string => document.querySelector('.attract-title')?.textContent ?? '';
const label = (): string => document.querySelector('.scene-label')?.textContent ?? '';
const fresh = { showcase: 'pavilion', asOf: '2025-04-13T14:32:05+08:00', visits: 1_986, open: true };
/** The next turn, once its scene stands. */
const turn = async (): Promise<void> => {
  const before = title();
  m.fake.clockMs += turnMs;
  await expect.poll(title, { timeout: 15_000 }).not.toBe(before);
  await settled();
};
const cutOff = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('.attract :is(h1, p, li, b, button), .scene-label')]
    .filter((e) => !e.closest('.unseen') && e.checkVisibility())
    .filter((e) => {
      const { left, right, top, bottom } = e.getBoundingClientRect();
      return e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).display !== 'inline'
        ? true
        : left < -1 || top < -1 || right > window.innerWidth + 1 || bottom > window.innerHeight + 1;
    })
    .map((e) => `${e.className} ${e.textContent?.slice(0, 30)}`);
const starts = (): number[][] =>
  [...document.querySelectorAll('.start')].map((e) => {
    const { x, y, width, height } = e.getBoundingClientRect();
    return [x, y, width, height];
  });

describe('[U13] the scenes', () => {
  test.each([
    [1080, 1920],
    [1920, 1080],
  ])('of %i by %i name real projects, shows and counts; nothing is cut off, axe finds nothing, the buttons never move', async (width, height) => {
    await page.viewport(width, height);
    m.kiosk.resized();
    m.fake.tally(fresh);
    await settled();
    const still = starts();
    const said: string[] = [];
    for (let k = 1; k < turnsPerLoop; k++) {
      await turn();
      if (k === 3) m.fake.tally({ ...fresh, asOf: new Date(m.fake.clockMs + turnMs).toISOString() });
      said.push(`${title()} | ${label()}`);
      expect(cutOff(), said.at(-1) ?? '').toEqual([]);
      expect(starts()).toEqual(still);
      const { violations } = await axe.run(m.root, { runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'], resultTypes: ['violations'] });
      expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id} ${n.html.slice(0, 80)}`))).toEqual([]);
    }
    const [seal, signals] = [content.projects.find((p) => p.id === 'seal'), content.projects.find((p) => p.id === 'signals')];
    expect(said[0]).toBe(`Smart Living | ${seal?.name.en}`);
    expect(said[1]).toContain(seal?.name['zh-CN']);
    expect(said[1]).toContain('造型示意');
    expect(said[2]).toContain('人工智能與數據科學1');
    expect(said[3]).toBe('1\u00a0986 visits today | ');
    expect(said[4]).toContain('选一个项目');
    for (const mine of ['選一個項目', 'Pick a project']) expect(said[4]).toContain(mine);
    // the next loop begins with the hill, and tells another row, whose project has a figure
    await turn();
    expect(document.querySelector('.scene-title')).toBeNull();
    await turn();
    await turn();
    expect(`${title()} ${label()}`).toContain(signals?.name['zh-HK']);
    expect(label()).toContain('90');
    expect(label()).toContain('分鐘');
  });

  test('a count that is old, or not known, is not told as a number', async () => {
    m.fake.tally({ ...fresh, asOf: '2025-04-13T14:20:05+08:00' });
    for (let k = 1; k < 5; k++) await turn();
    expect(title()).toBe('City of Lights');
    expect(document.querySelector('.attract-message')?.textContent).toContain('Each light is 2 visits today');
    m.fake.tally({ ...fresh, visits: null });
    await expect.poll(title).toBe('5 projects');
  });

  test('who has begun, a pavilion at rest and a project that staff put forward go before the scenes; after a visit the first comes first', async () => {
    await turn();
    expect(document.querySelector('.scene-title')).not.toBeNull();
    m.kiosk.act({ kind: 'sheet', open: true, session: m.kiosk.newSession() });
    await expect.poll(() => document.querySelector('.scene-title')).toBeNull();
    m.kiosk.act({ kind: 'ended', reason: 'start_over' });
    await settled();
    expect(title()).toBe('萬家燈火');
    await turn();
    expect(document.querySelector('.scene-row')).not.toBeNull();
    m.fake.tally({ ...fresh, open: false });
    await expect.poll(() => document.querySelector('.scene-title')).toBeNull();
    expect(document.querySelector('.count')?.textContent).toContain('The pavilion is closed now');
    m.fake.tally(fresh);
    await expect.poll(() => document.querySelector('.scene-row')).not.toBeNull();
    await m.fake.command({ kind: 'spotlight', project: 'signals' });
    await expect.poll(() => document.querySelector('.spotlight')?.textContent).toContain('Real-time Adaptive');
    expect(document.querySelector('.scene-title')).toBeNull();
    await m.fake.command({ kind: 'emergency', on: true, text: '請由東門離場' });
    await expect.poll(() => document.querySelector('.attract')).toBeNull();
  });
});
