/**
 * The schema of a content pack: what one showcase shows. A pack is a folder `content/<id>/` with `pack.json`, `projects/*.json`
 * and optional `models/*.glb` and `audio/*`. Every visitor-facing text stands in three languages and every project names its source and date;
 * a pack that lacks either fails its check.
 */

import { z } from 'zod';
import { AREAS } from './areas.ts';
import { EMBLEMS } from './emblems.ts';
import type { ModelInfo } from './model.ts';
import type { PackFault } from './pack-faults.ts';
import { SLUG, slugCharsMax } from './patterns.ts';
import { langSchema, textSchema } from './text-schema.ts';
import { LANGS, type Lang } from './words.ts';

export const projectsPerPackMax = 400;
export const figuresPerProjectMax = 8;
/** sentences that a pack names by their words as recordings */
export const sentencesPerPackMax = 2_000;
/** a larger recording is not given out: a minute of speech is about a quarter of it */
export const audioFileBytesMax = 2 * 1024 * 1024;
export const pointsPerShowcaseMax = 64;
export const zonesPerShowcaseMax = 64;
export const daysPerShowcaseMax = 60;

/** kebab-case, 1 to 64 characters: showcases, zones, points, series, projects and figures are named so. */
export const slugSchema = z.string().regex(SLUG).max(slugCharsMax);
/** `2025`, `2025-04` or `2025-04-13`: as exact as the source is. */
export const partialDateSchema = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);
export const daySchema = z.iso.date();
const httpsUrl = z.url({ protocol: /^https$/ }).max(400);
const hostSchema = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/)
  .max(253);

/** Where a statement comes from. `date` is when the source said so. */
export const sourceSchema = z.strictObject({ title: textSchema(240), date: partialDateSchema, url: httpsUrl.optional(), para: z.number().int().positive().optional() });

/**
 * One figure of a project. `value` is the number that the source gives; `qualifier` says how exact it is and is always shown with it.
 * `baseline` is the value before, `target` the full measure of which `value` is a part, `series` the value over time, oldest first.
 */
export const figureSchema = z.strictObject({
  id: slugSchema,
  label: textSchema(80),
  value: z.number().finite().nonnegative(),
  unit: textSchema(24),
  kind: z.enum(['count', 'percent', 'money', 'duration', 'rate', 'ratio', 'measure']),
  qualifier: z.enum(['exact', 'about', 'over', 'under', 'up-to', 'at-least']),
  baseline: z.number().finite().nonnegative().optional(),
  target: z.number().finite().positive().optional(),
  series: z
    .array(z.strictObject({ t: partialDateSchema, v: z.number().finite().nonnegative() }))
    .min(3)
    .max(24)
    .optional(),
  asOf: partialDateSchema,
});
export type Figure = z.infer<typeof figureSchema>;

export const ARCHETYPES = ['skyline', 'before-after', 'petals', 'rings', 'lattice', 'tower', 'seal'] as const;
export type Archetype = (typeof ARCHETYPES)[number];

/**
 * What may be said of where a project stands:
 * `exhibit` a source places it at this showcase; `shown-before` at an earlier government pavilion, roving show or Smart LAB;
 * `award` it won an award whose winners such pavilions show; `solution` a real solution in Hong Kong, no source places it at a show;
 * `programme` a policy or programme; `team` a contest team.
 */
export const standingSchema = z.enum(['exhibit', 'shown-before', 'award', 'solution', 'programme', 'team']);

/** A GLB of the pack with its curated views and hotspots; az and pol in degrees, zoom 1 = fits. */
export const modelSchema = z.strictObject({
  file: z.string().regex(/^models\/[a-z0-9-]+\.glb$/),
  views: z.array(z.strictObject({ az: z.number().min(-180).max(180), pol: z.number().min(20).max(90), zoom: z.number().min(0.5).max(3), caption: textSchema(60) })).max(8),
  hotspots: z.array(z.strictObject({ id: slugSchema, at: z.tuple([z.number(), z.number(), z.number()]), title: textSchema(40), text: textSchema(140) })).max(8),
});

const audioFile = z
  .string()
  .regex(/^audio\/[a-z0-9]+([.-][a-z0-9]+)*\.(mp3|m4a|ogg|wav)$/)
  .max(96);
const audioSchema = z.strictObject({ 'zh-HK': audioFile.optional(), 'zh-CN': audioFile.optional(), en: audioFile.optional() });
/** the texts of a project that may be recorded */
export const AUDIO_FIELDS = ['name', 'benefit', 'summary', 'elder'] as const;
/** A sentence with its address as a recording: played where the device has no voice of its own for the language. */
export type Spoken = { lang: Lang; text: string; url: string };

export const projectSchema = z.strictObject({
  id: slugSchema,
  name: textSchema(90),
  area: z.enum(AREAS),
  series: slugSchema.optional(),
  zone: slugSchema.optional(),
  booth: z
    .string()
    .regex(/^[A-Z0-9-]{1,12}$/)
    .optional(),
  organisation: textSchema(140).optional(),
  /** one line: how it helps you; at most 22 Han characters or about 57 Latin */
  benefit: textSchema(80),
  /** two sentences that a visitor understands */
  summary: textSchema(280),
  /** the elder mode's sentence, rewritten short */
  elder: textSchema(120).optional(),
  standing: standingSchema,
  /** where and when it was shown or won, in words; needed unless standing is solution or programme */
  record: textSchema(160).optional(),
  figures: z.array(figureSchema).max(figuresPerProjectMax),
  sculpture: z.enum(ARCHETYPES).optional(),
  /** the pictogram of a project without figures; its area's when absent */
  emblem: z.enum(EMBLEMS).optional(),
  sources: z.array(sourceSchema).min(1).max(6),
  asOf: partialDateSchema,
  /** destination of the QR code per language; the pack's home when absent */
  link: z.strictObject({ 'zh-HK': httpsUrl, 'zh-CN': httpsUrl, en: httpsUrl }).optional(),
  model: modelSchema.optional(),
  /** recordings of its texts, by language */
  audio: z.strictObject({ name: audioSchema.optional(), benefit: audioSchema.optional(), summary: audioSchema.optional(), elder: audioSchema.optional() }).optional(),
});
export type Project = z.infer<typeof projectSchema>;

export const windowSchema = z.strictObject({
  from: z.string().regex(/^\d{2}:\d{2}$/),
  to: z.string().regex(/^\d{2}:\d{2}$/),
  type: z.enum(['public', 'trade', 'press', 'private']),
  counted: z.boolean(),
});
export type OpeningWindow = z.infer<typeof windowSchema>;
export const showDaySchema = z.strictObject({ day: daySchema, windows: z.array(windowSchema).min(1).max(8) });
export type ShowDay = z.infer<typeof showDaySchema>;

export const zoneSchema = z.strictObject({ id: slugSchema, name: textSchema(40) });
export const pointSchema = z.strictObject({ id: slugSchema, name: textSchema(40), zone: slugSchema, perimeter: z.boolean() });

/** `pack.json`: everything of a showcase but its projects. No days: open every day, all day. */
export const packSchema = z.strictObject({
  /** recordings of fixed sentences, each by its very words as the kiosk says them */
  audio: z
    .array(z.strictObject({ lang: langSchema, text: z.string().trim().min(1).max(400), file: audioFile }))
    .max(sentencesPerPackMax)
    .optional(),
  format: z.literal(1),
  id: slugSchema,
  /** where this showcase stands on the hill: `terraces` (projects by area), `quays` (projects by series) or `pavilion` (moored, may be empty) */
  place: z.enum(['terraces', 'quays', 'pavilion']),
  name: textSchema(60),
  event: textSchema(80),
  message: textSchema(80),
  days: z.array(showDaySchema).max(daysPerShowcaseMax),
  zones: z.array(zoneSchema).min(1).max(zonesPerShowcaseMax),
  points: z.array(pointSchema).max(pointsPerShowcaseMax),
  series: z.array(z.strictObject({ id: slugSchema, name: textSchema(40) })).max(12),
  hosts: z.array(hostSchema).max(32),
  home: z.strictObject({ 'zh-HK': httpsUrl, 'zh-CN': httpsUrl, en: httpsUrl }),
  earlier: z
    .array(
      z.strictObject({
        id: slugSchema,
        name: textSchema(120),
        visits: z.number().int().positive(),
        precision: z.enum(['exact', 'approx']),
        month: partialDateSchema,
        source: sourceSchema,
      }),
    )
    .max(24),
  reviewed: z.strictObject({ 'zh-CN': z.strictObject({ by: z.string().min(1).max(80), date: daySchema }) }),
});
export type PackHead = z.infer<typeof packSchema>;

/** A checked pack: the head, its projects in order of their files, and the version (a hash over all of its files). */
export type Pack = PackHead & { version: string; projects: Project[] };

/** A project as a kiosk gets it: with its pack, the short-link code issued for that kiosk's showcase, and its 3D model where it has one. */
export type PlacedProject = Omit<Project, 'model' | 'audio'> & { pack: string; code: string; model?: ModelInfo };

/** What a kiosk shows: one showcase's view of every installed pack. `version` changes when anything in it does. */
export type Content = {
  version: string;
  showcase: string;
  mode: 'direct' | 'redirect';
  /** the origin that short links stand on, in mode `redirect` */
  origin: string | null;
  /** the code that leads to the showcase's home page */
  homeCode: string;
  packs: PackHead[];
  projects: PlacedProject[];
  /** recordings; left out where there are none */
  audio?: readonly Spoken[];
};

/** The host that a checked https address leads to, without port or credentials; empty where it carries either. */
export const hostOf = (url: string): string => /^https:\/\/([a-z0-9.-]+)(?=[/?#]|$)/i.exec(url)?.[1]?.toLowerCase() ?? '';

/** What must hold between the parts of a pack, beyond each part's schema. Empty when all is well. */
export const crossCheck = (head: PackHead, projects: readonly Project[]): PackFault[] => {
  const faults: PackFault[] = [];
  const zones = new Set(head.zones.map((z) => z.id));
  const series = new Set(head.series.map((s) => s.id));
  const hosts = new Set([...head.hosts, 'www.smartcity.gov.hk']);
  const seen = new Set<string>();
  for (const [list, name] of [
    [head.zones, 'zones'],
    [head.points, 'points'],
    [head.series, 'series'],
    [head.days.map((d) => ({ id: d.day })), 'days'],
  ] as const) {
    const ids = new Set<string>();
    for (const { id } of list) {
      if (ids.has(id)) faults.push({ path: `${name}/${id}`, code: 'duplicate_id' });
      ids.add(id);
    }
  }
  for (const p of head.points) if (!zones.has(p.zone)) faults.push({ path: `points/${p.id}/zone`, code: 'unknown_zone' });
  for (const d of head.days) for (const w of d.windows) if (w.from >= w.to || w.to > '24:00') faults.push({ path: `days/${d.day}`, code: 'window_order' });
  for (const lang of LANGS) if (!hosts.has(hostOf(head.home[lang]))) faults.push({ path: `home/${lang}`, code: 'host_not_allowed' });
  for (const p of projects) {
    const at = `projects/${p.id}`;
    if (seen.has(p.id)) faults.push({ path: at, code: 'duplicate_id' });
    seen.add(p.id);
    if (p.zone !== undefined && !zones.has(p.zone)) faults.push({ path: `${at}/zone`, code: 'unknown_zone' });
    if (p.series !== undefined && !series.has(p.series)) faults.push({ path: `${at}/series`, code: 'unknown_series' });
    if (head.place === 'quays' && p.series === undefined) faults.push({ path: `${at}/series`, code: 'series_missing' });
    if (p.record === undefined && p.standing !== 'solution' && p.standing !== 'programme') faults.push({ path: `${at}/record`, code: 'record_missing' });
    if (p.link) for (const lang of LANGS) if (!hosts.has(hostOf(p.link[lang]))) faults.push({ path: `${at}/link/${lang}`, code: 'host_not_allowed' });
    const figures = new Set<string>();
    for (const f of p.figures) {
      if (figures.has(f.id)) faults.push({ path: `${at}/figures/${f.id}`, code: 'duplicate_id' });
      figures.add(f.id);
      if (f.kind === 'percent' && f.value > 100) faults.push({ path: `${at}/figures/${f.id}`, code: 'percent_over_100' });
      if (f.kind === 'count' && !Number.isInteger(f.value)) faults.push({ path: `${at}/figures/${f.id}`, code: 'count_not_whole' });
      if (f.target !== undefined && f.value > f.target) faults.push({ path: `${at}/figures/${f.id}`, code: 'value_over_target' });
    }
  }
  return faults;
};
