/** A reset leaves nothing: what a visitor did everywhere is looked for afterwards in the page, in the browser's storages and in what the program holds. */
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { restVisit } from '../../kiosk/visitor/visit.ts';
import { everyScreen } from './every-screen.ts';
import { settled as drawn, kioskForEach } from './fake-kiosk.tsx';

const m = kioskForEach();

const stored = async (): Promise<unknown> => ({
  local: { ...localStorage },
  session: { ...sessionStorage },
  cookie: document.cookie,
  databases: (await indexedDB.databases()).map((d) => d.name),
  caches: await caches.keys(),
  address: location.pathname + location.hash,
});
const html = document.documentElement;
const page = (): unknown => ({ body: m.root.innerHTML, root: [html.className, html.lang, html.getAttribute('style')], title: document.title });
/** Every signal of the program by its name, also one that is new; times and what the kiosk itself is are no trace of a visit. */
const held = (): unknown => {
  const own = new Set(['visit', 'nowMs', 'catalogue', 'linkState', 'lamps', 'scene', 'headline']);
  const { firstMs: _f, lastMs: _l, quietMs: _q, ...rest } = m.kiosk.visit.value;
  const signals = Object.entries(m.kiosk).flatMap(([name, s]) =>
    typeof s === 'object' && s !== null && 'peek' in s && !own.has(name) ? [[name, (s as { peek(): unknown }).peek()]] : [],
  );
  return { visit: rest, signals, speaking: m.kiosk.speech.speaking, volume: m.kiosk.speech.volume };
};
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 120));

/** One visitor who leaves as much behind as can be. */
const visitEverything = async (): Promise<string> => {
  const { kiosk } = m;
  kiosk.act({ kind: 'started', lang: 'en', session: kiosk.newSession(), screen: { kind: 'hill' } });
  const session = kiosk.visit.value.session ?? '';
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  kiosk.act({ kind: 'spoke', lang: 'zh-CN' });
  kiosk.act({ kind: 'spoke', lang: 'en' });
  for (const mode of ['elder', 'large', 'contrast', 'low', 'motion', 'time', 'read'] as const) kiosk.act({ kind: 'chose', mode, on: true });
  kiosk.act({ kind: 'themed', theme: 'day' });
  kiosk.act({ kind: 'chose', mode: 'contrast', on: true });
  kiosk.turnVolume(1);
  for (const id of kiosk.catalogue.value?.places.keys() ?? []) {
    kiosk.go({ kind: 'project', trail: 'area:mobility', project: id, via: 'walk' });
    kiosk.act({ kind: 'kept', act: { kind: 'save', project: id } });
  }
  kiosk.act({ kind: 'kept', act: { kind: 'vote', project: 'signals' } });
  kiosk.act({ kind: 'kept', act: { kind: 'rate', rating: 'poor' } });
  for (const [, show] of everyScreen(kiosk)) {
    show();
    await drawn();
    for (const list of document.querySelectorAll('[data-scrolls]')) list.scrollTop = 400;
  }
  kiosk.newQuiz();
  for (const { options } of kiosk.visit.value.keep.quiz?.questions ?? []) {
    kiosk.act({ kind: 'kept', act: { kind: 'answer', pick: options[0] ?? '' } });
    kiosk.act({ kind: 'kept', act: { kind: 'next' } });
  }
  kiosk.surprise();
  kiosk.go({ kind: 'collection' });
  kiosk.act({ kind: 'sheet', open: true, session });
  await settled();
  expect(kiosk.visit.value.keep).toMatchObject({ saved: { length: kiosk.catalogue.value?.places.size }, vote: { project: 'signals' } });
  expect(html.className).toContain('elder');
  return session;
};

test.each(['idle', 'start over'] as const)('[U8] after a visit that ends by %s nothing of it is left', async (how) => {
  await settled();
  const before = { stored: await stored(), page: page(), held: held() };
  const session = await visitEverything();
  if (how === 'start over') m.kiosk.act({ kind: 'ended', reason: 'start_over' });
  else {
    m.fake.clockMs += 121_000;
    await expect.poll(() => m.kiosk.visit.value.warnedMs).not.toBeNull();
    m.fake.clockMs += 41_000;
    await expect.poll(() => m.kiosk.visit.value.session).toBeNull();
  }
  await expect.poll(() => m.kiosk.headline.value).toBe('zh-HK');
  await settled();
  expect(held()).toEqual(before.held);
  expect(m.kiosk.visit.value).toEqual({ ...restVisit(0), firstMs: expect.any(Number), lastMs: expect.any(Number), quietMs: expect.any(Number) });
  expect(page()).toEqual(before.page);
  expect(await stored()).toEqual(before.stored);
  expect(JSON.stringify([held(), page(), await stored()])).not.toContain(session);
  expect(document.activeElement).toBe(document.body);
  expect(m.fake.facts.at(-1)).toMatchObject({ kind: 'session.ended', session });
});

/** Every screen as a visitor finds it who does nothing but look. */
const asFound = async (): Promise<unknown> => {
  const { kiosk } = m;
  kiosk.act({ kind: 'started', lang: 'zh-HK', session: kiosk.newSession(), screen: { kind: 'hill' } });
  const found: unknown[] = [];
  for (const [name, show] of everyScreen(kiosk)) {
    show();
    await drawn();
    found.push([name, m.root.innerHTML, [...document.querySelectorAll('[data-scrolls]')].map((e) => e.scrollTop)]);
  }
  kiosk.act({ kind: 'ended', reason: 'start_over' });
  await settled();
  return found;
};

test('[U8] who comes next finds every screen as the first visitor found it', async () => {
  const first = await asFound();
  const session = await visitEverything();
  m.kiosk.act({ kind: 'ended', reason: 'start_over' });
  await settled();
  const next = await asFound();
  expect(next).toEqual(first);
  expect(JSON.stringify(next)).not.toContain(session);
});

test('[U8] never while somebody touches: the countdown stands still, and goes on in full once the finger is lifted', async () => {
  m.kiosk.act({ kind: 'started', lang: 'en', session: m.kiosk.newSession(), screen: { kind: 'hill' } });
  m.fake.clockMs += 46_000;
  await expect.poll(() => document.querySelector('.still')).not.toBeNull();
  m.kiosk.act({ kind: 'touched', finger: 1 });
  m.fake.clockMs += 120_000;
  await settled();
  m.kiosk.act({ kind: 'ticked' });
  expect(m.kiosk.visit.value.session).not.toBeNull();
  m.kiosk.act({ kind: 'lifted', finger: 1 });
  await expect.poll(() => document.querySelector('.still')).toBeNull();
  expect(m.kiosk.visit.value.session).not.toBeNull();
});
