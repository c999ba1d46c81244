/** The order of test files: those that take long begin first, so that none of them is left running alone at the end. */
import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Of a minute and more on two cores, the longest first; the others follow as vitest knows them, by their last run or their size. */
const LONG = [
  'postgres/hubs-together',
  'device/kiosk-killed',
  'hub/journey',
  'faults/simulation',
  'device/kiosk-storage',
  'processes/storage',
  'hub/acceptance',
  'stage/long-run',
  'processes/many',
  'device/kept-pages',
  'processes/kill',
  'operator/backup',
  'staff/picture',
  'device/carried-records',
  'postgres/operator',
  'staff/walk',
];

const rank = (spec: TestSpecification): number => {
  const at = LONG.indexOf(path.relative(import.meta.dirname, spec.moduleId).replace(/\.test\.tsx?$/, ''));
  return at < 0 ? LONG.length : at;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
