/** What the organiser page reads from the hub, again every so often: the totals of a range, and what they are called. */
import { useEffect, useState } from 'preact/hooks';
import { API } from '../../shared/api.ts';
import type { Attendance, Grouping } from '../../shared/attendance.ts';
import type { Content } from '../../shared/pack.ts';
import type { DeviceView } from '../../shared/wire.ts';
import type { Text } from '../../shared/words.ts';
import type { Ask, Failure, Outcome } from '../ui/api.ts';
import type { ShowcaseItem } from '../ui/page-head.tsx';
import { askShowcase, type ShowcaseInfo } from '../ui/showcase-info.ts';
import type { Names } from './cells.ts';
import { attendancePath, type DayRange } from './downloads.ts';
import type { EarlierShow } from './side-panels.tsx';

/** how often the totals are asked again while the page is seen */
export const readEveryMs = 20_000;

export type Tables = { [G in Grouping]?: Attendance };
export type Reading = { tables: Tables; readMs: number | null; failed: Failure | null };
export type Background = { info: ShowcaseInfo | null; event: Text | null; earlier: EarlierShow[]; devices: DeviceView[] };

/** The showcases of the hub; asked again on every `round` until there are any. */
export const useShowcases = (ask: Ask, round: number): ShowcaseItem[] => {
  const [items, setItems] = useState<ShowcaseItem[]>([]);
  useEffect(() => {
    void ask<{ showcases: ShowcaseItem[] }>('GET', `${API}/showcases`).then((a) => {
      if (a.ok) setItems(a.value.showcases);
    });
  }, [round]);
  return items;
};

/** Names, days, earlier shows of a showcase; what cannot be read is left out and only makes the page plainer. */
export const useBackground = (ask: Ask, showcase: string | null, changed: number): Background => {
  const [known, setKnown] = useState<Background & { of: string | null }>({ of: null, info: null, event: null, earlier: [], devices: [] });
  useEffect(() => {
    if (showcase === null) return undefined;
    let gone = false;
    const content = ask<Content>('GET', `${API}/showcases/${encodeURIComponent(showcase)}/content`);
    const devices = ask<{ devices: DeviceView[] }>('GET', `${API}/devices`);
    void Promise.all([askShowcase(ask, showcase), content, devices]).then(([info, c, v]) => {
      if (gone) return;
      const packs = c.ok ? c.value.packs : [];
      setKnown({
        of: showcase,
        info: info.ok ? info.value : null,
        event: packs.find((p) => p.id === showcase)?.event ?? null,
        earlier: packs.flatMap((p) => p.earlier),
        devices: v.ok ? v.value.devices : [],
      });
    });
    return () => {
      gone = true;
    };
  }, [showcase, changed]);
  return known.of === showcase ? known : { info: null, event: null, earlier: [], devices: [] };
};

/** tables that stand side by side are asked again until they are of one position, so that their totals agree; at most this often */
export const readsMax = 4;

/** The wanted tables, of one position where the hub is quiet enough for that within `readsMax` reads. */
export const askTables = async (ask: Ask, showcase: string, range: DayRange, wanted: readonly Grouping[]): Promise<Outcome<Tables>> => {
  for (let read = 1; ; read++) {
    const answers = await Promise.all(wanted.map((by) => ask<Attendance>('GET', attendancePath(showcase, by, range))));
    const tables: Tables = {};
    for (const answer of answers) {
      if (!answer.ok) return answer;
      tables[answer.value.by] = answer.value;
    }
    const positions = new Set(Object.values(tables).map((t) => t.position));
    if (positions.size === 1 || read === readsMax) return { ok: true, value: tables };
  }
};

/** The tables of a range: the days always, the hours beside them, and the one that is shown. `nowMs` is read when an answer comes. */
export const useReading = (ask: Ask, showcase: string | null, range: DayRange, by: Grouping, round: number, nowMs: () => number, noticed: (f: Failure) => Failure): Reading => {
  const [reading, setReading] = useState<Reading & { of: string }>({ of: '', tables: {}, readMs: null, failed: null });
  const of = `${showcase}|${range.from}|${range.to}`;
  useEffect(() => {
    if (showcase === null) return undefined;
    let gone = false;
    const wanted: Grouping[] = by === 'day' || by === 'hour' ? ['day', 'hour'] : ['day', by];
    void askTables(ask, showcase, range, wanted).then((answer) => {
      if (gone) return;
      if (!answer.ok) setReading((before) => ({ ...before, failed: noticed(answer) }));
      else setReading((before) => ({ of, tables: before.of === of ? { ...before.tables, ...answer.value } : answer.value, readMs: nowMs(), failed: null }));
    });
    return () => {
      gone = true;
    };
  }, [of, by, round]);
  return reading.of === of ? reading : { tables: {}, readMs: null, failed: reading.failed };
};

/** The names that the tables are printed with. */
export const namesOf = ({ info, devices }: Background): Names => {
  const named = (list: readonly { id: string; name: Text }[] | undefined) => new Map((list ?? []).map((x) => [x.id, x.name]));
  return { points: named(info?.points), zones: named(info?.zones), projects: named(info?.projects), devices: new Map(devices.map((v) => [v.id, v.name])) };
};
