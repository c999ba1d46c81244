/** A reset leaves nothing: what a visitor did everywhere is looked for afterwards in the page, in the browser's storages and in what the program holds. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { restVisit } from '../../kiosk/visitor/visit.ts';
import { type Mounted, mountKiosk } from './fake-kiosk.tsx';

let m: Mounted;
beforeEach(async () => {
  m = await mountKiosk();
});
afterEach(() => m.unmount());

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
/** What the program holds, but for the content and the kiosk's own settings. */
const held = (): unknown => {
  const { visit, caption, volume, notice, identified, staff, spotlight, invite } = m.kiosk;
  const { firstMs: _f, lastMs: _l, quietMs: _q, ...rest } = visit.value;
  return {
    visit: rest,
    caption: caption.value,
    volume: volume.value,
    speaking: m.kiosk.speech.speaking,
    other: [notice, identified, staff, spotlight, invite].map((s) => s.value),
  };
};
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 120));

/** One visitor who leaves as much behind as can be. */
const visitEverything = async (): Promise<string> => {
  const { kiosk } = m;
  kiosk.act({ kind: 'started', lang: 'en', session: kiosk.newSession(), screen: { kind: 'hill' } });
  const session = kiosk.visit.value.session ?? '';
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
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
  kiosk.newQuiz();
  kiosk.act({ kind: 'kept', act: { kind: 'answer', pick: kiosk.visit.value.keep.quiz?.questions[0]?.options[0] ?? '' } });
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
