/**
 * The check after everything healed: lost, duplicated, unexpected; every stream without a hole and its parts adding up to its high-water
 * mark; the live folds equal to those of the journal from zero.
 */

import type { Folds } from '../../server/counting/replay.ts';
import { Admission } from '../../shared/admission.ts';
import type { Entry } from '../../shared/entry.ts';
import { HashIndex } from '../../shared/hash-index.ts';
import { applyEntry, emptyTally, type Tally } from '../../shared/tally.ts';
import { type Ledger, type Op, sumsOf, unknownKind } from './ledger.ts';

/** The folds of a journal from its first entry on. */
export const foldsOf = (entries: readonly Entry[]): Folds => {
  const folds: Folds = { tally: emptyTally(), admission: new Admission() };
  entries.forEach((entry, i) => {
    folds.admission.apply(entry);
    applyEntry(folds.tally, entry, i + 1);
  });
  return folds;
};

const plain = (_key: string, value: unknown): unknown => {
  if (value instanceof Map) return [...value];
  return value instanceof HashIndex ? [...value.words(0, value.size)] : value;
};

/** The folds as text: equal folds, equal text. */
export const textOf = ({ tally, admission }: Folds): string => JSON.stringify({ tally, admission }, plain);

type Found = { counted: Map<string, number>; refused: Set<string> };

/** Every stream of the journal: contiguous, and accepted + refused + repeated = its high-water mark. Collects what it holds. */
const checkStreams = (entries: readonly Entry[], admission: Admission, ledger: Ledger): Found => {
  const found: Found = { counted: new Map(), refused: new Set() };
  const ids = new Set<string>();
  const streams = new Map<string, { accepted: number; refused: number; repeated: number; next: number }>();
  for (const entry of entries) {
    if (entry.kind !== 'kiosk.recorded') continue;
    const name = `${entry.device}/${entry.epoch}`;
    const stream = streams.get(name) ?? { accepted: 0, refused: 0, repeated: 0, next: 1 };
    streams.set(name, stream);
    if (entry.from !== stream.next) ledger.violate(`a hole in ${name}: ${entry.from} where ${stream.next} follows`);
    stream.next = entry.from + entry.items.length;
    for (const item of entry.items) {
      if ('repeat' in item) {
        stream.repeated++;
        if (!ids.has(item.repeat)) ledger.violate(`${item.repeat} is a repeat of nothing`);
      } else if ('rejected' in item) {
        stream.refused++;
        found.refused.add(ledger.keyOf(item.id ?? '') ?? '');
        if (item.rejected !== 'unknown_kind') ledger.violate(`refused as ${item.rejected}`);
      } else {
        stream.accepted++;
        if (ids.has(item.id)) ledger.violate(`duplicated id ${item.id}`);
        ids.add(item.id);
        if ('session' in item) found.counted.set(item.session, (found.counted.get(item.session) ?? 0) + 1);
      }
    }
  }
  for (const [name, s] of streams) {
    const hw = admission.streams.get(name)?.hw;
    if (s.accepted + s.refused + s.repeated !== hw) ledger.violate(`${name}: ${s.accepted} + ${s.refused} + ${s.repeated} is not its high-water mark ${hw}`);
  }
  return found;
};

/** Once each. Answers how many that nobody was sure of came through. */
const checkOps = (ops: readonly Op[], { counted, refused }: Found, ledger: Ledger): number => {
  let recovered = 0;
  for (const op of ops) {
    const n = op.kind === unknownKind ? (refused.has(op.key) ? 1 : 0) : (counted.get(op.key) ?? 0);
    if (op.kind === unknownKind && counted.has(op.key)) ledger.violate(`an unknown event was counted: ${op.key}`);
    if (n === 0 && op.state === 'ok') ledger.violate(`lost ${op.key}`);
    if (n > 1) ledger.violate(`duplicated ${op.key}`);
    if (n === 1 && op.state === 'info') recovered++;
    counted.delete(op.key);
  }
  for (const key of counted.keys()) ledger.violate(`unexpected ${key}`);
  return recovered;
};

/** Checks the end of a run. Answers how many events that nobody was sure of were counted. */
export const checkEnd = (entries: readonly Entry[], live: Folds, ledger: Ledger): number => {
  const anew = foldsOf(entries);
  if (textOf(anew) !== textOf(live)) ledger.violate('the live folds are not those of the journal');
  const found = checkStreams(entries, live.admission, ledger);
  checkTally(live.tally, entries, ledger);
  return checkOps(ledger.ops, found, ledger);
};

const checkTally = (tally: Tally, entries: readonly Entry[], ledger: Ledger): void => {
  const sums = sumsOf(tally);
  const items = entries.flatMap((e) => (e.kind === 'kiosk.recorded' ? e.items : []));
  for (const kind of ['session.started', 'project.opened'] as const) {
    const n = items.filter((i) => 'kind' in i && i.kind === kind).length;
    if (n !== sums[kind]) ledger.violate(`${kind}: the tally says ${sums[kind]}, the journal ${n}`);
  }
};
