/** What a figure says: one or more lines, each our value beside a peer's or a limit measured in the same run. */

export type Line = { name: string; ours: string; peer: string; ratio: number; aim: string /** null: told beside, without an aim */; met: boolean | null };
export type Setting = {
  quick: boolean /** an empty folder on the disk that is measured; removed afterwards */;
  folder: string /** where the built programs are */;
  built: string;
  root: string;
};
export type Figure = (setting: Setting) => Promise<Line[]>;

/** Three significant digits, thousands grouped. */
export const round3 = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return Number(value.toFixed(Math.min(6, digits))).toLocaleString('en-US', { maximumFractionDigits: 6 });
};

type Measured = { name: string; ours: number; peer: number /** what the peer is */; beside: string; unit: string };
const line = (m: Measured, ratio: number, aim: string, met: boolean): Line => ({
  name: m.name,
  ours: `${round3(m.ours)} ${m.unit}`,
  peer: `${round3(m.peer)} ${m.unit} (${m.beside})`,
  ratio,
  aim,
  met,
});

/** More is better: ours over the peer's must reach `aim`; and ours itself `least`, where a floor is named. */
export const atLeast = (m: Measured, aim: number, least = 0): Line => {
  const ratio = m.ours / m.peer;
  return line(m, ratio, `≥ ${aim}${least > 0 ? ` and ≥ ${round3(least)} ${m.unit}` : ''}`, ratio >= aim && m.ours >= least);
};

/** Less is better: ours over the peer's must stay under `aim`; `ratio` where it is told of rounds one by one. */
export const atMost = (m: Measured, aim: number, ratio = m.ours / m.peer): Line => {
  return line(m, ratio, `≤ ${aim}`, ratio <= aim);
};

/** Less is better, against a limit that is a number and no peer. */
export const under = (name: string, ours: number, limit: number, unit: string): Line => ({
  name,
  ours: `${round3(ours)} ${unit}`,
  peer: `${round3(limit)} ${unit} (limit)`,
  ratio: ours / limit,
  aim: '≤ 1',
  met: ours <= limit,
});

/** A line that is only told: there is no aim for it. */
export const toldOnly = (l: Line): Line => ({ ...l, aim: '', met: null });

export const verdict = (l: Line): string => (l.met === null ? 'told only' : l.met ? 'met' : 'NOT MET');

/** One line of the output. */
export const shown = (l: Line): string =>
  `${l.name.padEnd(30)} ${l.ours.padEnd(22)} ${l.peer.padEnd(48)} ${round3(l.ratio).padStart(8)}   ${(l.aim && `aim ${l.aim}`).padEnd(30)} ${verdict(l)}`;
