/** A visit played through: actions at times after t0, and the facts that they leave. */
import { type Action, type Fact, step, type Visit } from '../../kiosk/visitor/visit.ts';

export const t0 = 1_750_000_000_000;

export type Script = readonly (readonly [afterMs: number, action: Action])[];

/** Runs a script and gathers the facts. */
export const play = (from: Visit, script: Script): { visit: Visit; facts: Fact[] } => {
  let visit = from;
  const facts: Fact[] = [];
  for (const [afterMs, action] of script) {
    const next = step(visit, action, t0 + afterMs);
    visit = next.visit;
    facts.push(...next.facts);
  }
  return { visit, facts };
};
