/** What is collected, voted, answered and rated in one visit, what is told of it, and the code and page that take a collection home. */
import jsQR from 'jsqr';
import QRCode from 'qrcode';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ballotMax, ballotOf, emptyKeep, type Keep, type KeepAct, keepStep } from '../../kiosk/visitor/keep.ts';
import { makeQuiz, optionsPerQuestion, questionsPerQuiz } from '../../kiosk/visitor/quiz.ts';
import { handoffList } from '../../kiosk/visitor/takeaway.tsx';
import { type Action, restVisit } from '../../kiosk/visitor/visit.ts';
import { eventSchema } from '../../shared/event.ts';
import { listCode, listMax, listPath, readListPath } from '../../shared/links.ts';
import type { Content, PlacedProject } from '../../shared/pack.ts';
import { qrPath } from '../../shared/qr-svg.ts';
import { randomOf } from '../../shared/random.ts';
import { shareOf } from '../../shared/vote-told.ts';
import type { PublicTally } from '../../shared/wire.ts';
import { WIRE_VERSION } from '../../shared/wire-version.ts';
import { LANGS } from '../../shared/words.ts';
import { type SmallHub, showcase, smallHub } from '../hub/small-hub.ts';
import { play, t0 } from './play.ts';

const session = 'sessionsession01';
const origin = 'https://go.example.hk';

let h: SmallHub;
let content: Content;
beforeAll(async () => {
  h = await smallHub({ publicOrigin: origin });
  content = (await h.ask('GET', `/api/v1/showcases/${showcase}/content`)).body;
});
afterAll(() => h.close());

const run = (acts: readonly KeepAct[], from: Keep = emptyKeep) => {
  const facts = [];
  let keep = from;
  for (const act of acts) {
    const next = keepStep(keep, act, t0);
    keep = next.keep;
    facts.push(...next.facts);
  }
  return { keep, facts };
};
const save = (project: string): KeepAct => ({ kind: 'save', project });

/** Draws a text as the screen does and reads it with an independent decoder. */
const readBack = (said: string, level: 'M' | 'Q'): string | undefined => {
  const { modules } = QRCode.create(said, { errorCorrectionLevel: level });
  const drawn = qrPath(modules.size, (row, column) => Boolean(modules.get(row, column)));
  const scale = 5;
  const side = drawn.modules * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of drawn.path.matchAll(/M(\d+) (\d+)h(\d+)v1/g))
    for (let py = Number(y) * scale; py < (Number(y) + 1) * scale; py++)
      for (let px = Number(x) * scale; px < (Number(x) + Number(width)) * scale; px++) pixels.fill(0, (py * side + px) * 4, (py * side + px) * 4 + 3);
  return jsQR(pixels, side, side)?.data;
};

describe('[U6] the collection', () => {
  test('holds twelve, each once, and tells each once however often it is taken out and put back', () => {
    const many = Array.from({ length: 20 }, (_, i) => save(`p${i}`));
    const { keep, facts } = run([save('p0'), { kind: 'drop', project: 'p0' }, save('p0'), save('p0'), ...many]);
    expect(keep.saved).toEqual(Array.from({ length: listMax }, (_, i) => `p${i}`));
    expect(facts).toEqual(keep.saved.map((project) => ({ kind: 'project.saved', project })));
    expect(run([{ kind: 'clear' }], keep).keep.saved).toEqual([]);
  });

  test('goes home in one code that a decoder reads, with all it needs in it; the page behind it names every project in the language chosen', async () => {
    const projects = content.projects.filter((p) => p.code !== '').slice(0, listMax);
    for (const lang of LANGS) {
      const out = handoffList(content, projects, lang, true);
      expect(out.isLink).toBe(true);
      expect(out.text).toMatch(/^HTTPS:\/\/GO\.EXAMPLE\.HK\/L\/[0-9A-HJKMNP-TV-Z]{72}-[TSE]$/);
      expect(QRCode.create(out.text, { errorCorrectionLevel: 'M' }).modules.size).toBeLessThanOrEqual(45);
      expect(readBack(out.text, 'M')).toBe(out.text);
      const page = await h.ask('GET', out.text.slice(origin.length), { headers: { 'user-agent': 'Mozilla/5.0 (iPhone)' } });
      expect([page.status, page.headers.get('x-scan')]).toEqual([200, 'counted']);
      expect(page.text).toContain(`<html lang="${lang}">`);
      for (const p of projects) expect(page.text).toContain(`href="/Q/${p.code}-`);
      expect(page.text).not.toMatch(/<script|undefined|\[object/);
      expect(page.text.match(/<li>/g)?.length).toBe(listMax);
    }
    const links = (await h.ask('GET', `/api/v1/showcases/${showcase}/attendance?by=link&format=csv`, { cookie: await h.cookie('organiser') })).text;
    expect(links).toMatch(new RegExp(`${listCode}[^\\r\\n]*,3`));
  });

  test('with the hub away it goes home as text that names every project', () => {
    const projects = content.projects.slice(0, listMax);
    for (const lang of LANGS) {
      for (const out of [handoffList(content, projects, lang, false), handoffList({ ...content, mode: 'direct', origin: null }, projects, lang, true)]) {
        expect(out.isLink).toBe(false);
        expect(out.text.split('\n').length).toBe(listMax + 2);
        for (const p of projects) expect(out.text).toContain(p.name[lang]);
        expect(out.text).toMatch(/\nhttps:\/\/www\.smartcity\.gov\.hk\/\S*$/);
        expect(readBack(out.text, 'M')).toBe(out.text);
      }
    }
  });

  test.each([
    ['nothing', '/l/-T'],
    ['half a code', '/l/K7Q2M-T'],
    ['no language', '/l/K7Q2M9'],
    ['another letter', '/l/K7Q2MI-T'],
    ['thirteen', `/l/${'K7Q2M9'.repeat(13)}-T`],
    ['codes of nobody', '/l/ZZZZZZ000001-E'],
    ['a script', '/l/%3Cscript%3E-T'],
  ])('%s is no list: a page in three languages', async (_, at) => {
    const page = await h.ask('GET', at);
    expect(page.status).toBe(404);
    for (const lang of ['zh-HK', 'zh-CN', 'en']) expect(page.text).toContain(`lang="${lang}"`);
  });

  test('its address is read in any letter case and names a code once; a preview or a HEAD counts nothing', async () => {
    const code = content.projects[0]?.code as string;
    expect(readListPath(`${code}${code}-s`.toLowerCase())).toEqual({ codes: [code], lang: 'zh-CN' });
    const at = listPath([code, code], 'en').toLowerCase();
    expect((await h.ask('GET', at, { headers: { 'user-agent': 'WhatsApp/2.24' } })).headers.get('x-scan')).toBe('preview');
    expect((await h.ask('HEAD', at)).headers.get('x-scan')).toBe('preview');
  });
});

describe('[U7] vote, rating, quiz', () => {
  const start: [number, Action] = [0, { kind: 'started', lang: 'en', session, screen: { kind: 'hill' } }];
  const kept = (afterMs: number, act: KeepAct): [number, Action] => [afterMs, { kind: 'kept', act }];

  test('a vote and a rating may be changed until the visit ends; the last ones are told then, the vote with the choices that it replaced', () => {
    const { facts, visit } = play(restVisit(t0), [
      start,
      kept(1_000, { kind: 'vote', project: 'a' }),
      kept(2_000, { kind: 'rate', rating: 'poor' }),
      kept(3_000, { kind: 'vote', project: 'b' }),
      kept(4_000, { kind: 'rate', rating: 'good' }),
      [5_000, { kind: 'ended', reason: 'idle' }],
      kept(6_000, { kind: 'vote', project: 'c' }),
      [7_000, { kind: 'ended', reason: 'idle' }],
    ]);
    expect(facts.slice(1)).toMatchObject([
      { kind: 'vote.cast', project: 'b', atMs: t0 + 3_000 },
      { kind: 'vote.cast', project: 'a', atMs: t0 + 1_000 },
      { kind: 'visit.rated', rating: 'good', atMs: t0 + 4_000 },
      { kind: 'session.ended' },
    ]);
    expect(visit).toEqual(restVisit(t0 + 7_000));
  });

  test('what was collected or opened may be voted for, seven at most', () => {
    const keep = { ...emptyKeep, saved: ['a', 'b'], seen: ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'] };
    expect(ballotOf(keep)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(ballotOf(keep).length).toBe(ballotMax);
  });

  test('a question is answered once, with one of its options, and goes on only then', () => {
    const questions = [{ project: 'a', about: 'benefit' as const, options: ['b', 'a', 'c'] }];
    const asked = run([{ kind: 'ask', questions }]).keep;
    expect(run([{ kind: 'next' }], asked).keep).toBe(asked);
    const { keep, facts } = run([{ kind: 'answer', pick: 'x' }, { kind: 'answer', pick: 'c' }, { kind: 'answer', pick: 'a' }, { kind: 'next' }, { kind: 'next' }], asked);
    expect(facts).toEqual([{ kind: 'quiz.answered', project: 'a', right: false }]);
    expect(keep.quiz).toMatchObject({ at: 1, picks: ['c'] });
  });

  test('every fact is an event that the hub takes, and the export has its fields', async () => {
    const { facts } = play(restVisit(t0), [
      start,
      kept(10, { kind: 'ask', questions: [{ project: 'a', about: 'benefit', options: ['a', 'b', 'c'] }] }),
      kept(20, { kind: 'answer', pick: 'a' }),
      kept(30, save('a')),
      kept(40, { kind: 'vote', project: 'a' }),
      kept(50, { kind: 'rate', rating: 'fair' }),
      [60, { kind: 'went', screen: { kind: 'collection' } }],
      [3_000, { kind: 'ticked' }],
      [9_000, { kind: 'ended', reason: 'start_over' }],
    ]);
    expect(facts.map((f) => f.kind)).toEqual(['session.started', 'quiz.answered', 'project.saved', 'link.shown', 'vote.cast', 'visit.rated', 'session.ended']);
    expect(facts[3]).toMatchObject({ code: listCode });
    for (const fact of facts) expect(eventSchema.safeParse({ id: 'aaaaaaaaaaaaaaaa', ...fact }).success).toBe(true);
  });

  test('five questions out of the content, each with one right answer that its words do not give away, on any chance', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = randomOf(seed);
      const questions = makeQuiz(content.projects, () => random.next());
      expect(questions.length).toBe(questionsPerQuiz);
      expect(new Set(questions.map((q) => q.project)).size).toBe(questionsPerQuiz);
      for (const q of questions) {
        const find = (id: string): PlacedProject => content.projects.find((p) => p.id === id) as PlacedProject;
        expect(new Set(q.options).size).toBe(optionsPerQuestion);
        expect(q.options).toContain(q.project);
        const p = find(q.project);
        const { about } = q;
        for (const lang of LANGS) {
          const said = about === 'benefit' ? p.benefit[lang] : p.figures.find((f) => f.id === about.figure)?.label[lang];
          expect(said?.toLowerCase()).not.toContain(p.name[lang].toLowerCase());
          for (const other of q.options) if (other !== q.project) expect(find(other).benefit[lang]).not.toBe(p.benefit[lang]);
        }
      }
    }
  });

  test('a content with too little to ask makes a shorter quiz, never a wrong one', () => {
    expect(makeQuiz([], () => 0)).toEqual([]);
    expect(makeQuiz(content.projects.slice(0, 2), () => 0.9)).toEqual([]);
    expect(makeQuiz(content.projects.slice(0, 3), () => 0.5).length).toBeLessThanOrEqual(3);
  });
});

describe('[U7] the share of the votes', () => {
  test('a kiosk hears it from 30 votes on, with its hello, and a vote of a rehearsal is not among them', async () => {
    const { token, id } = await h.device('kiosk');
    const projects = (await h.ask('GET', `/api/v1/showcases/${showcase}`)).body.projects.map((p: { id: string }) => p.id) as string[];
    const told = async (): Promise<PublicTally> => {
      h.moveMs(1_000);
      // the tally comes with the connection: whoever listens only after it may have missed it
      const socket = io(`${h.origin}/kiosk`, { transports: ['websocket'], reconnection: false, forceNew: true, auth: { token, wire: WIRE_VERSION } });
      const tally = await new Promise<PublicTally>((heard) => socket.once('tally', heard));
      socket.close();
      return tally;
    };
    let seq = 0;
    const epoch = 'epoch-of-the-votes';
    const vote = async (n: number, project: string): Promise<void> => {
      const socket = await h.kiosk(token);
      const nowMs = h.hub.parts.clock.nowMs();
      await socket.emitWithAck('hello', { epoch, last: seq === 0 ? null : { seq, id: `vote-${String(seq).padStart(12, '0')}` }, nowMs });
      const events = Array.from({ length: n }, () => {
        seq++;
        return { seq, id: `vote-${String(seq).padStart(12, '0')}`, atMs: nowMs, kind: 'vote.cast', session: `session-${String(seq).padStart(12, '0')}`, project };
      });
      expect(await socket.emitWithAck('record', { epoch, events })).toMatchObject({ ok: true, rejected: [] });
      socket.close();
    };
    const [a, b] = projects as [string, string];
    await vote(20, a);
    await vote(9, b);
    await expect.poll(told).toMatchObject({ votes: null });
    const before = (await h.ask('GET', `/api/v1/showcases/${showcase}/live`, { cookie: await h.cookie() })).body.today;
    const rehearse = async (on: boolean) => (await h.ask('POST', `/api/v1/showcases/${showcase}/rehearsal`, { body: { on, devices: [id] }, cookie: await h.cookie() })).status;
    expect(await rehearse(true)).toBe(201);
    await vote(5, b);
    expect(await rehearse(false)).toBe(201);
    expect((await told()).votes).toBeNull();
    h.moveMs(1_000);
    await vote(1, b);
    await expect.poll(async () => (await told()).votes).toEqual({ all: 30, of: { [a]: 20, [b]: 10 } });
    // [R10] votes are no visits
    expect((await h.ask('GET', `/api/v1/showcases/${showcase}/live`, { cookie: await h.cookie() })).body.today.visits).toBe(before.visits);
  });

  test('one’s own vote is one of those that the share is of', () => {
    expect(shareOf({ all: 30, of: { a: 20 } }, 'a')).toBe(68);
    expect(shareOf({ all: 30, of: { a: 20 } }, 'new')).toBe(3);
  });
});
