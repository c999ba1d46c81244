/** The tables of what happened at the kiosks and with the links: projects, series, kiosks, links. None of it feeds visits (R10). */
import { engagementRows, group, projectRows, type Row } from '../attendance.ts';
import { hoursOfDay, total } from '../day-figures.ts';
import { dayMs, dayOf, startOfDayMs } from '../hongkong-time.ts';
import { scansCounted } from '../scans.ts';
import type { Tally } from '../tally.ts';
import { votesLate } from '../vote-told.ts';
import { LANGS } from '../words.ts';
import { CODE_NAMES } from './column-names.ts';
import type { Asked } from './day-tables.ts';
import { addSeconds, medianOf, type ProjectDay, projectDay } from './detail.ts';

const within = (day: string, { range }: Asked): boolean => day >= range.from && day <= range.to;
const share = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 1000) / 10);

/** What was looked at for how long, kept, and answered right, in the range. */
const looked = (asked: Asked): Map<string, ProjectDay> => {
  const sums = new Map<string, ProjectDay>();
  for (const [day, projects] of asked.fold.detail.projects) {
    if (!within(day, asked)) continue;
    for (const [id, p] of projects) {
      const sum = sums.get(id) ?? projectDay();
      addSeconds(sum.seconds, p.seconds);
      for (const what of ['engaged', 'saved', 'quizAnswers', 'quizRight'] as const) sum[what] += p[what];
      sums.set(id, sum);
    }
  }
  return sums;
};

export function* projectTable(asked: Asked): Iterable<Row> {
  const { fold, names, range, lang } = asked;
  const known = new Map(names.projects.map((p) => [p.id, p]));
  const own = names.projects.filter((p) => p.pack === names.id).map((p) => p.id);
  const details = looked(asked);
  let rank = 0;
  for (const row of projectRows(fold.tally, fold.of, range, own)) {
    const id = row['project'] as string;
    const p = known.get(id);
    const seen = details.get(id);
    yield {
      ...row,
      rank: ++rank,
      projectName: p?.name[lang] ?? null,
      area: p?.area ?? null,
      showcase: p?.pack ?? null,
      series: p?.series ?? null,
      department: p?.organisation?.[lang] ?? null,
      engagedViews: seen?.engaged ?? 0,
      medianViewSeconds: seen ? medianOf(seen.seconds) : null,
      favourites: seen?.saved ?? 0,
      quizAnswers: seen?.quizAnswers ?? 0,
      quizRight: seen?.quizRight ?? 0,
      shape: p?.shape ?? null,
    };
  }
}

export function* seriesTable(asked: Asked): Iterable<Row> {
  const { names, lang } = asked;
  const rows = [...projectTable(asked)];
  const sumOf = (list: readonly Row[], column: string): number | null =>
    list.some((r) => r[column] !== null) || list.length === 0 ? total(list, (r) => (r[column] as number | null) ?? 0) : null;
  for (const pack of names.packs) {
    const here = rows.filter((r) => r['showcase'] === pack.id);
    for (const series of [...pack.series, null]) {
      const list = here.filter((r) => r['series'] === (series?.id ?? null));
      if (series === null && list.length === 0) continue;
      yield {
        showcase: pack.id,
        showcaseName: pack.name[lang],
        series: series?.id ?? null,
        seriesName: series?.name[lang] ?? null,
        projects: list.length,
        views: sumOf(list, 'views'),
        votes: sumOf(list, 'votes'),
        shown: sumOf(list, 'shown'),
        scanned: sumOf(list, 'scanned'),
      };
    }
  }
}

export function* kioskTable(asked: Asked): Iterable<Row> {
  const { fold } = asked;
  const devices = new Map(fold.devices.map((d) => [d.id, d.name]));
  const rows = group(
    engagementRows(fold.of, asked.range, (h, day) =>
      [...h.kiosks].map(([kiosk, c]) => ({ day, kiosk, zone: c.zone, sessions: c.sessions, engagedSessions: c.engaged, projectViews: c.views, shown: c.shown, faults: c.faults })),
    ),
    ['day', 'kiosk', 'zone'],
  );
  const key = (r: Row): string => `${r['day']}|${r['kiosk']}|${r['zone']}`;
  const told = new Set<string>();
  for (const row of rows.sort((a, b) => (key(a) < key(b) ? -1 : 1))) {
    const once = `${row['day']}|${row['kiosk']}`;
    // a kiosk that moved within the day has two rows; what is known of the day as a whole stands in the first
    const d = told.has(once) ? undefined : fold.detail.kiosks.get(row['day'] as string)?.get(row['kiosk'] as string);
    told.add(once);
    const spoken = d ? total(d.langs.values(), (n) => n) : 0;
    const [hk, cn, en] = LANGS.map((l) => share(d?.langs.get(l) ?? 0, spoken)) as [number | null, number | null, number | null];
    const modes = [...(d?.modes ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    yield {
      ...row,
      kioskName: devices.get(row['kiosk'] as string) ?? null,
      // a kiosk's signs of life are not recorded, so how long it was up can't be proved
      uptime: null,
      medianSessionSeconds: d ? medianOf(d.seconds) : null,
      langHk: hk,
      langCn: cn,
      langEn: en,
      modeUses: d ? total(modes, ([, n]) => n) : null,
      modes: modes.length === 0 ? null : modes.map(([mode, n]) => `${CODE_NAMES[mode]?.[asked.lang] ?? mode} ${n}`).join(', '),
      streams: d?.streams.size ?? null,
    };
  }
}

const modeOf = (tally: Tally, day: string): 'direct' | 'redirect' | 'both' | null => {
  const start = startOfDayMs(day);
  const here = tally.modes.filter((m, i) => m.fromMs < start + dayMs && (tally.modes[i + 1]?.fromMs ?? Number.POSITIVE_INFINITY) > start);
  const kinds = new Set(here.map((m) => m.mode));
  return kinds.size === 0 ? null : kinds.size > 1 ? 'both' : ([...kinds][0] as 'direct' | 'redirect');
};

export function* linkTable(asked: Asked): Iterable<Row> {
  const { detail, tally } = asked.fold;
  for (const day of [...detail.links.keys()].sort()) {
    if (!within(day, asked)) continue;
    const start = startOfDayMs(day);
    const counted = scansCounted(tally, start, start + dayMs);
    for (const [code, l] of [...(detail.links.get(day) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)))
      yield {
        day,
        code,
        linkKind: l.project === null ? 'home' : 'project',
        project: l.project,
        shown: l.shown,
        scanned: !counted && l.scanned === 0 ? null : l.scanned,
        // previews are answered and not recorded
        previews: null,
        mode: modeOf(tally, day),
      };
  }
}

/** What visitors said, day by day: votes, how the visit was, the quiz. Days on which nobody said anything have no row. */
export function* answerTable(asked: Asked): Iterable<Row> {
  const { detail, of } = asked.fold;
  const days = new Set([...of.engagement.hours.keys()].map((hour) => hour.slice(0, 10)).concat([...detail.answers.keys()]));
  const late = votesLate(of.engagement, dayOf);
  for (const day of [...days].sort()) {
    if (!within(day, asked)) continue;
    const hours = hoursOfDay(day).flatMap((h) => of.engagement.hours.get(h) ?? []);
    const votes = total(hours, (h) => total(h.projects.values(), (p) => p.votes));
    const a = detail.answers.get(day);
    const votesUncounted = late.get(day) ?? 0;
    if (!a && votes + votesUncounted === 0) continue;
    const { good = 0, fair = 0, poor = 0, quizAnswers = 0, quizRight = 0 } = a ?? {};
    yield {
      day,
      sessions: total(hours, (h) => h.sessions),
      votes,
      votesUncounted,
      ratings: good + fair + poor,
      ratedGood: good,
      ratedFair: fair,
      ratedPoor: poor,
      quizAnswers,
      quizRight,
      quizRightShare: share(quizRight, quizAnswers),
    };
  }
}
