/** From content to trails, legends, lamps and codes, on a small content of its own. */
import jsQR from 'jsqr';
import QRCode from 'qrcode';
import { describe, expect, test } from 'vitest';
import { catalogueOf, neighbour, otherTrail, trailOf } from '../../kiosk/visitor/catalogue.ts';
import { legendParts, legendText, qualifierText, sculptureAlt, valueText } from '../../kiosk/visitor/figure-words.ts';
import { lampsOf, tallyStaleMs } from '../../kiosk/visitor/lamps.ts';
import { layoutFor } from '../../kiosk/visitor/layout.ts';
import { handoff } from '../../kiosk/visitor/takeaway.tsx';
import { visitorWords } from '../../kiosk/words/visitor.ts';
import type { Content, Figure, PlacedProject } from '../../shared/pack.ts';
import { qrPath } from '../../shared/qr-svg.ts';
import { sculptureOf } from '../../shared/sculpture.ts';
import { LANGS } from '../../shared/words.ts';
import { packHead, placedProject, seriesOf, text } from './small-content.ts';

const figure = (value: number, more: Partial<Figure> = {}): Figure => ({
  id: 'f',
  label: text('forecast'),
  value,
  unit: { 'zh-HK': '分鐘', 'zh-CN': '分钟', en: 'minutes' },
  kind: 'duration',
  qualifier: 'up-to',
  asOf: '2022',
  ...more,
});
const project = (id: string, pack: string, more: Partial<PlacedProject> = {}): PlacedProject => placedProject(id, { pack, ...more });
const content: Content = {
  version: 'v1',
  showcase: 'pavilion',
  mode: 'redirect',
  origin: 'https://go.example.hk',
  homeCode: '000000',
  packs: [packHead('maker', 'quays', { series: seriesOf('health', 'ai') }), packHead('pavilion', 'terraces'), packHead('moored', 'pavilion')],
  projects: [project('a', 'pavilion'), project('b', 'pavilion', { area: 'economy' }), project('c', 'pavilion'), project('m', 'maker', { series: 'ai', area: 'economy' })],
};
const catalogue = catalogueOf(content);
if (!catalogue) throw new Error('no catalogue');

describe('the catalogue', () => {
  test('puts pavilion projects on terraces by area and the others on the water', () => {
    expect(catalogue.head.id).toBe('pavilion');
    expect(catalogue.terraces.map((t) => t.projects.map((p) => p.id))).toEqual([['a', 'c'], [], [], [], [], ['b']]);
    expect(catalogue.quays.map((t) => [t.id, t.projects.length])).toEqual([
      ['quay:maker/health', 0],
      ['quay:maker/ai', 1],
      ['pavilion:moored', 0],
    ]);
    expect(catalogue.stage.map((s) => [s.id, s.place, s.quay])).toEqual([
      ['a', 'terrace', undefined],
      ['c', 'terrace', undefined],
      ['b', 'terrace', undefined],
      ['m', 'quay', 1],
    ]);
  });

  test('walks round and round, and from terrace to terrace over empty ones', () => {
    const living = trailOf(catalogue, 'area:living');
    if (!living) throw new Error('no trail');
    expect([neighbour(living, 'a', 1)?.id, neighbour(living, 'c', 1)?.id, neighbour(living, 'a', -1)?.id]).toEqual(['c', 'a', 'c']);
    expect(otherTrail(catalogue, 'area:living', 1)?.id).toBe('area:economy');
    expect(otherTrail(catalogue, 'area:living', -1)).toBeNull();
    expect(otherTrail(catalogue, 'area:economy', -1)?.id).toBe('area:living');
  });

  test('is null without a pack', () => {
    expect(catalogueOf({ ...content, packs: [] })).toBeNull();
  });
});

describe('figures in words', () => {
  const tower = project('t', 'pavilion', { figures: [figure(90)] });
  const sculpture = sculptureOf(tower);
  const legends = (p: PlacedProject): string[] => LANGS.map((l) => legendText(legendParts(p, sculptureOf(p), l, visitorWords(l)), l));

  test('a legend tells what one cell is, and a seal that it is no data', () => {
    expect(legends(tower)).toEqual(['一層 = 5 分鐘\u3000長度由零起計', '一层 = 5 分钟\u3000长度从零算起', 'One floor = 5 minutes. Lengths start at zero.']);
    expect(legends(project('s', 'pavilion'))).toEqual(['造型示意，並非數據', '造型示意，并非数据', 'Decorative shape, not data']);
  });

  test('a number has its qualifier, its unit and, in the alternative, its meaning', () => {
    const [f] = tower.figures as [Figure];
    expect(LANGS.map((l) => qualifierText(f, visitorWords(l)))).toEqual(['最長', '最长', 'up to']);
    expect(valueText(figure(11_000, { unit: text('%'), kind: 'percent' }), 11_000, 'en')).toBe('11\u00a0000%');
    expect(sculptureAlt(tower, sculpture, 'en', visitorWords('en'))).toBe('18 floors. One floor = 5 minutes. forecast: 90\u00a0minutes');
  });
});

describe('lamps', () => {
  const nowMs = Date.parse('2025-04-13T14:32:30+08:00');
  const tally = { showcase: 'pavilion', asOf: '2025-04-13T14:32:05+08:00', visits: 1_986, open: true };

  test('one lamp is so many visits that they fit the hill', () => {
    expect(lampsOf(tally, nowMs)).toEqual({ visits: 1_986, unit: 2, lit: 993, time: '14:32', open: true, hours: null });
  });

  test('an old number is hidden while its lamps stay', () => {
    expect(lampsOf(tally, nowMs + tallyStaleMs)).toMatchObject({ lit: 993, time: null });
  });

  test('an unknown count has no lamps and no caption', () => {
    expect(lampsOf(null, nowMs)).toEqual({ visits: null, unit: 1, lit: null, time: null, open: true, hours: null });
    expect(lampsOf({ ...tally, visits: null }, nowMs).lit).toBeNull();
  });

  test('[U14] it says when it closes from a quarter of an hour before, and closes by its own clock when nobody tells it', () => {
    const until = '2025-04-13T18:00:00+08:00';
    const at = (time: string, told = { ...tally, until }) => lampsOf(told, Date.parse(`2025-04-13T${time}+08:00`));
    expect(at('17:44:59')).toMatchObject({ open: true, hours: null });
    expect(at('17:45:00')).toMatchObject({ open: true, hours: { kind: 'closes', time: '18:00' } });
    expect(at('17:59:59')).toMatchObject({ open: true, hours: { kind: 'closes', time: '18:00' } });
    expect(at('18:00:00')).toMatchObject({ open: false, hours: null });
    expect(at('17:50:00', { ...tally, until: 'never' })).toMatchObject({ open: true, hours: null });
  });

  test('[U14] before it opens it says when, the evening before that it is tomorrow, and opens by its own clock', () => {
    const at = (instant: string) => lampsOf({ ...tally, open: false, until: '2025-04-14T09:30:00+08:00' }, Date.parse(`${instant}+08:00`));
    expect(at('2025-04-12T23:59:59')).toMatchObject({ open: false, hours: null });
    expect(at('2025-04-13T00:00:00')).toMatchObject({ open: false, hours: { kind: 'tomorrow' } });
    expect(at('2025-04-14T00:00:00')).toMatchObject({ open: false, hours: { kind: 'opens', time: '09:30' } });
    expect(at('2025-04-14T09:30:00')).toMatchObject({ open: true, hours: null });
  });
});

describe('the code', () => {
  /** Draws a text as the screen does, eight pixels a module, and reads it with an independent decoder. */
  const readBack = (said: string): string | undefined => {
    const { modules } = QRCode.create(said, { errorCorrectionLevel: 'Q' });
    const drawn = qrPath(modules.size, (row, column) => Boolean(modules.get(row, column)));
    const scale = 8;
    const side = drawn.modules * scale;
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
    for (const [, x, y, run] of drawn.path.matchAll(/M(\d+) (\d+)h(\d+)v1/g))
      for (let py = Number(y) * scale; py < (Number(y) + 1) * scale; py++)
        for (let px = Number(x) * scale; px < (Number(x) + Number(run)) * scale; px++) pixels.fill(0, (py * side + px) * 4, (py * side + px) * 4 + 3);
    return jsQR(pixels, side, side)?.data;
  };

  test('is the short link in capitals, and can be read back', () => {
    const out = handoff(content, project('a', 'pavilion'), 'zh-CN', true);
    expect(out).toEqual({ text: 'HTTPS://GO.EXAMPLE.HK/Q/K7Q2M9-S', typed: 'go.example.hk', code: '/q/K7Q2M9' });
    expect(readBack(out.text)).toBe(out.text);
  });

  test('carries the destination itself while the hub is away', () => {
    const out = handoff(content, project('a', 'pavilion'), 'en', false);
    expect(out).toEqual({ text: 'https://www.smartcity.gov.hk/?lang=en', typed: 'www.smartcity.gov.hk/?lang=en', code: '' });
    expect(readBack(out.text)).toBe(out.text);
  });
});

test('a millimetre is drawn so that the design fits the window', () => {
  expect(layoutFor(1080, 1920)).toMatchObject({ portrait: true, pxPerMm: 2.02, glassPxPerMm: 2.02 });
  expect(layoutFor(1920, 1080)).toMatchObject({ portrait: false, pxPerMm: 2.02 });
  expect(layoutFor(960, 540).pxPerMm).toBeCloseTo(1.01);
  expect(layoutFor(1366, 768).pxPerMm).toBeLessThanOrEqual(2.02 * (768 / 1080));
});
