/** K7 in every state in a real browser: before the vote, while it is open, while the hub is away, a close under the visitor's eyes, the result. */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { readOrders } from '../../kiosk/visitor/orders.ts';
import type { PublicTally } from '../../shared/wire.ts';
import { LANGS } from '../../shared/words.ts';
import { kioskForEach, settled } from './fake-kiosk.tsx';

const m = kioskForEach();

const tell = (vote: PublicTally['vote'], more: Partial<PublicTally> = {}): void =>
  m.fake.tally({ showcase: 'pavilion', asOf: new Date(m.fake.clockMs).toISOString(), visits: 1, open: true, ...(vote && { vote }), ...more });
const iso = (afterMs: number): string => new Date(m.fake.clockMs + afterMs).toISOString();
const shown = (): string => document.querySelector('.say-acts')?.textContent ?? '';
const ballot = (): HTMLButtonElement[] => [...document.querySelectorAll<HTMLButtonElement>('.ballot .choice')];
const online = (is: boolean): void => {
  m.kiosk.linkState.value = { ...m.kiosk.linkState.value, online: is };
};
const stand = async (lang: string): Promise<void> => {
  document.querySelector<HTMLButtonElement>(`.start[lang="${lang}"]`)?.click();
  await expect.poll(() => document.querySelector('.hill')).not.toBeNull();
  for (const project of ['signals', 'meters']) {
    m.kiosk.go({ kind: 'project', trail: 'area:mobility', project, via: 'walk' });
    await expect.poll(() => document.querySelector('.project .heading')).not.toBeNull();
  }
  m.kiosk.go({ kind: 'say' });
  await expect.poll(() => document.querySelector('.say .ratings')).not.toBeNull();
};
const votesTold = () => {
  m.kiosk.act({ kind: 'ended', reason: 'start_over' });
  return m.fake.facts.flatMap((f) => (f.kind === 'vote.cast' ? [[f.project, f.atMs]] : []));
};

test('[B5] before it opens the screen says when, in each language, and it opens by the kiosk’s own clock', async () => {
  await stand('en');
  tell({ state: 'waiting' });
  await expect.poll(shown).toContain('The vote is not open yet.');
  expect(ballot()).toEqual([]);
  tell({ state: 'waiting', opens: '2025-04-13T16:00:00+08:00' });
  for (const [lang, want] of [
    ['en', 'opens at 16:00'],
    ['zh-HK', '投票將於 16:00 開放'],
    ['zh-CN', '投票将于 16:00 开放'],
  ] as const) {
    m.kiosk.act({ kind: 'spoke', lang });
    await expect.poll(shown).toContain(want);
  }
  m.kiosk.act({ kind: 'spoke', lang: 'en' });
  tell({ state: 'waiting', opens: '2025-04-14T10:00:00+08:00' });
  await expect.poll(() => shown().replaceAll('\u00a0', ' ')).toContain('14 April 2025 10:00');
  tell({ state: 'waiting', opens: iso(1_000), closes: iso(600_000) });
  m.fake.clockMs += 1_500;
  await expect.poll(() => ballot().length).toBe(2);
});

test('[B5] the hub away: the vote is taken and said to be kept, no share is shown; a change replaces it', async () => {
  await stand('zh-HK');
  tell({ state: 'open' }, { votes: { all: 39, of: { meters: 19 } } });
  await expect.poll(() => ballot().length).toBe(2);
  online(false);
  ballot()[0]?.click();
  await expect.poll(shown).toContain('你的一票已記下，連線後補交');
  expect(shown()).not.toContain('%');
  online(true);
  await expect.poll(shown).toContain('50%');
  expect(shown()).not.toContain('補交');
  const firstMs = m.fake.clockMs;
  m.fake.clockMs += 1_000;
  ballot()[1]?.click();
  await expect.poll(() => ballot().map((b) => b.getAttribute('aria-pressed'))).toEqual(['false', 'true']);
  ballot()[1]?.click(); // the same again is no new vote
  expect(votesTold()).toEqual([
    ['signals', firstMs + 1_000],
    ['meters', firstMs],
  ]);
});

test('[B5] a close under the visitor’s eyes: who has voted reads that it was in time, and it is told with its own time', async () => {
  await stand('en');
  tell({ state: 'open' });
  ballot()[0]?.click();
  const castMs = m.fake.clockMs;
  await expect.poll(shown).toContain('Thank you for your vote');
  m.kiosk.act({ kind: 'chose', mode: 'read', on: true });
  await expect.poll(() => m.fake.spoken.length).toBeGreaterThan(0);
  m.fake.spoken.length = 0;
  m.fake.clockMs += 5_000;
  tell({ state: 'closed', since: iso(-100) });
  await expect.poll(shown).toContain('The vote is closed. Your vote for Real-time Adaptive Traffic Signal System was in time.');
  expect(ballot()).toEqual([]);
  expect(document.querySelectorAll('.ratings .choice').length).toBe(3);
  await expect.poll(() => m.fake.spoken.map((l) => l.text).join(' ')).toContain('was in time');
  expect(votesTold()).toEqual([['meters', castMs]]);
});

test('[B5] a choice made after a close that the kiosk had not heard of is said not to count; the one before it stands', async () => {
  await stand('en');
  tell({ state: 'open' });
  ballot()[0]?.click();
  m.fake.clockMs += 10_000;
  const closed = iso(-5_000);
  ballot()[1]?.click();
  tell({ state: 'closed', since: closed });
  await expect.poll(shown).toContain('was in time.');
  expect(shown()).toContain('before your last choice, which does not count');
  expect(votesTold().map(([project]) => project)).toEqual(['signals', 'meters']);
});

test('[B5] who only chose after the close reads that it does not count', async () => {
  await stand('en');
  tell({ state: 'open', closes: iso(3_600_000) });
  ballot()[0]?.click();
  tell({ state: 'closed', since: iso(-1) });
  await expect.poll(shown).toContain('does not count');
  expect(shown()).toContain('The vote is closed.');
  expect(shown()).not.toContain('in time');
});

test('[B5] the result only where it is published: places, votes, shares from 30 votes on, and what votes are not', async () => {
  await stand('en');
  tell({ state: 'closed', since: iso(-60_000) });
  await expect.poll(shown).toContain('The vote is closed.');
  expect(document.querySelector('.result')).toBeNull();
  const rows = [
    { project: 'meters', votes: 20, place: 1 },
    { project: 'gone', votes: 5, place: 2 },
    { project: 'signals', votes: 5, place: 2 },
  ];
  tell({ state: 'closed', since: iso(-60_000), result: { votes: 30, rows } });
  await expect.poll(() => document.querySelectorAll('.result li').length).toBe(3);
  expect([...document.querySelectorAll('.result-place')].map((e) => e.textContent)).toEqual(['1', '2', '2']);
  expect(shown()).toContain('20 votes, 67%');
  expect(shown()).toContain('30 votes in all; votes are not a count of people.');
  tell({ state: 'closed', since: iso(-60_000), result: { votes: 29, rows } });
  await expect.poll(shown).toContain('29 votes in all');
  expect(shown()).not.toContain('%');
  tell({ state: 'closed', since: iso(-60_000), result: { votes: 0, rows: [] } });
  await expect.poll(shown).toContain('Nobody voted.');
});

test('[B5] a kiosk that reloads while the hub is away goes on as staff last set it: closed stays closed, a planned close comes, damage is no order', async () => {
  let kept: string | null = null;
  const reload = async (): Promise<void> => {
    await m.reload({
      storedOrders: () => readOrders(kept),
      storeOrders: (orders) => {
        kept = JSON.stringify(orders);
      },
    });
    online(false);
  };
  await reload();
  tell({ state: 'closed', since: iso(-60_000), result: { votes: 30, rows: [{ project: 'meters', votes: 30, place: 1 }] } });
  await reload();
  await stand('en');
  await expect.poll(shown).toContain('The vote is closed.');
  expect(shown()).toContain('30 votes, 100%');
  tell({ state: 'open', closes: iso(60_000) });
  await reload();
  await stand('en');
  await expect.poll(() => ballot().length).toBe(2);
  m.fake.clockMs += 60_500;
  await expect.poll(shown).toContain('The vote is closed.');
  await m.fake.command({ kind: 'emergency', on: true, text: 'Leave by the east gate' });
  expect(readOrders(kept)).toEqual({ paused: false, emergency: 'Leave by the east gate', vote: { state: 'open', closes: expect.any(String) } });
  await m.fake.command({ kind: 'emergency', on: false });
  tell(undefined); // a hub whose staff have never set it
  await reload();
  expect(m.kiosk.vote.value).toBeNull();
  for (const damaged of [
    '{"vote":{"state":"closed","result":{"rows":[{}]}}}',
    '{"vote":{"state":"closed","since":"soon"}}',
    '{"vote":7,"paused":"yes","emergency":1}',
    '{"vo',
    'null',
    '7',
  ]) {
    kept = damaged;
    await reload();
    expect([m.kiosk.vote.value, m.kiosk.paused.value, m.kiosk.emergency.value], damaged).toEqual([null, false, null]);
  }
});

test('[B5] nothing is cut off or outside the glass in any state, language, mode and orientation', async () => {
  await stand('en');
  const rows = ['longest', 'signals', 'team'].map((project, i) => ({ project, votes: 1_200 - i, place: i + 1 }));
  m.kiosk.act({ kind: 'kept', act: { kind: 'vote', project: 'longest' } });
  m.fake.clockMs += 1_000;
  const states = {
    waiting: { state: 'waiting', opens: '2025-04-14T10:00:00+08:00' },
    closed: { state: 'closed', since: iso(-100) },
    result: { state: 'closed', since: iso(-100), result: { votes: 6_000, rows } },
  } as const;
  const wrong: string[] = [];
  for (const [width, height] of [
    [1_080, 1_920],
    [1_920, 1_080],
  ] as const) {
    await page.viewport(width, height);
    m.kiosk.resized();
    for (const modes of [[], ['elder'], ['low'], ['elder', 'low']] as const) {
      for (const mode of ['elder', 'low'] as const) m.kiosk.act({ kind: 'chose', mode, on: (modes as readonly string[]).includes(mode) });
      for (const lang of LANGS) {
        m.kiosk.act({ kind: 'spoke', lang });
        for (const [name, vote] of Object.entries(states)) {
          m.kiosk.act({ kind: 'pressed' });
          tell(vote);
          await settled();
          const acts = document.querySelector('.say-acts') as HTMLElement;
          for (const e of [acts, ...acts.querySelectorAll<HTMLElement>('.say-state, .result li, .result-name, .ratings .choice, .song, .say-note')]) {
            const box = e.getBoundingClientRect();
            if (box.right > width + 1 || box.left < -1 || box.bottom > height + 1 || box.top < -1 || e.scrollWidth > e.clientWidth + 1)
              wrong.push(`${width} ${modes.join('+')} ${lang} ${name}: ${e.className} ${JSON.stringify(box)} ${e.scrollWidth}>${e.clientWidth}`);
          }
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});
