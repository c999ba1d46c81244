/** How old the data are, written out beside a lamp: fresh, late, or never received. */
import { agoText, clockText, type DeskWords } from '../words/desk.ts';
import { grouped } from '../words/numbers.ts';
import type { Freshness } from './freshness.ts';

export const freshText = (fresh: Freshness, d: DeskWords): string => {
  if (fresh.state === 'never') return d.fresh.never;
  if (fresh.state === 'stale') return d.fresh.late(grouped(Math.floor(fresh.ageMs / 1_000)));
  return d.fresh.asAt(clockText(fresh.asOfMs), agoText(fresh.ageMs, d));
};

export const FreshLine = ({ fresh, d }: { fresh: Freshness; d: DeskWords }) => (
  <span class={`fresh ${fresh.state}`}>
    <i aria-hidden="true" />
    {freshText(fresh, d)}
  </span>
);
