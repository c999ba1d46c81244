/** Texts that a spreadsheet would run, in every disguise. */
import { describe, expect, test } from 'vitest';
import { inertCell } from '../../server/exports/csv.ts';

describe('inert texts', () => {
  test('[X3] a text that a spreadsheet would run is made inert, in every disguise', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '＋1', '  =1', '＠x']) expect(String(inertCell(text))).toMatch(/^'/);
    expect(inertCell('a\u0000b\u0007')).toBe('ab');
    expect([inertCell(-5), inertCell(null), inertCell('Door A')]).toEqual([-5, null, 'Door A']);
  });
});
