/** The least that a content is made of: a text, a pack's head and a project, whole and valid, each test changing what it is about. */
import type { PackHead, PlacedProject } from '../../shared/pack.ts';
import type { Text } from '../../shared/words.ts';

export const text = (hk: string, cn = hk, en = hk): Text => ({ 'zh-HK': hk, 'zh-CN': cn, en });
const home = { 'zh-HK': 'https://www.smartcity.gov.hk/', 'zh-CN': 'https://www.smartcity.gov.hk/?lang=zh_CN', en: 'https://www.smartcity.gov.hk/?lang=en' };

/** A pack named for its id. */
export const packHead = (id: string, place: PackHead['place'], more: Partial<PackHead> = {}): PackHead => ({
  format: 1,
  id,
  place,
  name: text(id),
  event: text('show'),
  message: text('come'),
  days: [],
  zones: [{ id: 'living', name: text('living') }],
  points: [],
  series: [],
  hosts: [],
  home,
  earlier: [],
  reviewed: { 'zh-CN': { by: 'desk', date: '2025-01-01' } },
  ...more,
});

/** Series named for their ids. */
export const seriesOf = (...ids: string[]): PackHead['series'] => ids.map((id) => ({ id, name: text(id) }));

/** A project named for its id, without figures. */
export const placedProject = (id: string, more: Partial<PlacedProject> = {}): PlacedProject => ({
  id,
  pack: 'pavilion',
  code: 'K7Q2M9',
  name: text(id),
  area: 'living',
  benefit: text('benefit'),
  summary: text('summary'),
  standing: 'solution',
  figures: [],
  sources: [{ title: text('source'), date: '2022' }],
  asOf: '2022',
  ...more,
});
